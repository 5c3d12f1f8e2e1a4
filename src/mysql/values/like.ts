/** LIKE: a text against a pattern with `%` and `_`, one stretch between two `%` after the other. */
import { bare } from './collation.ts'

/** Any one letter. */
const ANY = Symbol('_')
type Stretch = readonly (string | typeof ANY)[]

/**
 * Units of work grow with the lengths of both texts; with their product only for a stretch that holds `_` and does not
 * begin or end the pattern.
 * @param mark makes the letter after it stand for itself; empty for none
 * @param exact letters count with their case and accents
 */
export function likeText(text: string, pattern: string, mark: string, exact: boolean): boolean {
  const letters = [...(exact ? text : bare(text))]
  const [first = [], ...rest] = stretchesOf(pattern, mark, exact)
  const last = rest.pop()
  if (last === undefined) return letters.length === first.length && standsAt(letters, 0, first)
  const end = letters.length - last.length
  if (end < first.length || !standsAt(letters, 0, first) || !standsAt(letters, end, last)) return false
  let from = first.length
  for (const stretch of rest) {
    const found = findStretch(letters, from, end, stretch)
    if (found === undefined) return false
    from = found + stretch.length
  }
  return true
}

/** Whether a call may take the product of the lengths. */
export function searchesForAny(pattern: string): boolean {
  return pattern
    .split('%')
    .slice(1, -1)
    .some((stretch) => stretch.includes('_'))
}

function stretchesOf(pattern: string, mark: string, exact: boolean): Stretch[] {
  let current: (string | typeof ANY)[] = []
  const stretches = [current]
  let run = ''
  const endRun = (): void => {
    for (const letter of exact ? run : bare(run)) current.push(letter)
    run = ''
  }
  const letters = [...pattern]
  for (let i = 0; i < letters.length; i++) {
    let letter = letters[i] ?? ''
    const marked = mark !== '' && letter === mark && i + 1 < letters.length
    if (marked) letter = letters[++i] ?? ''
    if (marked || (letter !== '%' && letter !== '_')) {
      run += letter
      continue
    }
    endRun()
    if (letter === '_') current.push(ANY)
    else {
      current = []
      stretches.push(current)
    }
  }
  endRun()
  return stretches
}

function standsAt(letters: readonly string[], at: number, stretch: Stretch): boolean {
  if (at < 0 || at + stretch.length > letters.length) return false
  return stretch.every((wanted, i) => wanted === ANY || wanted === letters[at + i])
}

/** The first place from `from` on at which a stretch stands and ends by `end`. */
function findStretch(letters: readonly string[], from: number, end: number, stretch: Stretch): number | undefined {
  if (!stretch.includes(ANY)) return findLetters(letters, from, end, stretch as readonly string[])
  for (let at = from; at + stretch.length <= end; at++) if (standsAt(letters, at, stretch)) return at
  return undefined
}

/** Knuth, Morris, Pratt: no letter of the text is looked at more than twice. */
function findLetters(
  letters: readonly string[],
  from: number,
  end: number,
  wanted: readonly string[],
): number | undefined {
  const borders = bordersOf(wanted)
  let matched = 0
  if (wanted.length === 0) return from
  for (let at = from; at < end; at++) {
    while (matched > 0 && letters[at] !== wanted[matched]) matched = borders[matched - 1] ?? 0
    if (letters[at] === wanted[matched]) matched++
    if (matched === wanted.length) return at - matched + 1
  }
  return undefined
}

/** For each beginning of a text, the length of the longest proper beginning that it ends with as well. */
function bordersOf(wanted: readonly string[]): readonly number[] {
  const borders = [0]
  for (let i = 1, matched = 0; i < wanted.length; i++) {
    while (matched > 0 && wanted[i] !== wanted[matched]) matched = borders[matched - 1] ?? 0
    if (wanted[i] === wanted[matched]) matched++
    borders.push(matched)
  }
  return borders
}
