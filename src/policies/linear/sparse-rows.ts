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
  /** Row r is from `starts[first + r]` to `starts[first + r + 1]`. The arrays hold other states, too. */
  readonly first: number
  readonly starts: Readonly<Uint32Array>
  readonly columns: Readonly<Uint16Array>
  readonly values: Readonly<Float64Array>
}

/** Makes a state's rows sparse, each array of them once. */
export type Thinner = (state: Pick<Decision, 'rows' | 'count'>) => SparseRows

export function createThinner(width: number): Thinner {
  const known = new WeakMap<Readonly<Float64Array>, SparseRows>()
  const pack = createPacker(width)
  return ({ rows, count }) => {
    let made = known.get(rows)
    if (made === undefined) {
      made = pack(rows, count)
      known.set(rows, made)
    }
    return made
  }
}

/** Numbers in a block of a packer, unless a state has more. */
const BLOCK = 4096

/**
 * Makes rows sparse, one state after the other, and lays them side by side in blocks: whoever walks many states in the
 * order they were packed in finds them in few places of the memory.
 * @returns takes the features of every action, row by row; what comes after `count` rows is not looked at
 */
export function createPacker(width: number): (rows: Readonly<Float64Array>, count: number) => SparseRows {
  let starts = new Uint32Array(0)
  let columns = new Uint16Array(0)
  let values = new Float64Array(0)
  let states = 0
  let numbers = 0
  return (rows, count) => {
    const size = count * width
    if (states + count + 1 > starts.length || numbers + size > values.length) {
      starts = new Uint32Array(Math.max(BLOCK, count + 1))
      columns = new Uint16Array(Math.max(BLOCK, size))
      values = new Float64Array(Math.max(BLOCK, size))
      states = numbers = 0
    }
    const first = states
    starts[states++] = numbers
    for (let row = 0, at = 0; row < count; row++) {
      for (let k = 0; k < width; k++, at++) {
        const value = rows[at] as number // at is inside
        if (value === 0) continue
        columns[numbers] = k
        values[numbers++] = value
      }
      starts[states++] = numbers
    }
    return { count, first, starts, columns, values }
  }
}

/** The score of every action. */
export function dotSparse(rows: SparseRows, weights: Readonly<Float64Array>): number[] {
  const scores: number[] = []
  for (let row = 0; row < rows.count; row++) scores.push(dotRow(rows, row, weights))
  return scores
}

/** The score of one action. */
export function dotRow(
  { first, starts, columns, values }: SparseRows,
  row: number,
  weights: Readonly<Float64Array>,
): number {
  let score = 0
  const end = starts[first + row + 1] as number
  for (let at = starts[first + row] as number; at < end; at++)
    score += (values[at] as number) * (weights[columns[at] as number] as number)
  return score
}

/** Adds `factor` times the features of one action. */
export function addRow(
  { first, starts, columns, values }: SparseRows,
  row: number,
  factor: number,
  into: Float64Array,
): void {
  const end = starts[first + row + 1] as number
  for (let at = starts[first + row] as number; at < end; at++) {
    const column = columns[at] as number
    into[column] = (into[column] as number) + factor * (values[at] as number)
  }
}

/** What a policy does in a state. */
export interface Softmax {
  /** Of every action; there may be more room than actions. */
  readonly scores: Float64Array
  readonly probabilities: Float64Array
  /** log of the sum of exp(score), in nats. */
  logPartition: number
}

/** Room for `softmaxOf` in any state of so many actions or fewer, which training fills again and again. */
export function emptySoftmax(count: number): Softmax {
  return { scores: new Float64Array(count), probabilities: new Float64Array(count), logPartition: 0 }
}

/** @param into is overwritten and returned */
export function softmaxOf(
  { count, first, starts, columns, values }: SparseRows,
  weights: Readonly<Float64Array>,
  into: Softmax = emptySoftmax(count),
): Softmax {
  const { scores, probabilities } = into
  let top = Number.NEGATIVE_INFINITY
  for (let row = 0, at = starts[first] as number; row < count; row++) {
    let score = 0
    for (const end = starts[first + row + 1] as number; at < end; at++)
      score += (values[at] as number) * (weights[columns[at] as number] as number)
    scores[row] = score
    if (score > top) top = score
  }
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
