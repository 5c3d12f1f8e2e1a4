/** How many of some numbers lie where. */

export interface Bin {
  /** Included. */
  readonly from: number
  /** Not included, but in the last bin. */
  readonly to: number
  readonly count: number
}

/**
 * Bins of one width that people count in (1, 2 or 5 times a power of ten), which begin at a multiple of it, without gaps.
 * @param values any finite numbers @param most of the bins, at least 2
 * @returns none for no values; at most one more than `most`
 */
export function histogram(values: readonly number[], most = 12): Bin[] {
  let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    least = Math.min(least, value)
    largest = Math.max(largest, value)
  }
  if (least > largest) return []
  const size = Math.max(Math.abs(least), Math.abs(largest))
  const width = roundWidth(Math.max((largest - least) / most || size / 10 || 1, size * FINEST, FINEST))
  const first = Math.floor(least / width + SLACK)
  const last = Math.max(first, Math.ceil(largest / width - SLACK) - 1)
  const counts = Array.from({ length: last - first + 1 }, () => 0)
  for (const value of values) {
    const at = Math.min(last, Math.floor(value / width + SLACK)) - first
    counts[at] = (counts[at] ?? 0) + 1
  }
  const edge = (index: number): number => Number(((first + index) * width).toPrecision(12))
  return counts.map((count, i) => ({ from: edge(i), to: edge(i + 1), count }))
}

/** What differs by less is not told apart: edges are said with twelve digits. */
const FINEST = 1e-10

/** Of rounding: 0.3 / 0.1 is less than 3. */
const SLACK = 1e-9

function roundWidth(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width))
  return ([1, 2, 5].find((factor) => factor * power >= width) ?? 10) * power
}
