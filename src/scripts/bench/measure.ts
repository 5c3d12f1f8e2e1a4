/** Repetition and medians, so that one noisy moment decides nothing. */

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The smallest value that at least the share `q` of the values does not exceed. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN
}

/** Median of the results of several repetitions, after one that does not count. */
export async function repeated(times: number, once: () => number | Promise<number>): Promise<number> {
  await once()
  const results: number[] = []
  for (let i = 0; i < times; i++) results.push(await once())
  return median(results)
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
