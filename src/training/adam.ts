/**
 * Adam (Kingma and Ba, 2015, algorithm 1 with its default moments) on mini-batches in an order drawn anew each epoch, and
 * the mean of the last iterates as the answer (Polyak and Juditsky, 1992): what SFT and DPO share.
 */
import { power } from '../core/elementary.ts'
import type { RandomStream } from '../core/random.ts'

export interface DescentOptions {
  readonly epochs: number
  /** Items in a mini-batch, from 1; the last one of an epoch may be smaller. */
  readonly batchSize: number
  readonly learningRate: number
  /** Share of the iterates, the last ones, whose mean is the answer, 0 to 1; 0 takes the last iterate. */
  readonly averaging: number
}

/** One step of Adam: changes the weights in place. */
export type AdamStep = (weights: Float64Array, gradient: Readonly<Float64Array>) => void

/** @param width number of weights */
export function adam(width: number, learningRate: number): AdamStep {
  const first = new Float64Array(width)
  const second = new Float64Array(width)
  let step = 0
  return (weights, gradient) => {
    step++
    const [seenFirst, seenSecond] = [1 - power(0.9, step), 1 - power(0.999, step)]
    for (let k = 0; k < width; k++) {
      const g = gradient[k] as number
      const m = 0.9 * (first[k] as number) + 0.1 * g
      const s = 0.999 * (second[k] as number) + 0.001 * g * g
      first[k] = m
      second[k] = s
      const size = Math.sqrt(s / seenSecond) + 1e-8
      weights[k] = (weights[k] as number) - (learningRate * m) / seenFirst / size
    }
  }
}

/**
 * Minimises a mean over items, starting from `start`, which stays as it is. Without items these are the weights.
 * @param random its children `epoch, i` and `companions, i` decide the order of the mini-batches
 * @param differentiate writes the gradient at `weights` of the mean over a batch into `gradient`
 * @param companions further terms of the objective: they are walked once an epoch too, in as many batches as the items,
 *   so that a batch comes with its share of them (with at least one, if there are any)
 */
export function descend<T, C = never>(...given: Parameters<typeof descending<T, C>>): Float64Array {
  return drained(descending(...given))
}

/** What a descent in slices comes to, without a pause. */
export function drained(slices: Generator<number, Float64Array, void>): Float64Array {
  for (;;) {
    const { done, value } = slices.next()
    if (done) return value
  }
}

/** `descend` in slices, for a worker that has other things to do: yields the share that is done, from 0 to 1. */
export function* descending<T, C = never>(
  items: readonly T[],
  start: Readonly<Float64Array>,
  random: RandomStream,
  { epochs, batchSize, learningRate, averaging }: DescentOptions,
  differentiate: (
    batch: readonly T[],
    weights: Readonly<Float64Array>,
    gradient: Float64Array,
    companions: readonly C[],
  ) => void,
  companions: readonly C[] = [],
): Generator<number, Float64Array, void> {
  const weights = Float64Array.from(start)
  const gradient = new Float64Array(start.length)
  const sum = new Float64Array(start.length)
  const move = adam(start.length, learningRate)
  let averaged = 0
  for (const { batch, others, step, total } of miniBatches(items, random, { epochs, batchSize }, companions)) {
    differentiate(batch, weights, gradient, others)
    move(weights, gradient)
    if (step > (1 - averaging) * total) {
      averaged++
      for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] as number) + (weights[k] as number)
    }
    yield step / total
  }
  return averaged === 0 ? weights : sum.map((value) => value / averaged)
}

/** What one step of a descent learns from. */
export interface MiniBatch<T, C> {
  readonly batch: readonly T[]
  readonly others: readonly C[]
  /** From 1. */
  readonly step: number
  /** Steps of the whole descent. */
  readonly total: number
}

/**
 * The mini-batches of a descent, whatever it moves.
 * @param random its children `epoch, i` and `companions, i` decide the order
 * @param companions walked once an epoch, in as many batches as the items
 */
export function* miniBatches<T, C = never>(
  items: readonly T[],
  random: RandomStream,
  { epochs, batchSize }: Pick<DescentOptions, 'epochs' | 'batchSize'>,
  companions: readonly C[] = [],
): Generator<MiniBatch<T, C>, void, void> {
  if (!(batchSize >= 1)) throw new Error(`A mini-batch of ${batchSize} items`)
  const total = epochs * Math.ceil(items.length / batchSize)
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random.child('epoch', epoch).shuffled(items)
    const others = random.child('companions', epoch).shuffled(companions)
    const share = others.length / order.length
    for (let at = 0; at < order.length; at += batchSize) {
      const end = Math.min(order.length, at + batchSize)
      const own = others.slice(Math.floor(at * share), Math.ceil(end * share))
      yield { batch: order.slice(at, end), others: own, step: ++step, total }
    }
  }
}
