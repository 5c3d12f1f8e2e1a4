/** AdamW on texts, one text after the other, so that others have their turn in between, and from wherever it was left. */
import type { RandomStream } from '../../core/random.ts'
import type { DescentState, TextEngine } from '../../policies/transformer/text-engine.ts'

/** What one text had to teach; its gradient has been added to the engine's. */
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

/** Longest gradient of a step; a longer one is cut to it. */
export const MOST_NORM = 1

/** Learns from a mini-batch: adds gradients to the engine's, and says of how much; undefined, or W, where it only gives way. */
export type Learn<T, W = never> = (batch: readonly T[]) => Generator<Learnt | W | undefined, void, void>

/**
 * Trains the engine's parameters. Yields undefined, or what is to be waited for, as often as `learn` yields, and a step after each mini-batch.
 * @param random decides the order of the texts
 * @param from where it was left; random and texts must be the same
 */
export function* descendingOnTexts<T, W extends Promise<unknown> = never>(
  engine: TextEngine<W>,
  texts: readonly T[],
  random: RandomStream,
  { epochs, batchSize, decay, rate }: TextDescent,
  learn: Learn<T, W>,
  from?: DescentState,
): Generator<TextStep | W | undefined, void, void> {
  engine.begin(from)
  const steps = epochs * Math.ceil(texts.length / batchSize)
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random.child('epoch', epoch).shuffled(texts)
    for (let at = 0; at < order.length; at += batchSize) {
      if (++step <= (from?.step ?? 0)) continue
      const batch = order.slice(at, at + batchSize)
      const sum = { loss: 0, weight: 0, count: 0, right: 0, tokens: 0 }
      for (const learnt of learn(batch)) {
        if (learnt instanceof Promise) {
          yield learnt
          continue
        }
        sum.loss += learnt?.loss ?? 0
        sum.weight += learnt?.weight ?? 0
        sum.count += learnt?.count ?? 0
        sum.right += learnt?.right ?? 0
        sum.tokens += learnt?.tokens ?? 0
        yield undefined
      }
      const { weight } = sum
      if (weight > 0) engine.step({ rate: rate(step, steps), step, decay, weight, mostNorm: MOST_NORM })
      const loss = sum.loss / Math.max(1, sum.count)
      yield { share: step / steps, step, steps, loss, accuracy: sum.right / batch.length, tokens: sum.tokens }
    }
  }
}
