/** The products of a shop, found by their ASINs: all of them in memory, or each read when it is asked for. */
import type { Product } from '../types.ts'

/** Iterates in the order of the items file. */
export interface Products extends Iterable<Product> {
  readonly size: number
  get(asin: string): Product | undefined
  /** The ASIN behind a link, which shows it lower-cased; of several that look the same the last one of the items file. */
  linked(link: string): string | undefined
  /** In the order of the items file. */
  asins(): readonly string[]
  /** ASINs of the products that have this very value, in the order of the items file. */
  having(field: 'category' | 'query', value: string): readonly string[]
}

/** @param products in the order of the items file, their ASINs distinct */
export function heldProducts(products: readonly Product[]): Products {
  const byAsin = new Map(products.map((product) => [product.asin, product]))
  let links: ReadonlyMap<string, string> | undefined
  return {
    size: products.length,
    [Symbol.iterator]: () => products[Symbol.iterator](),
    get: (asin) => byAsin.get(asin),
    linked(link) {
      links ??= new Map(products.map(({ asin }) => [asin.toLowerCase(), asin]))
      return links.get(link)
    },
    asins: () => products.map(({ asin }) => asin),
    having: (field, value) => products.filter((product) => product[field] === value).map(({ asin }) => asin),
  }
}

/** @param changed by ASIN: in the place of those with the same, with the same category and query */
export function changedProducts(products: Products, changed: ReadonlyMap<string, Product>): Products {
  return {
    size: products.size,
    *[Symbol.iterator]() {
      for (const product of products) yield changed.get(product.asin) ?? product
    },
    get: (asin) => changed.get(asin) ?? products.get(asin),
    linked: (link) => products.linked(link),
    asins: () => products.asins(),
    having: (field, value) => products.having(field, value),
  }
}
