/**
 * The features of a state's actions without their zeros. Few features speak of any one action (one in ten of either
 * environment), and training looks at the same states over and over. Sums run in the order of the dense ones: the results
 * are the same to the last digit.
 */
import { exp, log } from '../core/elementary.ts'
import type { Decision } from '../policies/linear/decision.ts'

export interface SparseRows {
  /** Number of actions. */
  readonly count: number
  /** Row r is from `starts[r]` to `starts[r + 1]`. */
  readonly starts: Readonly<Uint32Array>
  readonly columns: Readonly<Uint16Array>
  readonly values: Readonly<Float64Array>
}

/** @returns makes rows sparse, each array of them once */
export function createThinner(width: number): (state: Pick<Decision, 'rows' | 'count'>) => SparseRows {
  const known = new WeakMap<Readonly<Float64Array>, SparseRows>()
  return ({ rows, count }) => {
    let made = known.get(rows)
    if (made === undefined) {
      made = sparseOf(rows, count, width)
      known.set(rows, made)
    }
    return made
  }
}

function sparseOf(rows: Readonly<Float64Array>, count: number, width: number): SparseRows {
  const starts = new Uint32Array(count + 1)
  const columns: number[] = []
  const values: number[] = []
  for (let row = 0, at = 0; row < count; row++) {
    for (let k = 0; k < width; k++, at++) {
      if (rows[at] === 0) continue
      columns.push(k)
      values.push(rows[at] as number) // at is inside
    }
    starts[row + 1] = columns.length
  }
  return { count, starts, columns: Uint16Array.from(columns), values: Float64Array.from(values) }
}

/** The score of every action. */
export function dotSparse({ count, starts, columns, values }: SparseRows, weights: Readonly<Float64Array>): number[] {
  const scores: number[] = []
  for (let row = 0, at = 0; row < count; row++) {
    let sum = 0
    for (const end = starts[row + 1] as number; at < end; at++)
      sum += (values[at] as number) * (weights[columns[at] as number] as number)
    scores.push(sum)
  }
  return scores
}

/** Adds `factor` times the features of one action. */
export function addRow({ starts, columns, values }: SparseRows, row: number, factor: number, into: Float64Array): void {
  const end = starts[row + 1] as number
  for (let at = starts[row] as number; at < end; at++) {
    const column = columns[at] as number
    into[column] = (into[column] as number) + factor * (values[at] as number)
  }
}

export interface Softmax {
  readonly scores: readonly number[]
  /** log of the sum of exp(score), in nats. */
  readonly logPartition: number
  readonly probabilities: readonly number[]
}

export function softmaxOf(rows: SparseRows, weights: Readonly<Float64Array>): Softmax {
  const scores = dotSparse(rows, weights)
  let top = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > top) top = score
  const probabilities: number[] = []
  let sum = 0
  for (const score of scores) {
    const share = exp(score - top)
    probabilities.push(share)
    sum += share
  }
  for (let row = 0; row < probabilities.length; row++) probabilities[row] = (probabilities[row] as number) / sum
  return { scores, logPartition: top + log(sum), probabilities }
}
