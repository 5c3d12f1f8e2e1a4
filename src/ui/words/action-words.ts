/** Actions as people read them, and taken apart to find on the shop page what they would press. */
import { undirected } from '../../core/undirected.ts'

/** An SQL action's statement without its fence, whole; any other action as it is. */
export function actionWords(action: string): string {
  const fenced = /```(?:sql)?[^\S\n]*\n?(.*?)(?:```|$)/is.exec(action)
  return undirected(fenced?.[1]?.trim() || action).trim()
}

/** Characters of a line of a card that has two. */
const LINE = 25

/** A statement on two lines: where it does not fit, its beginning and its end, for candidates differ in either. */
export function twoLines(words: string): string {
  const flat = words.replace(/\s+/g, ' ').trim()
  if (flat.length <= LINE) return flat
  const cut = flat.lastIndexOf(' ', LINE)
  const head = flat.slice(0, cut > LINE / 2 ? cut : LINE)
  const rest = flat.slice(head.length).trim()
  if (rest.length <= LINE) return `${head}\n${rest}`
  const tail = rest.slice(1 - LINE)
  const start = rest.at(-LINE) === ' ' ? 0 : tail.indexOf(' ') + 1
  return `${head}\n…${start < LINE / 2 ? tail.slice(start) : tail}`
}

export interface ActionParts {
  readonly name: string
  /** Lower-cased, as WebShop compares it. */
  readonly argument: string
}

/** `click[Buy Now]`; undefined for text that is no action (upstream's rule: greedy, up to the last bracket). */
export function partsOf(action: string | undefined): ActionParts | undefined {
  const match = action === undefined ? null : /^(.+)\[(.+)\]/.exec(action)
  return match === null ? undefined : { name: match[1] ?? '', argument: (match[2] ?? '').toLowerCase() }
}

/** Whether the action presses the thing with this text. */
export function presses(action: ActionParts | undefined, text: string): boolean {
  return action?.name === 'click' && action.argument === text.toLowerCase()
}
