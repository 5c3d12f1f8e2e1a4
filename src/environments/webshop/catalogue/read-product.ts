/**
 * One product, read from its record. Follows `load_products` of web_agent_site/engine/engine.py: how prices and options are
 * read and printed.
 */
import { failure, type Result, success } from '../../../core/failure.ts'
import { stream } from '../../../core/random.ts'
import { floatRepr } from '../../python-repr.ts'
import { strip } from '../python-text.ts'
import type { Product } from '../types.ts'
import type { NounSource } from './nouns.ts'
import { fault, type ReadRecord, type Where } from './record.ts'

export interface ProductContext {
  readonly attributes: readonly string[]
  readonly price: number | undefined
  readonly seed: number
  readonly nouns: NounSource
  readonly read: ReadRecord
}

export function readProduct(item: unknown, asin: string, where: Where, context: ProductContext): Result<Product> {
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
