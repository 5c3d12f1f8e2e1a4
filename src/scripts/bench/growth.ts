/** How a cost grows with how many there are of something: cost = a nᵇ, fitted by least squares on logarithms. */
import { mean } from '../../core/statistics.ts'

export interface Point {
  /** How many there are, above 1. */
  readonly n: number
  /** Above 0. */
  readonly cost: number
}

export interface Growth {
  /** b: 1 where twice as many cost twice as much. Undefined where fewer than two costs could be measured. */
  readonly exponent: number | undefined
  /** The exponent of n log n, fitted to the same n: 1.07 to 1.3 for a hundred to a million. */
  readonly nLogN: number | undefined
  readonly verdict: 'too little to measure' | 'flat' | 'at most n log n' | 'worse than n log n'
}

/** Of an exponent: what noise makes of three decades where it doubles a cost at their end. */
const NOISE = 0.1

/** @param least cost that can be told from noise; points below it do not count */
export function growthOf(points: readonly Point[], least = 0): Growth {
  const told = points.filter(({ cost }) => cost >= least)
  const exponent = slope(told)
  const nLogN = slope(told.map(({ n }) => ({ n, cost: n * Math.log(n) })))
  if (exponent === undefined || nLogN === undefined) return { exponent, nLogN, verdict: 'too little to measure' }
  if (exponent > nLogN + NOISE) return { exponent, nLogN, verdict: 'worse than n log n' }
  return { exponent, nLogN, verdict: exponent < NOISE ? 'flat' : 'at most n log n' }
}

/** Of the line with the least squares through the logarithms. */
function slope(points: readonly Point[]): number | undefined {
  if (new Set(points.map(({ n }) => n)).size < 2) return undefined
  const xs = points.map(({ n }) => Math.log(n))
  const ys = points.map(({ cost }) => Math.log(cost))
  const [x, y] = [mean(xs), mean(ys)]
  const sum = (termOf: (i: number) => number) => points.reduce((sum, _, i) => sum + termOf(i), 0)
  const [dx, dy] = [(i: number) => (xs[i] ?? 0) - x, (i: number) => (ys[i] ?? 0) - y]
  return sum((i) => dx(i) * dy(i)) / sum((i) => dx(i) ** 2)
}
