/**
 * The shop's stock, read from the official files. Follows `load_products` of web_agent_site/engine/engine.py: what is
 * dropped, and what becomes of products without attributes.
 */

import { Digest } from '../../../core/digest.ts'
import { failure, type Result, success } from '../../../core/failure.ts'
import { grouped } from '../../../core/grouped.ts'
import type { DataSource } from '../../environment.ts'
import { buildIndex, type SearchIndex } from '../search/search-index.ts'
import type { Goal, Product } from '../types.ts'
import type { GoalSources } from './drafts.ts'
import { type NounSource, readNouns } from './nouns.ts'
import type { CatalogueFiles } from './official-files.ts'
import { heldProducts, type Products } from './products.ts'
import { readProduct } from './read-product.ts'
import type { ReadRecord } from './record.ts'
import type { Records } from './record-schemas.ts'
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

/** Upstream's attribute of products that have none. */
const NO_ATTRIBUTES: readonly string[] = ['DUMMY_ATTR']

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
  goalsOf: (sources: GoalSources, setup: Setup | undefined) => Result<readonly Goal[]>,
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
  const instructions = new Map<string, Records['attributes']>()
  for (let i = 0; i < items.length; i++) {
    const identified = read('asin', items[i], { file: files.items.name, record: `record ${i}` })
    if (!identified.ok) return identified
    const { asin } = identified.value
    if (isDropped(asin) || byAsin.has(asin)) continue
    const where = { file: files.items.name, record: `record ${i} (asin ${asin})` }
    const listed = attributes.value.get(asin)
    const entry =
      listed === undefined
        ? undefined
        : read('attributes', listed, { file: files.attributes.name, record: `record ${asin}` })
    if (entry && !entry.ok) return entry
    if (entry) instructions.set(asin, entry.value)
    const product = readProduct(items[i], asin, where, {
      attributes: entry?.value.attributes ?? NO_ATTRIBUTES,
      price: setup?.value.prices.get(asin) ?? options.prices?.get(asin),
      seed,
      nouns: nouns.value,
      read,
    })
    if (!product.ok) return product
    products.push(product.value)
    byAsin.set(asin, product.value)
  }
  if (products.length === 0)
    return failure('catalogue-file', `${files.items.name} has no product left to sell. Choose a file with products.`)

  const sources: GoalSources = { products, byAsin, files, human: human?.value, instructions, read }
  const goals = goalsOf(sources, setup?.value)
  if (!goals.ok) return goals
  const count = grouped(products.length)
  const name = `${options.name ?? files.items.name}, ${count} products`
  let index: Catalogue['index'] | undefined
  return success({
    data: { name, fingerprint: fingerprint(products, goals.value, nouns.value) },
    products: heldProducts(products),
    goals: goals.value,
    get index() {
      index ??= indexOf(products)
      return index
    },
  })
}

/** The entries of a JSON object as a map, so that no key means anything to JavaScript. */
function table(file: CatalogueFiles['attributes']): Result<ReadonlyMap<string, unknown>> {
  const content = file.content
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return failure('catalogue-file', `${file.name} is not an object from ASIN to record.`)
  return success(new Map(Object.entries(content)))
}

function isDropped(asin: string): boolean {
  return asin === 'nan' || (asin.length > 10 && [...asin].length > 10)
}

export function indexOf(products: readonly Product[]): Catalogue['index'] {
  return buildIndex(products.map((product) => ({ id: product.asin, text: searchText(product) })))
}

/** What Lucene indexed of a product (search_engine/convert_product_file_format.py). */
function searchText(product: Product): string {
  const options = Array.from(product.options, ([name, values]) => `${name}: ${values.join(', ')}`).join(', and ')
  return [product.title, product.description, product.bulletPoints[0] ?? '', options].join(' ').toLowerCase()
}

/** Over everything that a step, an observation or a reward reads. */
function fingerprint(products: readonly Product[], goals: readonly Goal[], nouns: NounSource): string {
  const digest = new Digest().add('webshop 1', nouns.id)
  for (const p of products) {
    digest.add(p.asin, p.title, p.description, p.category, p.query, p.productCategory, p.priceTag, String(p.price))
    digest.list(p.bulletPoints).list(p.attributes)
    for (const [name, values] of p.options) digest.add(name).list(values)
  }
  for (const g of goals) {
    digest.add(g.id, g.instruction, g.asin, String(g.priceUpper), String(g.weight)).list(g.attributes)
    const options = g.options instanceof Map ? [...g.options].flat() : [...g.options.values()]
    digest.list(options)
  }
  return digest.hex()
}
