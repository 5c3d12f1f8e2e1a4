/** Actions of WebShop as a small model writes them, and back: pointers for products and options, short names for buttons. */
import { type Fit, type OptionFit, optionsOf } from '../../linear/webshop/products.ts'
import type { ShownState } from '../../linear/webshop/shown-state.ts'
import type { ViewMemory } from './memory.ts'

/** Characters of an action that has words. */
const LONGEST = 240

const BUTTONS: ReadonlyMap<string, string> = new Map([
  ['next >', 'next'],
  ['< prev', 'prev'],
  ['back to search', 'back'],
])
const BUTTON_OF: ReadonlyMap<string, string> = new Map(Array.from(BUTTONS, ([text, name]) => [name, text]))

/**
 * `click r3`, `click o2`, `click next`, `search floor lamp`; undefined for what reads back as something else. Every word has a
 * space before it, as on the pages: to a tokenizer that makes it the same word.
 */
export function writeAction(state: ShownState, memory: ViewMemory, action: string): string | undefined {
  const written = wordsOf(state, memory, action)
  if (written === undefined || written.length > LONGEST || /[^\S ]|\p{Lu}| {2}/u.test(written)) return undefined
  return readAction(state, memory, written) === action ? written : undefined
}

function wordsOf(state: ShownState, memory: ViewMemory, action: string): string | undefined {
  if (!action.endsWith(']')) return undefined
  if (action.startsWith('search[')) return `search ${action.slice('search['.length, -1)}`
  if (!action.startsWith('click[')) return undefined
  const text = action.slice('click['.length, -1)
  const place = pointedTo(state, memory).findIndex((target) => textOf(target) === text)
  const letter = state.page === 'item_page' ? 'o' : 'r'
  return `click ${place === -1 ? (BUTTONS.get(text) ?? text) : `${letter}${place + 1}`}`
}

/** The action behind what the model wrote; as it is where that means none. */
export function readAction(state: ShownState, memory: ViewMemory, written: string): string {
  if (written.startsWith('search ')) return `search[${written.slice('search '.length)}]`
  if (!written.startsWith('click ')) return written
  const words = written.slice('click '.length)
  const pointer = /^([ro])([1-9]\d{0,2})$/.exec(words)
  if (pointer !== null && pointer[1] === (state.page === 'item_page' ? 'o' : 'r')) {
    const target = pointedTo(state, memory)[Number(pointer[2]) - 1]
    if (target !== undefined) return `click[${textOf(target)}]`
  }
  return `click[${BUTTON_OF.get(words) ?? words}]`
}

/** What pointers point to on a page, the first one first: products, or options. */
function pointedTo(state: ShownState, { shop }: ViewMemory): readonly (Fit | OptionFit)[] {
  const { reading } = shop
  if (state.page === 'search_results') return reading.page(state).fits
  if (state.page !== 'item_page' || state.asin === undefined) return []
  return optionsOf(reading.instruction, reading.fit(state.asin))
}

/** The text of its button. */
function textOf(target: Fit | OptionFit): string {
  return 'product' in target ? target.product.shown.asin.toLowerCase() : target.value
}
