/**
 * A page of the shop, drawn from plain data; every text is rendered as text. What the next action presses is marked. With
 * hands, everything on it can be pressed.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { WebShopView } from '../../../worker/protocol/lab-api.ts'
import { type ActionParts, partsOf, presses } from '../../words/action-words.ts'
import { rewardText } from '../../words/format.ts'
import { picture } from './picture.ts'

type Product = NonNullable<WebShopView['product']>

/** Somebody who shops. */
export interface Hands {
  readonly searchBar: TemplateResult
  /** @param text of what is pressed, as the page has it */
  press(text: string): void
}

interface Look {
  readonly next: ActionParts | undefined
  readonly hands: Hands | undefined
}

export function shopPage(view: WebShopView, nextAction: string | undefined, hands?: Hands): TemplateResult {
  const next = partsOf(nextAction)
  const searched = next?.name === 'search'
  // Only looked at, it has nothing to press: it is scrolled by keys where it stands.
  return html`<div class="shop" data-page=${view.page} role="region" aria-label="Shop page" tabindex=${hands === undefined ? 0 : nothing}>
    ${
      hands?.searchBar ??
      html`<div class="search ${mark(searched)}">
      <span class="query">${searched ? html`<i>${next.argument}</i>` : view.keywords || html`<span class="soft">Search the shop</span>`}</span>
      <span class="button">Search</span>
    </div>`
    }
    ${page(view, { next, hands })}
  </div>`
}

/** What can be pressed: to look at, or with hands. */
function control({ next, hands }: Look, kind: string, text: string, content: unknown = text): TemplateResult {
  if (hands === undefined) return html`<span class="${kind} ${mark(presses(next, text))}">${content}</span>`
  return html`<button type="button" class=${kind} @click=${() => hands.press(text)}>${content}</button>`
}

function page(view: WebShopView, look: Look): TemplateResult {
  switch (view.page) {
    case 'index':
      return html`<div class="welcome"><p>Welcome. Search for what the instruction asks.</p></div>`
    case 'search_results':
      return html`${buttons(['Back to Search', ...(view.pageNumber > 1 ? ['< Prev'] : []), 'Next >'], look)}
        <p class="soft count">Page ${view.pageNumber}, ${view.totalResults} results</p>
        <ul class="results">${view.results.map((result) => row(result, look))}</ul>`
    case 'item_page':
      return html`${buttons(['Back to Search', '< Prev'], look)} ${view.product && item(view.product, view.clickables, look)}`
    case 'item_sub_page':
      return html`${buttons(['Back to Search', '< Prev'], look)}
        ${view.product && heading(view.product)}
        <h3>${view.subPage?.name}</h3>
        ${view.subPage?.text.length ? view.subPage.text.map((line) => html`<p>${line}</p>`) : html`<p class="soft">Nothing here.</p>`}`
    case 'done':
      return html`<div class="bought">
        <p>Thank you for shopping with us!</p>
        ${view.product && heading(view.product)}
        ${view.product && html`<p class="soft">${chosenWords(view.product)}</p>`}
        <p class="score">Reward <b>${rewardText(view.reward ?? 0)}</b></p>
      </div>`
  }
}

/** The class of what the next action presses. */
function mark(isTarget: boolean): string {
  return isTarget ? 'target' : ''
}

function buttons(texts: readonly string[], look: Look): TemplateResult {
  return html`<p class="buttons">${texts.map((text) => html`${control(look, 'button', text)} `)}</p>`
}

function row(result: WebShopView['results'][number], look: Look): TemplateResult {
  return html`<li class="${mark(presses(look.next, result.asin))} ${result.visited ? 'visited' : ''}">
    ${picture(result)}
    ${look.hands === undefined ? html`<span class="title">${result.title}</span>` : control(look, 'title', result.asin, result.title)}
    <span class="price">${result.price}</span>
    <code class="asin">${result.asin}${result.visited ? ', visited' : ''}</code>
  </li>`
}

function heading(product: Product): TemplateResult {
  return html`<div class="item-head">${picture(product)}
    <div><p class="title">${product.title}</p><p><b class="price">${product.price}</b> <code class="asin">${product.asin}</code></p></div>
  </div>`
}

function item(product: Product, clickables: readonly string[], look: Look): TemplateResult {
  const pages = ['Description', 'Features', 'Reviews', 'Attributes'].filter((name) =>
    clickables.includes(name.toLowerCase()),
  )
  return html`${heading(product)}
    <dl class="options">
      ${product.options.map(
        ({ name, values, chosen }) => html`<div>
          <dt>${name}</dt>
          <dd>
            ${values.map((value) => {
              const isChosen = value === chosen
              const words = html`${isChosen ? html`<span aria-label="chosen">✓ </span>` : nothing}${value}`
              return html`${control(look, isChosen ? 'option chosen' : 'option', value, words)} `
            })}
          </dd>
        </div>`,
      )}
    </dl>
    <p class="buttons">
      ${pages.map((name) => html`${control(look, 'button', name)} `)}
      ${control(look, 'button buy', 'Buy Now')}
    </p>`
}

function chosenWords(product: Product): string {
  const chosen = product.options.filter((option) => option.chosen !== undefined)
  return chosen.length === 0 ? 'No option chosen.' : chosen.map(({ name, chosen }) => `${name}: ${chosen}`).join(', ')
}
