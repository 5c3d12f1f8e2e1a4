/** The fingerprint of a shop: over everything that a step, an observation or a reward reads. */
import { Digest } from '../../../core/digest.ts'
import type { Goal, Product } from '../types.ts'
import type { NounSource } from './nouns.ts'

export class ShopDigest {
  readonly #digest: Digest

  constructor(nouns: NounSource) {
    this.#digest = new Digest().add('webshop 1', nouns.id)
  }

  /** The next one in the order of the items file; all come before the goals. */
  product(p: Product): void {
    const digest = this.#digest
    digest.add(p.asin, p.title, p.description, p.category, p.query, p.productCategory, p.priceTag, String(p.price))
    digest.list(p.bulletPoints).list(p.attributes)
    for (const [name, values] of p.options) digest.add(name).list(values)
  }

  goal(g: Goal): void {
    const digest = this.#digest
    digest.add(g.id, g.instruction, g.asin, String(g.priceUpper), String(g.weight)).list(g.attributes)
    const options = g.options instanceof Map ? [...g.options].flat() : [...g.options.values()]
    digest.list(options)
  }

  hex(): string {
    return this.#digest.hex()
  }
}
