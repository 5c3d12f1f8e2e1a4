/** A product as the text that is kept of it, and back. The nouns of its title are found anew. */
import type { NounSource } from '../catalogue/nouns.ts'
import type { Product } from '../types.ts'

type Fields = readonly [
  asin: string,
  title: string,
  description: string,
  bulletPoints: readonly string[],
  attributes: readonly string[],
  category: string,
  query: string,
  productCategory: string,
  priceTag: string,
  price: number,
  options: readonly (readonly [name: string, values: readonly string[]])[],
  image: string,
]

export function productText(p: Product): string {
  const fields: Fields = [
    p.asin,
    p.title,
    p.description,
    p.bulletPoints,
    p.attributes,
    p.category,
    p.query,
    p.productCategory,
    p.priceTag,
    p.price,
    [...p.options],
    p.image,
  ]
  return JSON.stringify(fields)
}

/** @throws where the text is not what was written */
export function productOf(text: string, nouns: NounSource): Product {
  const fields: Fields = JSON.parse(text)
  const [asin, title, description, bulletPoints, attributes, category, query, productCategory, priceTag, price] = fields
  const titleNouns = nouns.of(title)
  return {
    ...{ asin, title, description, bulletPoints, attributes, category, query, productCategory, priceTag, price },
    options: new Map(fields[10]),
    image: fields[11],
    get titleNouns() {
      return titleNouns?.() ?? []
    },
  }
}
