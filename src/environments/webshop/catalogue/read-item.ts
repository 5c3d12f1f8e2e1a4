/**
 * One record of the items file: what `load_products` of web_agent_site/engine/engine.py drops, and what becomes of products
 * without attributes.
 */
import { type Result, success } from '../../../core/failure.ts'
import type { Product } from '../types.ts'
import type { FileNames } from './drafts.ts'
import type { NounSource } from './nouns.ts'
import { readProduct } from './read-product.ts'
import type { ReadRecord } from './record.ts'
import type { Records } from './record-schemas.ts'

export interface ItemContext {
  readonly files: FileNames
  /** How far the records are trusted. */
  readonly read: ReadRecord
  /** Whether a product with this ASIN came before. */
  has(asin: string): boolean
  /** The record of the attributes file; undefined where it has none. */
  attributes(asin: string): unknown
  /** Dollars; undefined where they are drawn from the price range. */
  price(asin: string): number | undefined
  readonly seed: number
  readonly nouns: NounSource
}

export interface ReadItem {
  readonly product: Product
  /** What the attributes file has of it. */
  readonly entry: Records['attributes'] | undefined
}

/** Upstream's attribute of products that have none. */
const NO_ATTRIBUTES: readonly string[] = ['DUMMY_ATTR']

/** Undefined for what upstream drops. @param i place in the file, from 0 */
export function readItem(record: unknown, i: number, context: ItemContext): Result<ReadItem | undefined> {
  const { files, read, seed, nouns } = context
  const identified = read('asin', record, { file: files.items.name, record: `record ${i}` })
  if (!identified.ok) return identified
  const { asin } = identified.value
  if (isDropped(asin) || context.has(asin)) return success(undefined)
  const where = { file: files.items.name, record: `record ${i} (asin ${asin})` }
  const listed = context.attributes(asin)
  const entry =
    listed === undefined
      ? undefined
      : read('attributes', listed, { file: files.attributes.name, record: `record ${asin}` })
  if (entry && !entry.ok) return entry
  const attributes = entry?.value.attributes ?? NO_ATTRIBUTES
  const product = readProduct(record, asin, where, { attributes, price: context.price(asin), seed, nouns, read })
  return product.ok ? success({ product: product.value, entry: entry?.value }) : product
}

function isDropped(asin: string): boolean {
  return asin === 'nan' || (asin.length > 10 && [...asin].length > 10)
}
