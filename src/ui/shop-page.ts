/** A page of the shop, drawn from plain data; every text is rendered as text. What the next action presses is marked. */
import { html, nothing, type TemplateResult } from 'lit'
import type { WebShopView } from '../worker/protocol.ts'
import { type ActionParts, partsOf, presses } from './action-words.ts'
import { rewardText } from './format.ts'
import { picture } from './picture.ts'

type Product = NonNullable<WebShopView['product']>

export function shopPage(view: WebShopView, nextAction: string | undefined): TemplateResult {
  const next = partsOf(nextAction)
  const searched = next?.name === 'search'
  return html`<div class="shop" data-page=${view.page}>
    <div class="search ${mark(searched)}">
      <span class="query">${searched ? html`<i>${next.argument}</i>` : view.keywords || html`<span class="soft">Search the shop</span>`}</span>
      <span class="button">Search</span>
    </div>
    ${page(view, next)}
  </div>`
}

function page(view: WebShopView, next: ActionParts | undefined): TemplateResult {
  switch (view.page) {
    case 'index':
      return html`<div class="welcome"><p>Welcome. Search for what the instruction asks.</p></div>`
    case 'search_results':
      return html`${buttons(['Back to Search', ...(view.pageNumber > 1 ? ['< Prev'] : []), 'Next >'], next)}
        <p class="soft count">Page ${view.pageNumber}, ${view.totalResults} results</p>
        <ul class="results">${view.results.map((result) => row(result, next))}</ul>`
    case 'item_page':
      return html`${buttons(['Back to Search', '< Prev'], next)} ${view.product && item(view.product, view.clickables, next)}`
    case 'item_sub_page':
      return html`${buttons(['Back to Search', '< Prev'], next)}
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

function buttons(texts: readonly string[], next: ActionParts | undefined): TemplateResult {
  return html`<p class="buttons">${texts.map((text) => html`<span class="button ${mark(presses(next, text))}">${text}</span> `)}</p>`
}

function row(result: WebShopView['results'][number], next: ActionParts | undefined): TemplateResult {
  return html`<li class="${mark(presses(next, result.asin))} ${result.visited ? 'visited' : ''}">
    ${picture(result)}
    <span class="title">${result.title}</span>
    <span class="price">${result.price}</span>
    <code class="asin">${result.asin}${result.visited ? ', visited' : ''}</code>
  </li>`
}

function heading(product: Product): TemplateResult {
  return html`<div class="item-head">${picture(product)}
    <div><p class="title">${product.title}</p><p><b class="price">${product.price}</b> <code class="asin">${product.asin}</code></p></div>
  </div>`
}

function item(product: Product, clickables: readonly string[], next: ActionParts | undefined): TemplateResult {
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
              return html`<span class="option ${isChosen ? 'chosen' : ''} ${mark(presses(next, value))}"
                >${isChosen ? html`<span aria-label="chosen">✓ </span>` : nothing}${value}</span> `
            })}
          </dd>
        </div>`,
      )}
    </dl>
    <p class="buttons">
      ${pages.map((name) => html`<span class="button ${mark(presses(next, name))}">${name}</span> `)}
      <span class="button buy ${mark(presses(next, 'Buy Now'))}">Buy Now</span>
    </p>`
}

function chosenWords(product: Product): string {
  const chosen = product.options.filter((option) => option.chosen !== undefined)
  return chosen.length === 0 ? 'No option chosen.' : chosen.map(({ name, chosen }) => `${name}: ${chosen}`).join(', ')
}
