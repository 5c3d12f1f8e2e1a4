/** AdamW on texts, one text after the other, so that others have their turn in between, and from wherever it was left. */
import type { RandomStream } from '../../core/random.ts'
import type { Descent, Kernel } from '../../policies/transformer/kernel/kernel.ts'

/** What one text had to teach; its gradient has been added to the kernel's. */
export interface Learnt {
  /** In nats: the sum over what counts. */
  readonly loss: number
  /** What the gradient is divided by, summed over a batch. */
  readonly weight: number
  /** What the loss is divided by. */
  readonly count: number
  /** 1 where the policy has it right. */
  readonly right?: number
  /** That were read. */
  readonly tokens: number
}

export interface TextDescent {
  readonly epochs: number
  /** Texts in a mini-batch. */
  readonly batchSize: number
  readonly decay: number
  /** @param step from 1 to `steps` */
  rate(step: number, steps: number): number
}

/** A step that is done; means over its mini-batch. */
export interface TextStep {
  /** Of the whole training, 0 to 1. */
  readonly share: number
  /** From 1. */
  readonly step: number
  readonly steps: number
  readonly loss: number
  readonly accuracy: number
  /** Of this step. */
  readonly tokens: number
}

/** All that a descent needs to go on after some steps as if it had never been left. */
export interface DescentState {
  readonly step: number
  readonly parameters: Float32Array
  /** Of Adam: means, and means of squares. */
  readonly moments: readonly [Float32Array, Float32Array]
}

/** Longest gradient of a step; a longer one is cut to it. */
const MOST_NORM = 1

/** Copies; at the end of a step. */
export function descentState(kernel: Kernel, step: number): DescentState {
  const [mean, square] = kernel.moments
  const moments = [mean.slice(), square.slice()] as const
  return { step, parameters: kernel.parameters.slice(), moments }
}

/** One step of AdamW against a gradient that is a sum over so much; of the mean, what is longer than it may be is cut. */
export function cutStep(kernel: Kernel, weight: number, descent: Omit<Descent, 'share'>): void {
  const norm = kernel.gradientNorm() / weight
  kernel.descend({ ...descent, share: Math.min(1, MOST_NORM / Math.max(norm, 1e-12)) / weight })
}

/** Learns from a mini-batch: adds gradients to the kernel's, and says of how much; undefined where it only gives way. */
export type Learn<T> = (batch: readonly T[]) => Iterable<Learnt | undefined>

/** Learns from one text after the other. */
export function* each<T>(batch: readonly T[], learn: (text: T) => Learnt): Generator<Learnt, void, void> {
  for (const text of batch) yield learn(text)
}

/**
 * Trains the kernel's parameters. Yields undefined as often as `learn` yields, and a step after each mini-batch.
 * @param random decides the order of the texts
 * @param from where it was left; random and texts must be the same
 */
export function* descendingOnTexts<T>(
  kernel: Kernel,
  texts: readonly T[],
  random: RandomStream,
  { epochs, batchSize, decay, rate }: TextDescent,
  learn: Learn<T>,
  from?: DescentState,
): Generator<TextStep | undefined, void, void> {
  kernel.openTraining()
  kernel.gradient.fill(0)
  const moments = kernel.moments
  for (const [i, moment] of moments.entries()) moment.set(from?.moments[i] ?? new Float32Array(moment.length))
  if (from !== undefined) kernel.parameters.set(from.parameters)
  const steps = epochs * Math.ceil(texts.length / batchSize)
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random.child('epoch', epoch).shuffled(texts)
    for (let at = 0; at < order.length; at += batchSize) {
      if (++step <= (from?.step ?? 0)) continue
      const batch = order.slice(at, at + batchSize)
      const sum = { loss: 0, weight: 0, count: 0, right: 0, tokens: 0 }
      for (const learnt of learn(batch)) {
        sum.loss += learnt?.loss ?? 0
        sum.weight += learnt?.weight ?? 0
        sum.count += learnt?.count ?? 0
        sum.right += learnt?.right ?? 0
        sum.tokens += learnt?.tokens ?? 0
        yield undefined
      }
      if (sum.weight > 0) cutStep(kernel, sum.weight, { rate: rate(step, steps), step, decay })
      const loss = sum.loss / Math.max(1, sum.count)
      yield { share: step / steps, step, steps, loss, accuracy: sum.right / batch.length, tokens: sum.tokens }
    }
  }
}
