/** What a look into the shop has found, and among how many of its products. */
import { undirected } from '../../core/undirected.ts'
import type { ShopFinds } from '../../worker/protocol/lab-api.ts'
import { keptByPage } from '../parts/kept-by-page.ts'
import type { PageState } from '../state/page-state.ts'
import { countText, plural } from '../words/format.ts'

/** As many as a search finds at most. */
const MOST_FOUND = 10

class ShopSearchDesk {
  readonly #page: PageState
  words = ''
  /** Of the last words; undefined before the answer. */
  finds: ShopFinds | undefined
  #asked = 0

  constructor(page: PageState) {
    this.#page = page
  }

  async search(words: string): Promise<void> {
    const { lab, notices, changes } = this.#page
    this.words = words.trim()
    const asked = ++this.#asked
    const finds = this.words === '' ? undefined : await notices.ask(lab.library('searchShop', this.words))
    if (asked !== this.#asked) return // other words were searched meanwhile
    this.finds = finds
    changes.say()
  }

  /** The same words, in what there is by now. */
  again(): void {
    if (this.words !== '') void this.search(this.words)
  }
}

export const shopSearchOf = keptByPage((page) => new ShopSearchDesk(page))

/** What was found, and among how many. */
export function foundWords({ found, among, shop, reading }: ShopFinds): string {
  const what =
    found.length === 0
      ? 'Nothing found'
      : found.length < MOST_FOUND
        ? `${plural(found.length, 'product')} found`
        : `The ${MOST_FOUND} best`
  if (!reading) return `${what} among ${among === 1 ? 'the only product' : `all ${countText(among)} products`}.`
  return `${what} among the first ${countText(among)} products of ${undirected(shop)}, which is being read.`
}
