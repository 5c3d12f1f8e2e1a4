/**
 * The shop's stock, read from the official files. Follows `load_products` of web_agent_site/engine/engine.py: what is
 * dropped, how prices and options are read and printed, and what becomes of products without attributes.
 */
import { Digest } from '../../../core/digest.ts'
import { failure, type Result, success } from '../../../core/failure.ts'
import { stream } from '../../../core/random.ts'
import type { DataSource } from '../../environment.ts'
import { floatRepr } from '../../python-repr.ts'
import { strip } from '../python-text.ts'
import { buildIndex } from '../search/search-index.ts'
import type { Goal, Product } from '../types.ts'
import type { GoalSources } from './drafts.ts'
import { type NounSource, readNouns } from './nouns.ts'
import type { CatalogueFiles } from './official-files.ts'
import { fault, type ReadRecord, type Where } from './record.ts'
import type { Records } from './record-schemas.ts'
import { readSetup, type Setup } from './setup.ts'

export interface Catalogue {
  readonly data: DataSource
  /** In the order of the items file. */
  readonly products: readonly Product[]
  readonly byAsin: ReadonlyMap<string, Product>
  /** All splits; each split in its own order. */
  readonly goals: readonly Goal[]
  readonly index: ReturnType<typeof buildIndex>
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
  const count = products.length.toLocaleString('en-US')
  const name = `${options.name ?? files.items.name}, ${count} products`
  return success({
    data: { name, fingerprint: fingerprint(products, goals.value, nouns.value) },
    products,
    byAsin,
    goals: goals.value,
    index: buildIndex(products.map((product) => ({ id: product.asin, text: searchText(product) }))),
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

interface ProductContext {
  readonly attributes: readonly string[]
  readonly price: number | undefined
  readonly seed: number
  readonly nouns: NounSource
  readonly read: ReadRecord
}

function readProduct(item: unknown, asin: string, where: Where, context: ProductContext): Result<Product> {
  const parsed = context.read('item', item, where)
  if (!parsed.ok) return parsed
  const record = parsed.value
  const pricing = readPricing(record.pricing ?? '', where)
  if (!pricing.ok) return pricing
  const options = readOptions(record.customization_options, where, context.read)
  if (!options.ok) return options
  const titleNouns = context.nouns.of(record.name)
  if (titleNouns === undefined)
    return failure(
      'catalogue-nouns',
      `${where.file}, ${where.record}: the nouns file has no entry for the title "${record.name.slice(0, 80)}". Add one, or leave the nouns file out so that the page finds the nouns.`,
    )
  const image = Array.isArray(record.images) ? record.images[0] : undefined
  const bullets = record.small_description
  const { tag, low, high } = pricing.value
  return success({
    asin,
    title: record.name,
    description: record.full_description,
    bulletPoints: Array.isArray(bullets) ? bullets : [bullets],
    attributes: context.attributes,
    category: record.category,
    query: strip(record.query.toLowerCase()),
    productCategory: record.product_category,
    priceTag: tag,
    price: context.price ?? drawnPrice(context.seed, asin, low, high),
    options: options.value,
    image: typeof image === 'string' ? image : '',
    get titleNouns() {
      return titleNouns()
    },
  })
}

/** One price of a range: upstream's `random.uniform(low, high)`, but from a stream named by the ASIN. */
function drawnPrice(seed: number, asin: string, low: number, high: number): number {
  return low === high ? low : low + (high - low) * stream(seed).child('webshop', 'price', asin).next()
}

interface Pricing {
  readonly tag: string
  readonly low: number
  readonly high: number
}

/** `"$1,299.00"`, `"$10.00 - $20.00"` or `""`: what follows each dollar sign, without all but digits and points. */
function readPricing(pricing: string, where: Where): Result<Pricing> {
  if (pricing === '') return success({ tag: '$100.0', low: 100, high: 100 })
  const prices = pricing
    .split('$')
    .slice(1)
    .map((piece) => piece.replace(/[^\d.]/g, ''))
  const [low, high = low] = prices.map(Number)
  const wrong = prices.some((price) => !/\d/.test(price) || !Number.isFinite(Number(price)))
  if (wrong || low === undefined || high === undefined)
    return fault(where, 'pricing', 'a price such as "$12.50", a range such as "$10.00 - $20.00", or ""', pricing)
  const tag = prices.length === 1 ? `$${floatRepr(low)}` : `$${floatRepr(low)} to $${floatRepr(high)}`
  return success({ tag, low, high })
}

function readOptions(
  customization: unknown,
  where: Where,
  read: ReadRecord,
): Result<ReadonlyMap<string, readonly string[]>> {
  const options = new Map<string, readonly string[]>()
  const field = 'customization_options'
  if (customization === '' || customization === null || (Array.isArray(customization) && customization.length === 0))
    return success(options)
  if (typeof customization !== 'object' || Array.isArray(customization))
    return fault(where, field, 'an object from option name to values, or ""', customization)
  for (const [name, group] of Object.entries(customization)) {
    const values = read('optionGroup', group, where, `${field}.${name}`)
    if (!values.ok) return values
    if (values.value === null) continue
    options.set(
      name.toLowerCase(),
      values.value.map((option) => strip(option.value).replaceAll('/', ' | ').toLowerCase()),
    )
  }
  return success(options)
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
