/**
 * Looking into the shop: a search among the products of the one that new runs use, or, while one is being read that is too large to
 * be held, among those that are read by then. Titles and prices are text from outside, and only ever text here.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { undirected } from '../../core/undirected.ts'
import type { ShopFinds } from '../../worker/protocol/lab-api.ts'
import { adoptStyle } from '../parts/adopt-style.ts'
import type { PageState } from '../state/page-state.ts'
import { plural } from '../words/format.ts'
import { keptShopOf } from './kept-shop.ts'
import { foundWords, shopSearchOf } from './shop-finds.ts'
import css from './shop-search.css?inline'

adoptStyle(css)

const MOST_CHARACTERS = 300

/** In the sheet of the data: a search in the shop, and the way to stop the reading of one. */
export function shopLines(page: PageState): TemplateResult {
  const desk = keptShopOf(page)
  const { reading } = desk
  return html`${shopSearch(page, reading?.products)}
    ${reading === undefined ? nothing : html`<button @click=${() => desk.stop()}>Stop reading the shop</button>`}`
}

/** @param read products of a shop that is being read; undefined while none is */
function shopSearch(page: PageState, read: number | undefined): TemplateResult {
  const desk = shopSearchOf(page)
  const { finds } = desk
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const input = (event.currentTarget as HTMLFormElement).elements.namedItem('words') as HTMLInputElement // the only one
    void desk.search(input.value)
  }
  const more = finds !== undefined && read !== undefined && !(finds.reading && finds.among >= read)
  return html`<form class="shop-search" role="search" aria-label="The shop" @submit=${submit}>
      <label>Look into the shop <input type="search" name="words" maxlength=${MOST_CHARACTERS} autocomplete="off" .value=${desk.words} /></label>
      <button>Search</button>
    </form>
    <p class="soft" role="status">${finds === undefined ? nothing : foundWords(finds)}</p>
    ${more ? html`<button @click=${() => desk.again()}>Search again: ${plural(read, 'product')} ${read === 1 ? 'is' : 'are'} read by now</button>` : nothing}
    ${finds === undefined || finds.found.length === 0 ? nothing : foundList(finds)}`
}

function foundList({ found }: ShopFinds): TemplateResult {
  return html`<ol class="shop-found" tabindex="0" aria-label="Products found">
    ${found.map(({ title, price, asin }) => html`<li><span class="title">${undirected(title)}</span> <span class="soft"><span>${undirected(price)}</span> <span>${undirected(asin)}</span></span></li>`)}
  </ol>`
}
