/**
 * Softmax over a handful of scores. Temperature 0 means greedy: all probability on the first of the highest scores.
 */
import { exp, log } from '../../core/elementary.ts'

/** rows . weights, for `count` rows of `weights.length` each, row by row. */
export function dotRows(rows: Readonly<Float64Array>, weights: Readonly<Float64Array>, count: number): number[] {
  const width = weights.length
  const scores: number[] = []
  for (let row = 0, at = 0; row < count; row++) {
    let sum = 0
    // Indices are inside both arrays.
    for (let k = 0; k < width; k++, at++) sum += (rows[at] as number) * (weights[k] as number)
    scores.push(sum)
  }
  return scores
}

function highest(scores: readonly number[]): number {
  let best = 0
  for (let i = 1; i < scores.length; i++) if ((scores[i] as number) > (scores[best] as number)) best = i
  return best
}

/**
 * Running sums of the probabilities; the last one is 1. Written into `sums` from `at` on: whoever keeps many of them keeps them side
 * by side, since short lists of their own cost the engine more than the numbers in them.
 */
export function cumulate(
  scores: readonly number[],
  temperature: number,
  sums: Float64Array = new Float64Array(scores.length),
  at = 0,
): Float64Array {
  const best = highest(scores)
  if (temperature <= 0) {
    for (let i = 0; i < scores.length; i++) sums[at + i] = i < best ? 0 : 1
    return sums
  }
  const top = scores[best] as number
  let sum = 0
  for (let i = 0; i < scores.length; i++) {
    sum += exp(((scores[i] as number) - top) / temperature)
    sums[at + i] = sum
  }
  for (let i = at; i < at + scores.length; i++) sums[i] = (sums[i] as number) / sum
  return sums
}

/** The index that a uniform draw in [0, 1) falls on, of so many whose running sums begin at `at`. */
export function choose(sums: Readonly<Float64Array>, uniform: number, count = sums.length, at = 0): number {
  let i = 0
  while (i < count - 1 && uniform >= (sums[at + i] as number)) i++
  return i
}

/** log of the probability of one index, in nats. */
export function logShare(scores: readonly number[], index: number, temperature: number): number {
  const best = highest(scores)
  if (temperature <= 0) return index === best ? 0 : Number.NEGATIVE_INFINITY
  const top = scores[best] as number
  let sum = 0
  for (const score of scores) sum += exp((score - top) / temperature)
  return ((scores[index] as number) - top) / temperature - log(sum)
}

/** log of every probability at temperature 1, in nats: the very numbers that `logShare` gives one by one. */
export function logShares(scores: readonly number[]): number[] {
  const top = scores[highest(scores)] as number
  let sum = 0
  for (const score of scores) sum += exp(score - top)
  const partition = log(sum)
  return scores.map((score) => score - top - partition)
}
