/** A kept shop, opened: nothing is made anew, and what is held is a hundred bytes a product and what was asked for of late. */
import { failure, type Result, success } from '../../../core/failure.ts'
import type { NounSource } from '../catalogue/nouns.ts'
import type { Catalogue } from '../catalogue/read-catalogue.ts'
import { type ByteSource, textOf } from './bytes.ts'
import { readGoals } from './goal-texts.ts'
import { openIndex } from './kept-index.ts'
import { openProducts } from './kept-products.ts'
import { openSections } from './sections.ts'
import { Texts } from './texts.ts'

export interface ShopHead {
  readonly name: string
  readonly fingerprint: string
  /** Of the source of nouns that it was written with. */
  readonly nouns: string
}

const DAMAGED = failure('shop-damaged', 'The shop that is kept here cannot be read. Bring its files once more.')

/** What a shop is, of which nothing else is read. Failures: `shop-unfinished`, `shop-damaged`. */
export function shopHead(source: ByteSource): Result<ShopHead> {
  const opened = openSections(source)
  if (!opened.ok) return opened
  try {
    return success(JSON.parse(textOf(opened.value.read('head'))))
  } catch {
    return DAMAGED
  }
}

/** Failures: `shop-unfinished`, `shop-outdated`, `shop-damaged`. */
export function openShop(source: ByteSource, nouns: NounSource): Result<Catalogue> {
  const read = shopHead(source)
  if (!read.ok) return read
  const head = read.value
  const opened = openSections(source)
  if (!opened.ok) return opened
  const file = opened.value
  try {
    if (head.nouns !== nouns.id)
      return failure(
        'shop-outdated',
        'The shop that is kept here was read by another version of the page. Bring its files once more.',
      )
    const asins = new Texts(file, 'asins')
    return success({
      data: { name: head.name, fingerprint: head.fingerprint },
      products: openProducts(file, asins, nouns),
      goals: readGoals(file, nouns),
      index: openIndex(file, asins),
    })
  } catch {
    return DAMAGED
  }
}
