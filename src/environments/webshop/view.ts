/** A state as plain data for the page's world pane: what a shopper sees, without HTML. */

import type { Products } from './catalogue/products.ts'
import { subPageTexts } from './observation.ts'
import { resultsOf } from './pages.ts'
import type { Product, WebShopState, WebShopView } from './types.ts'

export function viewOf(
  state: WebShopState,
  products: Pick<Products, 'get'>,
  clickables: readonly string[],
): WebShopView {
  const product = state.asin === undefined ? undefined : products.get(state.asin)
  const texts = subPageTexts(state, { product: (asin) => products.get(asin) })
  return {
    environment: 'webshop',
    page: state.page,
    instruction: state.goal.instruction,
    keywords: state.keywords.join(' '),
    pageNumber: state.pageNumber,
    totalResults: state.hits.length,
    results:
      state.page === 'search_results' ? resultsOf(state).flatMap((asin) => result(state, products.get(asin))) : [],
    product: product && { ...summary(product), options: optionsOf(state, product) },
    subPage: state.subPage && { name: state.subPage, text: texts.map((text) => text.trim()) },
    reward: state.reward,
    clickables,
    hasSearchBar: state.page === 'index',
  }
}

function summary({ asin, title, priceTag, category, query }: Product) {
  return { asin, title, price: priceTag, category, query }
}

function result(state: WebShopState, product: Product | undefined): WebShopView['results'] {
  return product === undefined ? [] : [{ ...summary(product), visited: state.visited.includes(product.asin) }]
}

function optionsOf(state: WebShopState, product: Product): NonNullable<WebShopView['product']>['options'] {
  return Array.from(product.options, ([name, values]) => ({ name, values, chosen: state.options.get(name) }))
}
