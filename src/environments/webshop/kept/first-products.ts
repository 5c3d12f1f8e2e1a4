/**
 * The first products of files too large to be held, before anything else of them is read: these can be searched at once. They are read
 * once more with all others, when their attributes are known.
 */
import { checkedRecord } from '../catalogue/checked-record.ts'
import { NO_NOUNS } from '../catalogue/nouns.ts'
import { searchText } from '../catalogue/read-catalogue.ts'
import { type ItemContext, readItem } from '../catalogue/read-item.ts'
import type { Product } from '../types.ts'
import { IndexWriter } from './index-writer.ts'
import { readJsonFile } from './json-file.ts'
import { sortLargeFiles } from './large-files.ts'
import { type ShopSoFar, shopSoFar } from './search-so-far.ts'

/** A tenth of a second's work. */
const FIRST = 500

/** Undefined where there are none: whoever reads the files says why. */
export async function firstProducts(files: readonly File[], most = FIRST): Promise<ShopSoFar | undefined> {
  const sorted = await sortLargeFiles(files)
  if (!sorted.ok) return undefined
  const { items } = sorted.value
  const index = new IndexWriter()
  const products = new Map<string, Product>()
  const context: ItemContext = {
    files: sorted.value,
    read: checkedRecord,
    has: (asin) => products.has(asin),
    attributes: () => undefined,
    price: () => undefined,
    seed: 0,
    nouns: NO_NOUNS,
  }
  await readJsonFile(items.file, {
    record({ value }, i) {
      const item = readItem(value, i, context)
      if (!item.ok) return 'enough'
      if (item.value === undefined) return undefined
      const { product } = item.value
      products.set(product.asin, product)
      index.add(searchText(product))
      return products.size < most ? undefined : 'enough'
    },
  })
  if (products.size === 0) return undefined
  const list = [...products.values()]
  const asins = list.map(({ asin }) => asin)
  return shopSoFar(items.name, index, {
    size: list.length,
    asins: () => asins,
    at: (place) => list[place] as Product, // of one that was found
  })
}
