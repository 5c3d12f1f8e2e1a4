/**
 * The law of the mean of m independent outcomes, exactly. Outcome rewards are fractions with small denominators, so sums
 * of them lie on a lattice, and convolving is a loop over an array; a law on no such lattice is answered with undefined.
 */
import { roundReward } from '../exploration/process-reward.ts'

/** A value and its probability. */
export interface Mass {
  readonly value: number
  /** In [0, 1]; those of a law add up to 1. */
  readonly probability: number
}

/** A discrete law: at least one value, each once. */
export type Law = readonly Mass[]

/** Lattice points that a single outcome may span; beyond, a convolution would take too long. */
const MOST_SPAN = 400
const MOST_DENOMINATOR = 1000
const TOLERANCE = 1e-7

export function lawMean(law: Law): number {
  return roundReward(law.reduce((sum, { value, probability }) => sum + value * probability, 0))
}

/** The law that draws one of these outcomes, each with equal probability. @throws RangeError on an empty list */
export function lawOf(outcomes: readonly number[]): Law {
  if (outcomes.length === 0) throw new RangeError('a law needs at least one outcome')
  const counts = new Map<number, number>()
  for (const outcome of outcomes) {
    const value = roundReward(outcome)
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts]
    .toSorted(([a], [b]) => a - b)
    .map(([value, count]) => ({ value, probability: count / outcomes.length }))
}

interface Lattice {
  readonly base: number
  readonly step: number
  /** For each mass of the law: value = base + step * index. */
  readonly indices: readonly number[]
  readonly span: number
}

function latticeOf(law: Law): Lattice | undefined {
  const base = Math.min(...law.map(({ value }) => value))
  const offsets = law.map(({ value }) => value - base)
  for (let denominator = 1; denominator <= MOST_DENOMINATOR; denominator++) {
    if (!offsets.every((offset) => Math.abs(offset * denominator - Math.round(offset * denominator)) < TOLERANCE))
      continue
    const whole = offsets.map((offset) => Math.round(offset * denominator))
    const common = whole.reduce(greatestCommonDivisor, 0) || 1
    const indices = whole.map((offset) => offset / common)
    const span = Math.max(...indices)
    return span > MOST_SPAN ? undefined : { base, step: common / denominator, indices, span }
  }
  return undefined
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/**
 * The laws of the mean of 1, 2, ..., `most` outcomes, in this order. Values are rounded as process rewards are.
 * @returns undefined where the values lie on no lattice that is small enough
 */
export function meanLaws(law: Law, most: number): readonly Law[] | undefined {
  const lattice = latticeOf(law)
  if (lattice === undefined) return undefined
  const { base, step, indices, span } = lattice
  const laws: Law[] = []
  let sums = Float64Array.of(1)
  for (let m = 1; m <= most; m++) {
    const next = new Float64Array(m * span + 1)
    for (const [i, { probability }] of law.entries()) {
      const shift = indices[i] as number // one for each mass
      for (let at = 0; at < sums.length; at++)
        next[at + shift] = (next[at + shift] as number) + (sums[at] as number) * probability // inside: at <= (m - 1) span
    }
    sums = next
    const masses: Mass[] = []
    for (const [index, probability] of sums.entries())
      if (probability > 0) masses.push({ value: roundReward(base + (step * index) / m), probability })
    laws.push(masses)
  }
  return laws
}
