/**
 * Pages as an agent reads them. Follows `convert_html_to_text` of web_agent_site/envs/web_agent_text_env.py over the
 * templates of web_agent_site/templates: each visible string of the page is a cell here, and the two modes print the
 * same cells.
 */

import { floatRepr } from '../python-repr.ts'
import { resultsOf } from './pages.ts'
import { jsonDumps, strip } from './python-text.ts'
import type { Product, WebShopState } from './types.ts'

export const OBSERVATION_MODES = ['text', 'text_rich'] as const
export type ObservationMode = (typeof OBSERVATION_MODES)[number]

/** Where a string stands on the page: `text_rich` prints each kind its own way. */
interface Cell {
  readonly kind: 'text' | 'button' | 'option' | 'product'
  readonly text: string
}

export interface ObservationContext {
  readonly product: (asin: string) => Product | undefined
  readonly showAttributes: boolean
}

/** `text`: the strings, trimmed, with ` [SEP] ` between them. */
export function renderText(state: WebShopState, context: ObservationContext): string {
  return cellsOf(state, context)
    .map((cell) => strip(cell.text))
    .join(' [SEP] ')
}

/**
 * `text_rich`: one line a string; buttons, chosen options and visited products are marked.
 * @param url of the page
 */
export function renderRichText(state: WebShopState, context: ObservationContext, url: string): string {
  let clicked = ''
  let lines = ''
  for (const { kind, text } of cellsOf(state, context)) {
    switch (kind) {
      case 'text':
        lines += `${text}\n`
        break
      case 'button':
        lines += `[button] ${text} [button_]\n`
        break
      case 'product':
        lines += state.visited.includes(text)
          ? `\n[clicked button] ${text} [clicked button_]\n`
          : `\n[button] ${text} [button_]\n`
        break
      case 'option':
        // upstream looks for the value in quotes anywhere in the address, whose JSON escapes quotes and non-ASCII
        if (url.includes(`"${text}"`)) {
          lines += `  [clicked button] ${text} [clicked button_]\n`
          clicked = `You have clicked ${text}.\n${clicked}`
        } else lines += `  [button] ${text} [button_]\n`
    }
  }
  return clicked + lines
}

function cellsOf(state: WebShopState, context: ObservationContext): readonly Cell[] {
  switch (state.page) {
    case 'index':
      return cells('WebShop', 'Instruction: ', state.goal.instruction, button('Search'))
    case 'search_results':
      return resultsCells(state, context)
    case 'item_page':
      return itemCells(state, context)
    case 'item_sub_page':
      return cells(...header(state), button('< Prev'), ...subPageTexts(state, context))
    case 'done':
      return doneCells(state)
  }
}

/** Strings of the page; those that BeautifulSoup leaves out are left out. */
function cells(...parts: readonly (string | Cell)[]): readonly Cell[] {
  const kept: Cell[] = []
  for (const part of parts) {
    const cell: Cell = typeof part === 'string' ? { kind: 'text', text: part } : part
    const text = collapsed(cell.text)
    if (text !== '' && text !== '\n') kept.push(text === cell.text ? cell : { ...cell, text })
  }
  return kept
}

/** BeautifulSoup turns a string of white space into one newline if it has any, else into one space. */
function collapsed(text: string): string {
  return /^[ \t\n\f\r]+$/.test(text) ? (text.includes('\n') ? '\n' : ' ') : text
}

function button(text: string): Cell {
  return { kind: 'button', text }
}

function header(state: WebShopState): readonly (string | Cell)[] {
  return ['Instruction:', state.goal.instruction, button('Back to Search')]
}

function resultsCells(state: WebShopState, context: ObservationContext): readonly Cell[] {
  const parts = [...header(state), `Page ${state.pageNumber} (Total results: ${state.hits.length})`]
  if (state.pageNumber > 1) parts.push(button('< Prev'))
  parts.push(button('Next >'))
  for (const asin of resultsOf(state)) {
    const product = context.product(asin)
    parts.push({ kind: 'product', text: asin }, product?.title ?? '', product?.priceTag ?? '')
  }
  return cells(...parts)
}

function itemCells(state: WebShopState, context: ObservationContext): readonly Cell[] {
  const product = state.asin === undefined ? undefined : context.product(state.asin)
  const parts = [...header(state), button('< Prev')]
  for (const [name, values] of product?.options ?? []) {
    parts.push(name, ...values.map((text): Cell => ({ kind: 'option', text })))
  }
  parts.push(product?.title ?? '', `Price: ${product?.priceTag}`, 'Rating: N.A.')
  parts.push(button('Description'), button('Features'), button('Reviews'))
  if (context.showAttributes) parts.push(button('Attributes'))
  return cells(...parts, button('Buy Now'))
}

/** The texts below the buttons of a sub page. Reviews are never loaded upstream, so that page is empty. */
export function subPageTexts(state: WebShopState, context: Pick<ObservationContext, 'product'>): readonly string[] {
  const product = state.asin === undefined ? undefined : context.product(state.asin)
  if (product === undefined) return []
  switch (state.subPage) {
    case 'Description':
      return [product.description]
    case 'Features':
      return product.bulletPoints.map((bullet) => ` ${bullet}`)
    case 'Attributes':
      return [
        ...product.attributes.map((attribute) => ` ${attribute}`),
        product.category,
        product.query,
        product.productCategory,
      ]
    default:
      return []
  }
}

/** Only ASIN, options and reward are passed to the template; the rest of it prints None or nothing. */
function doneCells(state: WebShopState): readonly Cell[] {
  const reported = ['attrs', 'None', 'category', 'None', 'query', 'None', 'product category', 'None']
  const target = ['asin', 'options', 'attrs', 'price upper', 'instuction text', 'category', 'product category', 'query']
  return cells(
    ...['Thank you for shopping with us!', 'Your code: ', 'None', ' (Paste it in your MTurk interface.)'],
    ...['Purchased', 'asin', state.asin ?? '', 'options', safeJson(state.options), ...reported],
    ...['Target', ...target, 'Goal ', 'None', 'Reward'],
    ...['Your score (min 0.0, max 1.0)', floatRepr(state.reward ?? 0), 'Reward Details ', 'None'],
  )
}

/** Flask's `tojson`: names sorted, and what means something to HTML is escaped. */
function safeJson(options: ReadonlyMap<string, string>): string {
  const sorted = [...options].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return jsonDumps(sorted).replace(/[<>&']/g, (found) => `\\u00${found.charCodeAt(0).toString(16)}`)
}
