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

/** In the sheet of the data: the way to stop the reading of a shop. */
export function readingLine(page: PageState): TemplateResult | typeof nothing {
  const desk = keptShopOf(page)
  return desk.reading === undefined ? nothing : html`<button @click=${() => desk.stop()}>Stop reading the shop</button>`
}

/** In the sheet of the data: a search in the shop, and what it found. */
export function shopSearch(page: PageState): TemplateResult {
  const desk = shopSearchOf(page)
  const { finds } = desk
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const input = (event.currentTarget as HTMLFormElement).elements.namedItem('words') as HTMLInputElement // the only one
    void desk.search(input.value)
  }
  return html`<div class=${keptShopOf(page).reading === undefined ? 'shop-search' : 'shop-search reading'}>
    <form role="search" aria-label="The shop" @submit=${submit}>
      <label>Look into the shop <input type="search" name="words" maxlength=${MOST_CHARACTERS} autocomplete="off" .value=${desk.words} /></label>
      <button>Search</button>
    </form>
    <p class="soft" role="status">${finds === undefined ? nothing : foundWords(finds)}</p>
    ${finds === undefined ? nothing : html`${againButton(page, finds)} ${finds.found.length === 0 ? nothing : foundList(finds)}`}
  </div>`
}

/** Where more of a shop is read by now. */
function againButton(page: PageState, finds: ShopFinds): TemplateResult | typeof nothing {
  const { reading } = keptShopOf(page)
  if (reading === undefined || (finds.reading && finds.among >= reading.products)) return nothing
  return html`<button @click=${() => shopSearchOf(page).again()}>Search again among ${plural(reading.products, 'product')}</button>`
}

function foundList({ found }: ShopFinds): TemplateResult {
  return html`<ol tabindex="0" aria-label="Products found">
    ${found.map(({ title, price, asin }) => html`<li><span class="title">${undirected(title)}</span> <span class="soft"><span>${undirected(price)}</span> <span>${undirected(asin)}</span></span></li>`)}
  </ol>`
}
