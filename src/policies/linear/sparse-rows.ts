/**
 * The features of a state's actions without their zeros. Few features speak of any one action (one in ten of either
 * environment), and training looks at the same states over and over. Sums run in the order of the dense ones: the results
 * are the same to the last digit.
 */
import { exp, log } from '../../core/elementary.ts'
import type { Decision } from './decision.ts'

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

/** @param rows features of every action, row by row; what comes after `count` rows is not looked at */
export function sparseOf(rows: Readonly<Float64Array>, count: number, width: number): SparseRows {
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

function scoreRows(
  { count, starts, columns, values }: SparseRows,
  weights: Readonly<Float64Array>,
  into: Float64Array,
): Float64Array {
  for (let row = 0, at = 0; row < count; row++) {
    let sum = 0
    for (const end = starts[row + 1] as number; at < end; at++)
      sum += (values[at] as number) * (weights[columns[at] as number] as number)
    into[row] = sum
  }
  return into
}

/** Adds `factor` times the features of one action. */
export function addRow({ starts, columns, values }: SparseRows, row: number, factor: number, into: Float64Array): void {
  const end = starts[row + 1] as number
  for (let at = starts[row] as number; at < end; at++) {
    const column = columns[at] as number
    into[column] = (into[column] as number) + factor * (values[at] as number)
  }
}

/** What a policy does in a state. Its arrays are as long as the state has actions. */
export interface Softmax {
  readonly scores: Float64Array
  readonly probabilities: Float64Array
  /** log of the sum of exp(score), in nats. */
  logPartition: number
}

/** Room for `softmaxOf`, which training fills again and again. */
export function emptySoftmax({ count }: SparseRows): Softmax {
  return { scores: new Float64Array(count), probabilities: new Float64Array(count), logPartition: 0 }
}

/** @param into is overwritten and returned */
export function softmaxOf(rows: SparseRows, weights: Readonly<Float64Array>, into = emptySoftmax(rows)): Softmax {
  const { count } = rows
  const { scores, probabilities } = into
  scoreRows(rows, weights, scores)
  let top = Number.NEGATIVE_INFINITY
  for (let row = 0; row < count; row++) if ((scores[row] as number) > top) top = scores[row] as number
  let sum = 0
  for (let row = 0; row < count; row++) {
    const share = exp((scores[row] as number) - top)
    probabilities[row] = share
    sum += share
  }
  for (let row = 0; row < count; row++) probabilities[row] = (probabilities[row] as number) / sum
  into.logPartition = top + log(sum)
  return into
}
