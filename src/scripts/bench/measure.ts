/** Repetition, medians and how far to trust them, so that one noisy moment decides nothing. */

/** What a row says where it was measured several times. All to three significant digits. */
export interface Measured {
  readonly median: number
  /** The median of more repeats lies from `low` to `high` with at least 95 % (88 % of four repeats, 75 % of three). */
  readonly low: number
  readonly high: number
  readonly repeats: number
}

const CONFIDENCE = 0.95

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The smallest value that at least the share `q` of the values does not exceed. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN
}

/**
 * How many of `n` sorted values to leave out at either end, so that the rest still covers the distribution's median with
 * 95 %: the sign test's interval, which asks nothing of the distribution. 0 where all of them do not, either.
 * @param n from 1 to 1,000
 */
export function leftOut(n: number): number {
  let term = 0.5 ** n
  let below = term
  let left = 0
  while (1 - 2 * below >= CONFIDENCE) {
    left++
    term *= (n - left + 1) / left
    below += term
  }
  return Math.max(0, left - 1)
}

/** @param values at least one */
export function measured(values: readonly number[]): Measured {
  const sorted = values.toSorted((a, b) => a - b)
  const left = leftOut(sorted.length)
  const at = (place: number): number => rounded(sorted[place] ?? Number.NaN)
  return { median: rounded(median(sorted)), low: at(left), high: at(sorted.length - 1 - left), repeats: sorted.length }
}

/** Results of several repetitions, after one that does not count. */
export async function repeated(times: number, once: () => number | Promise<number>): Promise<Measured> {
  await once()
  const results: number[] = []
  for (let i = 0; i < times; i++) results.push(await once())
  return measured(results)
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Three significant digits. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
