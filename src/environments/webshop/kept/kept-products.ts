/** The products of a kept shop: where each lies is held, and what is in it read when it is asked for. */
import { remembered } from '../../../core/remembered.ts'
import type { NounSource } from '../catalogue/nouns.ts'
import type { Products } from '../catalogue/products.ts'
import type { Product } from '../types.ts'
import { textOf } from './bytes.ts'
import { productOf } from './product-text.ts'
import { type Sections, unreadable } from './sections.ts'
import { Texts } from './texts.ts'

/** Products that are held once read, some kB each; the oldest goes first. */
const MOST_HELD = 10_000

/** @param asins in ascending order */
export function openProducts(file: Sections, asins: Texts, nouns: NounSource): Products {
  const ends = new Float64Array(file.read('products.ends').buffer)
  /** By place in `asins`: the place in the items file. */
  const order = new Uint32Array(file.read('products.order').buffer)
  const odd = new Uint32Array(file.read('products.odd').buffer)
  const [from] = file.range('products')

  function read(place: number): Product {
    try {
      return productOf(textOf(file.source.read(from + (ends[place - 1] ?? 0), from + (ends[place] ?? 0))), nouns)
    } catch {
      throw unreadable('A product')
    }
  }
  const placeOf = (asin: string): number | undefined => order[asins.find(asin)]
  const get = remembered((asin): Product | undefined => {
    const place = placeOf(asin)
    return place === undefined ? undefined : read(place)
  }, MOST_HELD)

  /** By link: the last product in the items file whose ASIN is not in capitals. */
  let oddLinks: ReadonlyMap<string, string> | undefined
  const inOrder = (): readonly string[] => {
    const list = new Array<string>(order.length)
    order.forEach((place, i) => {
      list[place] = asins.at(i)
    })
    return list
  }

  return {
    size: order.length,
    *[Symbol.iterator]() {
      for (let place = 0; place < order.length; place++) yield read(place)
    },
    get,
    linked(link) {
      oddLinks ??= new Map(Array.from(odd, (place) => read(place).asin).map((asin) => [asin.toLowerCase(), asin]))
      const usual = link.toUpperCase()
      const known = usual.toLowerCase() === link ? placeOf(usual) : undefined
      const other = oddLinks.get(link)
      if (other === undefined) return known === undefined ? undefined : usual
      return known === undefined || (placeOf(other) ?? 0) > known ? other : usual
    },
    asins: inOrder,
    having(field, value) {
      const texts = new Texts(file, field)
      let code = 0
      while (code < texts.size && texts.at(code) !== value) code++
      const codes = new Uint32Array(file.read(`${field}.codes`).buffer)
      return inOrder().filter((_, place) => codes[place] === code)
    },
  }
}
