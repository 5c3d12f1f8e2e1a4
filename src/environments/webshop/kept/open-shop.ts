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

interface Head {
  readonly name: string
  readonly fingerprint: string
  /** Of the source of nouns that it was written with. */
  readonly nouns: string
}

/** Failures: `shop-unfinished`, `shop-outdated`, `shop-damaged`. */
export function openShop(source: ByteSource, nouns: NounSource): Result<Catalogue> {
  const opened = openSections(source)
  if (!opened.ok) return opened
  const file = opened.value
  try {
    const head: Head = JSON.parse(textOf(file.read('head')))
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
    return failure('shop-damaged', 'The shop that is kept here cannot be read. Bring its files once more.')
  }
}
