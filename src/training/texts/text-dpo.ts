/**
 * Stage 3 of RRO for a language model: DPO (or IPO) on the log-probabilities of its tokens, with the SFT term of IPR where it is
 * asked for. The objective is that of the log-linear policy (../dpo/dpo.ts) without its anchor.
 */
import type { PairLoss } from '../../core/comparison/comparison.ts'
import type { RandomStream } from '../../core/random.ts'
import type { Kernel } from '../../policies/transformer/kernel/kernel.ts'
import type { Utterance } from '../../policies/transformer/transformer-actor.ts'
import type { Preference } from '../dpo/contrasts.ts'
import { dpoAt, ipoAt, type LossAt } from '../objectives/pair-losses.ts'
import { textPolicy, utteranceLogs } from './text-policy.ts'

export interface TextDpoOptions {
  readonly loss: Exclude<PairLoss, 'kto'>
  /** How strongly the reference holds the new policy, > 0. */
  readonly beta: number
  /** Weight of the mean of -log pi over the chosen utterances. */
  readonly sftWeight: number
  readonly learningRate: number
  readonly epochs: number
  /** Preferences in a mini-batch. */
  readonly batchSize: number
}

/** Of a handful that were tried on dev tasks (docs/experiments.md). */
export const TEXT_DPO: TextDpoOptions = {
  ...{ loss: 'dpo', beta: 0.3, sftWeight: 0.1, learningRate: 5e-5, epochs: 2, batchSize: 16 },
}

/** Longest gradient of a step; a longer one is cut to it. */
const MOST_NORM = 1

/** Loss and margin of a batch, means over its preferences. */
export interface TextDpoStep {
  /** Of the whole training, 0 to 1. */
  readonly share: number
  /** In nats. */
  readonly loss: number
  /** Share of preferences whose chosen side the policy has made likelier than the rejected one, by the reference. */
  readonly accuracy: number
}

/**
 * Trains the kernel's parameters, which are the reference to begin with; yields after each step.
 * @param random decides the order of the mini-batches
 */
export function* optimisingTexts(
  kernel: Kernel,
  preferences: readonly Preference<Utterance>[],
  random: RandomStream,
  options: TextDpoOptions = TEXT_DPO,
): Generator<TextDpoStep, void, void> {
  const counted = preferences.filter(({ weight }) => weight > 0)
  const mean = counted.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, counted.length)
  const items = counted.map((preference) => ({
    ...preference,
    weight: preference.weight / mean,
    reference: ratioOf(utteranceLogs(kernel, [...preference.chosen, ...preference.rejected]), preference),
  }))
  kernel.openTraining()
  const steps = options.epochs * Math.ceil(items.length / options.batchSize)
  let step = 0
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const order = random.child('epoch', epoch).shuffled(items)
    for (let from = 0; from < order.length; from += options.batchSize) {
      const batch = order.slice(from, from + options.batchSize)
      const { loss, accuracy } = gather(kernel, batch, options)
      const norm = kernel.gradientNorm() / batch.length
      const share = Math.min(1, MOST_NORM / Math.max(norm, 1e-12)) / batch.length
      kernel.descend({ rate: options.learningRate, share, step: ++step, decay: 0 })
      yield { share: step / steps, loss, accuracy }
    }
  }
}

/** A preference with the log ratio that the reference gives it. */
export type ReferredPreference = Preference<Utterance> & { readonly reference: number }

/** Adds the gradient of the sum of losses over a batch to the kernel's; returns means. */
export function gather(
  kernel: Kernel,
  batch: readonly ReferredPreference[],
  { loss: kind, beta, sftWeight }: Pick<TextDpoOptions, 'loss' | 'beta' | 'sftWeight'>,
): { readonly loss: number; readonly accuracy: number } {
  const policy = textPolicy(kernel)
  const lossAt = kind === 'ipo' ? ipoAt : dpoAt
  const at: LossAt = { loss: 0, pull: 0 }
  let loss = 0
  let right = 0
  for (const preference of batch) {
    const { chosen, rejected, weight, reference } = preference
    policy.pull([...chosen, ...rejected], (logs) => {
      const margin = ratioOf(logs, preference) - reference
      lossAt(beta * margin, beta, at)
      loss += weight * at.loss
      if (margin > 0) right++
      const imitation = (weight * sftWeight) / Math.max(1, chosen.length)
      for (let i = 0; i < chosen.length; i++) loss -= imitation * (logs[i] as number)
      const slope = -weight * beta * at.pull
      return [...chosen.map(() => slope - imitation), ...rejected.map(() => -slope)]
    })
  }
  const size = Math.max(1, batch.length)
  return { loss: loss / size, accuracy: right / size }
}

/** log pi(chosen) - log pi(rejected). */
function ratioOf(logs: readonly number[], { chosen }: Preference<Utterance>): number {
  let ratio = 0
  for (const [i, log] of logs.entries()) ratio += i < chosen.length ? log : -log
  return ratio
}
