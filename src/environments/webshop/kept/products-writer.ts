/** The products of a shop, written one after the other as they come by, and how they are found again. */
import { joinedBytes } from '../../../core/joined-bytes.ts'
import { NO_NOUNS } from '../catalogue/nouns.ts'
import type { Product } from '../types.ts'
import { type Bytes, bytesOf, Numbers, textBytes, textOf } from './bytes.ts'
import { productOf, productText } from './product-text.ts'
import type { SectionWriter } from './sections.ts'
import { writeTexts } from './texts.ts'

/** Bytes of products written together. */
const CHUNK = 2 ** 20
/** Of so many products it is kept where the first starts. */
const MARKED = 1024

export class ProductsWriter {
  readonly #file: SectionWriter
  readonly #asins = new Set<string>()
  /** Bytes of each, as they are in the file. */
  readonly #lengths = new Numbers()
  /** Where every 1024th starts. */
  readonly #marks: number[] = []
  /** Those whose links do not tell them: their ASINs are not in capitals. */
  readonly #odd = new Numbers()
  readonly #columns = { category: new Column(), query: new Column() }
  /** Of the last ones: they are not in the file yet. */
  #held: Bytes[] = []
  #heldBytes = 0
  #end: number

  constructor(file: SectionWriter) {
    this.#file = file
    this.#end = file.size
  }

  get size(): number {
    return this.#asins.size
  }

  has(asin: string): boolean {
    return this.#asins.has(asin)
  }

  add(product: Product): void {
    const { asin } = product
    if (asin.toLowerCase().toUpperCase() !== asin) this.#odd.push(this.size)
    this.#asins.add(asin)
    this.#columns.category.add(product.category)
    this.#columns.query.add(product.query)
    const bytes = textBytes(productText(product))
    if (this.#lengths.length % MARKED === 0) this.#marks.push(this.#end)
    this.#lengths.push(bytes.length)
    this.#held.push(bytes)
    this.#heldBytes += bytes.length
    this.#end += bytes.length
    if (this.#heldBytes >= CHUNK) this.#flush()
  }

  /** In the order of the items file. */
  asins(): readonly string[] {
    return [...this.#asins]
  }

  /** What was added, without the nouns of its title. @param place in the order of the items file, below `size` */
  at(place: number): Product {
    return productOf(this.#text(place), NO_NOUNS)
  }

  #text(place: number): string {
    const held = this.#held[place - (this.size - this.#held.length)]
    if (held !== undefined) return textOf(held)
    const marked = Math.floor(place / MARKED)
    let start = this.#marks[marked] as number // there is one for each
    for (let i = marked * MARKED; i < place; i++) start += this.#lengths.at(i)
    return textOf(this.#file.read(start, start + this.#lengths.at(place)))
  }

  /** @returns places in the order of the items file, in ascending order of the ASINs */
  end(): Uint32Array {
    this.#flush()
    this.#file.end('products')
    const ends = new Float64Array(this.size)
    let end = 0
    for (let i = 0; i < ends.length; i++) {
      end += this.#lengths.at(i)
      ends[i] = end
    }
    this.#file.section('products.ends', bytesOf(ends))
    const asins = this.asins()
    const order = Uint32Array.from(asins, (_, i) => i)
    const at = (place: number): string => asins[place] as string // one for each
    order.sort((a, b) => (at(a) < at(b) ? -1 : 1)) // all are different
    this.#file.section('products.order', bytesOf(order))
    writeTexts(
      this.#file,
      'asins',
      Array.from(order, (place) => at(place)),
    )
    this.#file.section('products.odd', bytesOf(this.#odd.whole()))
    for (const [name, column] of Object.entries(this.#columns)) column.write(this.#file, name)
    return order
  }

  #flush(): void {
    const bytes = joinedBytes(this.#held)
    this.#held = []
    this.#heldBytes = 0
    this.#file.write(bytes)
  }
}

/** One text of each product, of which many are the same. */
class Column {
  readonly #texts = new Map<string, number>()
  readonly #codes = new Numbers()

  add(text: string): void {
    const code = this.#texts.get(text) ?? this.#texts.size
    if (code === this.#texts.size) this.#texts.set(text, code)
    this.#codes.push(code)
  }

  write(file: SectionWriter, name: string): void {
    writeTexts(file, name, [...this.#texts.keys()])
    file.section(`${name}.codes`, bytesOf(this.#codes.whole()))
  }
}
