/** How many of the options that a goal wants were chosen (goal.py, get_option_reward). */
import { COLORS, normalizeColor } from './colors.ts'
import { isAlike, remember } from './fuzzy-match.ts'
import type { WantedProduct } from './purchase.ts'

/** Whether a chosen value is like a wanted option, which is normalised already. */
const optionMatches = remember((value, option) => isAlike(normalizeColor(value), option))

/** get_option_reward: wanted options that some chosen value is like. */
export function countMatchedOptions(wanted: readonly string[], chosen: ReadonlyMap<string, string>): number {
  let count = 0
  for (const option of wanted) {
    for (const value of chosen.values()) {
      if (optionMatches(value, option)) {
        count++
        break
      }
    }
  }
  return count
}

const wantedOf = new WeakMap<WantedProduct, readonly string[]>()

/** A goal's options as text for comparison, colours normalised. */
export function wantedOptions(goal: WantedProduct): readonly string[] {
  let wanted = wantedOf.get(goal)
  if (wanted === undefined) {
    const texts: string[] = []
    if ('size' in goal.options) for (const [name, value] of goal.options) texts.push(pairText(name, value))
    else for (const option of goal.options) texts.push(normalizeColor(option))
    wanted = texts
    wantedOf.set(goal, wanted)
  }
  return wanted
}

/**
 * Synthetic goals compare Python's (name, value) tuple: a colour is found in it only where it equals the name or the
 * value, and otherwise its repr is compared, whose quotes and commas are no words but whose escapes are.
 */
function pairText(name: string, value: string): string {
  const color = COLORS.find((known) => known === name || known === value)
  return color ?? `(${reprText(name)}, ${reprText(value)})`
}

/** Python's repr of a string as far as its words go: separators and control characters become \xNN or \uNNNN. */
function reprText(text: string): string {
  return text.replace(/[\p{C}\p{Z}]/gu, (character) => {
    if (character === ' ') return character
    const short = { '\t': '\\t', '\n': '\\n', '\r': '\\r' }[character]
    if (short !== undefined) return short
    const code = (character.codePointAt(0) ?? 0).toString(16)
    if (code.length <= 2) return `\\x${code.padStart(2, '0')}`
    return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`
  })
}
