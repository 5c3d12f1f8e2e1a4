/**
 * Softmax over a handful of scores. Matrices are row-major Float64Arrays, one row an action. Temperature 0 means greedy:
 * all probability on the first of the highest scores.
 */

/** rows . weights, for `count` rows of `weights.length` each. */
export function dotRows(rows: Readonly<Float64Array>, weights: Readonly<Float64Array>, count: number): Float64Array {
  const width = weights.length
  const scores = new Float64Array(count)
  for (let row = 0, at = 0; row < count; row++) {
    let sum = 0
    // Indices are inside both arrays.
    for (let k = 0; k < width; k++, at++) sum += (rows[at] as number) * (weights[k] as number)
    scores[row] = sum
  }
  return scores
}

function highest(scores: Readonly<Float64Array>): number {
  let best = 0
  for (let i = 1; i < scores.length; i++) if ((scores[i] as number) > (scores[best] as number)) best = i
  return best
}

/** Running sums of the probabilities; the last one is 1. */
export function cumulate(scores: Readonly<Float64Array>, temperature: number): Float64Array {
  const sums = new Float64Array(scores.length)
  const best = highest(scores)
  if (temperature <= 0) return sums.fill(1, best)
  const top = scores[best] as number
  let sum = 0
  for (let i = 0; i < scores.length; i++) {
    sum += Math.exp(((scores[i] as number) - top) / temperature)
    sums[i] = sum
  }
  for (let i = 0; i < scores.length; i++) sums[i] = (sums[i] as number) / sum
  return sums
}

/** The index that a uniform draw in [0, 1) falls on. */
export function choose(cumulative: Readonly<Float64Array>, uniform: number): number {
  const last = cumulative.length - 1
  let i = 0
  while (i < last && uniform >= (cumulative[i] as number)) i++
  return i
}

/** log of the probability of one index, in nats. */
export function logShare(scores: Readonly<Float64Array>, index: number, temperature: number): number {
  const best = highest(scores)
  if (temperature <= 0) return index === best ? 0 : Number.NEGATIVE_INFINITY
  const top = scores[best] as number
  let sum = 0
  for (let i = 0; i < scores.length; i++) sum += Math.exp(((scores[i] as number) - top) / temperature)
  return ((scores[index] as number) - top) / temperature - Math.log(sum)
}
