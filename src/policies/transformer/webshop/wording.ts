/** Actions of WebShop as a small model writes them, and back: pointers for products and options, short names for buttons. */
import { optionsOf } from '../../linear/webshop/products.ts'
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

/** `click[r3]`, `click[o2]`, `click[next]`, `search[floor lamp]`; undefined for what reads back as something else. */
export function writeAction(state: ShownState, memory: ViewMemory, action: string): string | undefined {
  const text = argumentOf(action, 'click[')
  const place = text === undefined ? -1 : targets(state, memory).indexOf(text)
  const letter = state.page === 'item_page' ? 'o' : 'r'
  const words = place === -1 ? (BUTTONS.get(text ?? '') ?? text) : `${letter}${place + 1}`
  const written = words === undefined ? action : `click[${words}]`
  const isPlain = written.length <= LONGEST && !/[^\S ]|\p{Lu}| {2}/u.test(written)
  return isPlain && readAction(state, memory, written) === action ? written : undefined
}

/** The action behind what the model wrote; as it is where that means none. */
export function readAction(state: ShownState, memory: ViewMemory, written: string): string {
  const words = argumentOf(written, 'click[')
  if (words === undefined) return written
  const pointer = /^([ro])([1-9]\d{0,2})$/.exec(words)
  if (pointer !== null && pointer[1] === (state.page === 'item_page' ? 'o' : 'r')) {
    const target = targets(state, memory)[Number(pointer[2]) - 1]
    if (target !== undefined) return `click[${target}]`
  }
  return `click[${BUTTON_OF.get(words) ?? words}]`
}

/** What pointers point to on a page, the first one first: links of products, or values of options. */
function targets(state: ShownState, { shop }: ViewMemory): readonly string[] {
  if (state.page === 'search_results')
    return shop.reading.page(state).fits.map(({ product }) => product.shown.asin.toLowerCase())
  if (state.page !== 'item_page' || state.asin === undefined) return []
  return optionsOf(shop.reading.instruction, shop.reading.fit(state.asin)).map(({ value }) => value)
}

function argumentOf(action: string, before: string): string | undefined {
  return action.startsWith(before) && action.endsWith(']') ? action.slice(before.length, -1) : undefined
}
