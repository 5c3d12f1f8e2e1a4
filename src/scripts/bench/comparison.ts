/**
 * A run of the benchmarks beside a stored one: for every number that both have, the ratio, and how far noise alone may have
 * moved it. It informs: nothing fails of it.
 */
import { failure, type Result, success } from '../../core/failure.ts'
import type { Measured } from './measure.ts'

/** Numbers by their place: `engine.rollouts.stepsPerSecond`. What was measured once has no bounds. */
export type Numbers = ReadonlyMap<string, number | Measured>

export interface Ratio {
  readonly name: string
  readonly stored: number
  readonly now: number
  /** now / stored */
  readonly ratio: number
  /** What the ratio may be by the noise within the two runs; undefined where either has no repeats. */
  readonly bounds: readonly [low: number, high: number] | undefined
}

/** Deeper than any row. */
const DEEPEST = 8

/** The numbers above zero in a result of the benchmarks; whatever else stands there is left out. */
export function numbersOf(results: unknown): Numbers {
  const numbers = new Map<string, number | Measured>()
  const walk = (value: unknown, path: readonly string[]): void => {
    if (isAmount(value)) numbers.set(path.join('.'), value)
    if (typeof value !== 'object' || value === null || Array.isArray(value) || path.length === DEEPEST) return
    if (!('repeats' in value)) for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name])
    else if (isMeasured(value)) numbers.set(path.join('.'), value)
  }
  walk(results, [])
  return numbers
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0
}

function isMeasured(value: object): value is Measured {
  const { median, low, high, repeats } = value as Partial<Measured>
  if (!(isAmount(median) && isAmount(low) && isAmount(high) && isAmount(repeats))) return false
  return low <= median && median <= high
}

/** @param text of a file that `--save` is said to have written */
export function readStored(text: string): Result<Numbers> {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return failure('bench-file', 'The stored run is no JSON: give a file that --save wrote.')
  }
  const numbers = numbersOf(content)
  if (numbers.size > 0) return success(numbers)
  return failure('bench-file', 'There are no numbers in the stored run: give a file that --save wrote.')
}

/** In the order of `now`; what the stored run does not have is left out. */
export function ratiosOf(now: Numbers, stored: Numbers): readonly Ratio[] {
  return [...now].flatMap(([name, newer]) => {
    const older = stored.get(name)
    return older === undefined ? [] : [ratioOf(name, newer, older)]
  })
}

function ratioOf(name: string, newer: number | Measured, older: number | Measured): Ratio {
  if (typeof newer === 'number' || typeof older === 'number') {
    const [now, stored] = [amountOf(newer), amountOf(older)]
    return { name, stored, now, ratio: now / stored, bounds: undefined }
  }
  const [now, stored] = [newer.median, older.median]
  return { name, stored, now, ratio: now / stored, bounds: [newer.low / older.high, newer.high / older.low] }
}

function amountOf(number: number | Measured): number {
  return typeof number === 'number' ? number : number.median
}

/** `engine.fold.of100kEventsMs: 12.3 stored, 11.1 now, 0.902 times (0.850 to 0.970), changed` */
export function lineOf({ name, stored, now, ratio, bounds }: Ratio): string {
  const beginning = `${name}: ${stored} stored, ${now} now, ${ratio.toFixed(3)} times`
  if (bounds === undefined) return `${beginning}, measured once`
  const [low, high] = bounds
  const verdict = low <= 1 && high >= 1 ? 'within noise' : 'changed'
  return `${beginning} (${low.toFixed(3)} to ${high.toFixed(3)}), ${verdict}`
}
