/**
 * A shop that is held whole, read from the official files.
 */

import { failure, type Result, success } from '../../../core/failure.ts'
import { grouped } from '../../../core/grouped.ts'
import type { DataSource } from '../../environment.ts'
import { buildIndex, type SearchIndex } from '../search/search-index.ts'
import type { Goal, Product } from '../types.ts'
import type { HeldSources, Instruction } from './drafts.ts'
import { ShopDigest } from './fingerprint.ts'
import { type NounSource, readNouns } from './nouns.ts'
import type { CatalogueFiles, OfficialFile } from './official-files.ts'
import { heldProducts, type Products } from './products.ts'
import { type ItemContext, readItem } from './read-item.ts'
import type { ReadRecord } from './record.ts'
import { readSetup, type Setup } from './setup.ts'

export interface Catalogue {
  readonly data: DataSource
  readonly products: Products
  /** All splits; each split in its own order. */
  readonly goals: readonly Goal[]
  /** Of what is searched; made when it is first asked for. */
  readonly index: SearchIndex
}

export interface ReadOptions {
  /** For people, before the number of products; by default the name of the items file. */
  readonly name?: string
  /** ASIN to dollars, before a setup's and before a draw from the price range. */
  readonly prices?: ReadonlyMap<string, number>
  /** Nouns of the titles that the nouns file does not have. */
  readonly nouns?: NounSource
  /** Of the prices and price limits that upstream draws unseeded (default 0). */
  readonly seed?: number
}

/**
 * Reads the official files into a catalogue. Records that upstream drops are not looked at. Failures
 * (`catalogue-file`, `catalogue-field`, `catalogue-nouns`, `catalogue-goals`) name file, record and field.
 *
 * @param read how far the records are trusted
 * @param goalsOf makes the goals, from the setup where there is one
 */
export function readCatalogue(
  files: CatalogueFiles,
  options: ReadOptions,
  read: ReadRecord,
  goalsOf: (sources: HeldSources, setup: Setup | undefined) => Result<readonly Goal[]>,
): Result<Catalogue> {
  const seed = options.seed ?? 0
  const attributes = table(files.attributes)
  if (!attributes.ok) return attributes
  const human = files.human && table(files.human)
  if (human && !human.ok) return human
  const setup = files.setup && readSetup(files.setup, read)
  if (setup && !setup.ok) return setup
  const nouns = readNouns(files.nouns, options.nouns)
  if (!nouns.ok) return nouns
  const items = files.items.content
  if (!Array.isArray(items)) return failure('catalogue-file', `${files.items.name} is not a list of products.`)

  const products: Product[] = []
  const byAsin = new Map<string, Product>()
  const instructions = new Map<string, Instruction>()
  const digest = new ShopDigest(nouns.value)
  const context: ItemContext = {
    files,
    read,
    has: (asin) => byAsin.has(asin),
    attributes: (asin) => attributes.value.get(asin),
    price: (asin) => setup?.value.prices.get(asin) ?? options.prices?.get(asin),
    seed,
    nouns: nouns.value,
  }
  for (let i = 0; i < items.length; i++) {
    const item = readItem(items[i], i, context)
    if (!item.ok) return item
    if (item.value === undefined) continue
    const { product, entry } = item.value
    if (entry) instructions.set(product.asin, entry)
    products.push(product)
    byAsin.set(product.asin, product)
    digest.product(product)
  }
  if (products.length === 0) return nothingToSell(files.items.name)

  const sources: HeldSources = { products, byAsin, files, human: human?.value, instructions, read }
  const goals = goalsOf(sources, setup?.value)
  if (!goals.ok) return goals
  for (const goal of goals.value) digest.goal(goal)
  let index: Catalogue['index'] | undefined
  return success({
    data: { name: shopName(options.name ?? files.items.name, products.length), fingerprint: digest.hex() },
    products: heldProducts(products),
    goals: goals.value,
    get index() {
      index ??= indexOf(products)
      return index
    },
  })
}

/** For people. @param items what the items are called */
export function shopName(items: string, products: number): string {
  return `${items}, ${grouped(products)} products`
}

export function nothingToSell(items: string): ReturnType<typeof failure> {
  return failure('catalogue-file', `${items} has no product left to sell. Choose a file with products.`)
}

/** The entries of a JSON object as a map, so that no key means anything to JavaScript. */
export function table(file: OfficialFile): Result<ReadonlyMap<string, unknown>> {
  const content = file.content
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return failure('catalogue-file', `${file.name} is not an object from ASIN to record.`)
  return success(new Map(Object.entries(content)))
}

export function indexOf(products: readonly Product[]): Catalogue['index'] {
  return buildIndex(products.map((product) => ({ id: product.asin, text: searchText(product) })))
}

/** What Lucene indexed of a product (search_engine/convert_product_file_format.py). */
export function searchText(product: Product): string {
  const options = Array.from(product.options, ([name, values]) => `${name}: ${values.join(', ')}`).join(', and ')
  return [product.title, product.description, product.bulletPoints[0] ?? '', options].join(' ').toLowerCase()
}
