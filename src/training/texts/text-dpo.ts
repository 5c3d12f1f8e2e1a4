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
import { type DescentState, descendingOnTexts, type Learnt, type TextStep } from './text-descent.ts'
import { textPolicy, utteranceLogs } from './text-policy.ts'
import { byPrefix, sharedText } from './utterance-text.ts'

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

/** Steps of a training, without the slices between them. @see optimisingTextsInSlices */
export function* optimisingTexts(
  ...given: Parameters<typeof optimisingTextsInSlices>
): Generator<TextStep, void, void> {
  for (const step of optimisingTextsInSlices(...given)) if (step !== undefined) yield step
}

/**
 * Trains the kernel's parameters, which are the reference to begin with; yields undefined after each text that was read, and a
 * step after each mini-batch.
 * @param random decides the order of the mini-batches
 * @param from where it was left
 */
export function* optimisingTextsInSlices(
  kernel: Kernel,
  preferences: readonly Preference<Utterance>[],
  random: RandomStream,
  options: TextDpoOptions = TEXT_DPO,
  from?: DescentState,
): Generator<TextStep | undefined, void, void> {
  const counted = preferences.filter(({ weight }) => weight > 0)
  const mean = counted.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, counted.length)
  const items: ReferredPreference[] = []
  for (const preference of counted) {
    const reference = ratioOf(utteranceLogs(kernel, [...preference.chosen, ...preference.rejected]), preference)
    items.push({ ...preference, weight: preference.weight / mean, reference })
    yield undefined
  }
  const { epochs, batchSize, learningRate } = options
  const descent = { epochs, batchSize, decay: 0, rate: () => learningRate }
  yield* descendingOnTexts(kernel, items, random, descent, (item) => prefer(kernel, item, options), from)
}

/** A preference with the log ratio that the reference gives it. */
export type ReferredPreference = Preference<Utterance> & { readonly reference: number }

type PairOptions = Pick<TextDpoOptions, 'loss' | 'beta' | 'sftWeight'>

/** Adds the gradient of a preference's loss to the kernel's. */
export function prefer(
  kernel: Kernel,
  preference: ReferredPreference,
  { loss: kind, beta, sftWeight }: PairOptions,
): Learnt {
  const { chosen, rejected, weight, reference } = preference
  const at: LossAt = { loss: 0, pull: 0 }
  let loss = 0
  let right = 0
  textPolicy(kernel).pull([...chosen, ...rejected], (logs) => {
    const margin = ratioOf(logs, preference) - reference
    if (kind === 'ipo') ipoAt(beta * margin, beta, at)
    else dpoAt(beta * margin, beta, at)
    loss += weight * at.loss
    if (margin > 0) right++
    const imitation = (weight * sftWeight) / Math.max(1, chosen.length)
    for (let i = 0; i < chosen.length; i++) loss -= imitation * (logs[i] as number)
    const slope = -weight * beta * at.pull
    return [...chosen.map(() => slope - imitation), ...rejected.map(() => -slope)]
  })
  return { loss, weight: 1, count: 1, right, tokens: tokensOf(preference) }
}

/** Tokens that the model reads of a preference: what its sides have in common counts once. */
export function tokensOf({ chosen, rejected }: Preference<Utterance>): number {
  return byPrefix([...chosen, ...rejected]).reduce((sum, group) => sum + sharedText(group).text.tokens.length, 0)
}

/** Adds the gradient of the sum of losses over a batch to the kernel's; returns means. */
export function gather(
  kernel: Kernel,
  batch: readonly ReferredPreference[],
  options: PairOptions,
): { readonly loss: number; readonly accuracy: number } {
  const learnt = batch.map((preference) => prefer(kernel, preference, options))
  const mean = (of: (one: Learnt) => number): number =>
    learnt.reduce((sum, one) => sum + of(one), 0) / Math.max(1, batch.length)
  return { loss: mean(({ loss }) => loss), accuracy: mean(({ right = 0 }) => right) }
}

/** log pi(chosen) - log pi(rejected). */
function ratioOf(logs: readonly number[], { chosen }: Preference<Utterance>): number {
  let ratio = 0
  for (const [i, log] of logs.entries()) ratio += i < chosen.length ? log : -log
  return ratio
}
