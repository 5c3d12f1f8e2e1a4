/**
 * How alike two texts are as sets of words: token_set_ratio of thefuzz 0.19.0 on Python's difflib, which WebShop's
 * reward compares with a threshold, so that one point matters. Kept with its oddities: Latin-1 letters are dropped
 * (`naïve` equals `nave`), a text of 200 characters or more loses its popular characters, and the order of the arguments
 * can change the score.
 */
import { remembered } from '../../../core/remembered.ts'

/** Texts whose words are kept. Shops repeat their attributes and options. */
const MOST_TEXTS = 10_000

/** utils.full_process, then the distinct words in code point order. Python's \w is letters, numbers and underscore. */
const words = remembered((text): readonly string[] => {
  const plain = text
    .replace(/[\u0080-\u00ff]/g, '')
    .replace(/[^\p{L}\p{N}_]/gu, ' ')
    .toLowerCase()
    .trim()
  return plain === '' ? [] : [...new Set(plain.split(/ +/))].sort(byCodePoint)
}, MOST_TEXTS)

function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const difference = (a.codePointAt(i) ?? 0) - (b.codePointAt(i) ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** Python's round: halves go to the even neighbour. */
function roundHalfEven(x: number): number {
  const floor = Math.floor(x)
  const rest = x - floor
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1
  return floor % 2 === 0 ? floor : floor + 1
}

/** Where each character stands in `b`, without the popular ones of a long text (SequenceMatcher.__chain_b, autojunk). */
function positions(b: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  b.forEach((character, j) => {
    const at = found.get(character)
    if (at === undefined) found.set(character, [j])
    else at.push(j)
  })
  if (b.length >= 200) {
    const most = Math.floor(b.length / 100) + 1
    for (const [character, at] of found) if (at.length > most) found.delete(character)
  }
  return found
}

const NOWHERE: readonly number[] = []

/** Characters in SequenceMatcher's matching blocks: the longest common run, then the same on both sides of it. */
function matchingCharacters(a: readonly string[], b: readonly string[]): number {
  const where = positions(b)
  // Length of the common run that ends at (i, j), for the last row and this one, shifted by one place.
  let before = new Int32Array(b.length + 1)
  let now = new Int32Array(b.length + 1)

  const within = (aLow: number, aHigh: number, bLow: number, bHigh: number): number => {
    let bestA = aLow
    let bestB = bLow
    let size = 0
    before.fill(0, bLow, bHigh + 1)
    for (let i = aLow; i < aHigh; i++) {
      now.fill(0, bLow, bHigh + 1)
      for (const j of where.get(a[i] ?? '') ?? NOWHERE) {
        if (j < bLow) continue
        if (j >= bHigh) break
        const run = (before[j] ?? 0) + 1
        now[j + 1] = run
        if (run > size) {
          size = run
          bestA = i - run + 1
          bestB = j - run + 1
        }
      }
      ;[before, now] = [now, before]
    }
    // Popular characters start no run, but a run grows over them.
    while (bestA > aLow && bestB > bLow && a[bestA - 1] === b[bestB - 1]) {
      bestA--
      bestB--
      size++
    }
    while (bestA + size < aHigh && bestB + size < bHigh && a[bestA + size] === b[bestB + size]) size++
    if (size === 0) return 0
    const left = bestA > aLow && bestB > bLow ? within(aLow, bestA, bLow, bestB) : 0
    const endA = bestA + size
    const endB = bestB + size
    return left + size + (endA < aHigh && endB < bHigh ? within(endA, aHigh, endB, bHigh) : 0)
  }
  return within(0, a.length, 0, b.length)
}

/** fuzz.ratio: 0 to 100. */
function ratio(a: string, b: string): number {
  if (a === b) return 100
  if (a === '' || b === '') return 0
  const left = Array.from(a)
  const right = Array.from(b)
  return roundHalfEven(100 * ((2 * matchingCharacters(left, right)) / (left.length + right.length)))
}

/**
 * No less than `ratio`, and quick: what the two have of each character, in any order (SequenceMatcher's quick_ratio). Characters
 * beyond ASCII count as if they were all the same one.
 */
function mostRatio(a: string, b: string): number {
  ofA.fill(0)
  const othersOfA = countCharacters(a, ofA)
  ofB.fill(0)
  const othersOfB = countCharacters(b, ofB)
  if (othersOfA === undefined || othersOfB === undefined) return 100
  let common = Math.min(othersOfA, othersOfB)
  for (let code = 0; code < ASCII; code++) common += Math.min(ofA[code] as number, ofB[code] as number)
  return roundHalfEven(100 * ((2 * common) / (a.length + b.length)))
}

const ASCII = 0x80
const ofA = new Uint32Array(ASCII)
const ofB = new Uint32Array(ASCII)

/** @returns how many are none of ASCII; undefined where some take two units */
function countCharacters(text: string, counts: Uint32Array): number | undefined {
  let others = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < ASCII) counts[code] = (counts[code] as number) + 1
    else if (code < 0xd800) others++
    else return undefined
  }
  return others
}

/** What both have in words, and all words of each, as three texts; a number where that is the ratio already. */
function wordSets(a: string, b: string): readonly [both: string, all: string, other: string] | number {
  const left = words(a)
  const right = words(b)
  if (left.length === 0 || right.length === 0) return 0
  const common = left.filter((word) => right.includes(word))
  const onlyLeft = left.filter((word) => !right.includes(word))
  const onlyRight = right.filter((word) => !left.includes(word))
  if (common.length > 0 && (onlyLeft.length === 0 || onlyRight.length === 0)) return 100
  return [common.join(' '), [...common, ...onlyLeft].join(' '), [...common, ...onlyRight].join(' ')]
}

/**
 * fuzz.token_set_ratio: an integer from 0 to 100. 100 when the words of one text are all among the other's; 0 when one
 * of them has no words. Not symmetric.
 */
export function tokenSetRatio(a: string, b: string): number {
  const sets = wordSets(a, b)
  if (typeof sets === 'number') return sets
  const [both, all, other] = sets
  return Math.max(ratio(both, all), ratio(both, other), ratio(all, other))
}

/** Whether `tokenSetRatio` is above `threshold`, which most pairs of texts are seen not to be by counting their characters. */
export function tokenSetRatioExceeds(a: string, b: string, threshold: number): boolean {
  const sets = wordSets(a, b)
  if (typeof sets === 'number') return sets > threshold
  const [both, all, other] = sets
  const exceeds = (a: string, b: string) => mostRatio(a, b) > threshold && ratio(a, b) > threshold
  return exceeds(both, all) || exceeds(both, other) || exceeds(all, other)
}
