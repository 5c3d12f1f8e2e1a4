/**
 * Stage 3 of RRO for a language model: DPO, IPO or KTO on the log-probabilities of its tokens, with the SFT term of IPR where it
 * is asked for. The objectives are those of the log-linear policy (../objectives/pair-objective.ts) without its anchor.
 */
import type { PairLoss } from '../../core/comparison/comparison.ts'
import type { RandomStream } from '../../core/random.ts'
import type { Kernel } from '../../policies/transformer/kernel/kernel.ts'
import type { Utterance } from '../../policies/transformer/transformer-actor.ts'
import { type BatchLoss, type Preference, pairLoss } from '../objectives/pair-objective.ts'
import { type DescentState, descendingOnTexts, each, type Learnt, type TextStep } from './text-descent.ts'
import { type LabelledText, labelledTexts, textKtoLoss, textPairPolicy, textPairs } from './text-pairs.ts'
import { textPolicy, utteranceLogs } from './text-policy.ts'
import { sharedTexts, tokensRead } from './utterance-text.ts'

export interface TextDpoOptions {
  readonly loss: PairLoss
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
 * Trains the kernel's parameters, which are the reference to begin with; yields undefined after each text that was
 * read, and a step after each mini-batch.
 * @param random decides the order of the mini-batches
 * @param from where it was left
 * @throws on a weight that is negative or not finite
 */
export function* optimisingTextsInSlices(
  kernel: Kernel,
  preferences: readonly Preference<Utterance>[],
  random: RandomStream,
  options: TextDpoOptions = TEXT_DPO,
  from?: DescentState,
): Generator<TextStep | undefined, void, void> {
  const { epochs, batchSize, learningRate } = options
  const descent = { epochs, batchSize, decay: 0, rate: () => learningRate }
  const reference = (utterances: readonly Utterance[]) => utteranceLogs(kernel, utterances)
  if (options.loss === 'kto') {
    const items = yield* readied(labelledTexts(preferences, reference))
    const policy = textPolicy(kernel)
    const learn = function* (batch: readonly LabelledText[]): Generator<Learnt | undefined, void, void> {
      yield learnt(batch, yield* textKtoLoss(batch, policy, options))
    }
    yield* descendingOnTexts(kernel, items, random, descent, learn, from)
  } else {
    const items = yield* readied(textPairs(preferences, reference))
    const policy = textPairPolicy(textPolicy(kernel))
    yield* descendingOnTexts(
      kernel,
      items,
      random,
      descent,
      (batch) => each(batch, (pair) => learnt([pair], pairLoss([pair], policy, options, 1))),
      from,
    )
  }
}

/** Gives way after each. */
function* readied<T>(items: Iterable<T>): Generator<undefined, T[], void> {
  const all: T[] = []
  for (const item of items) {
    all.push(item)
    yield undefined
  }
  return all
}

function learnt(batch: readonly { readonly preference: Preference<Utterance> }[], { loss, right }: BatchLoss): Learnt {
  const tokens = batch.reduce((sum, { preference }) => sum + tokensOf(preference), 0)
  return { loss, weight: batch.length, count: batch.length, right, tokens }
}

/** Tokens that the model reads of a preference: what its sides have in common counts once. */
export function tokensOf({ chosen, rejected }: Preference<Utterance>): number {
  return tokensRead([...chosen, ...rejected])
}

/** Tokens that go through the model in `optimisingTexts`. A preference that weighs nothing takes none. */
export function tokensOfTraining(
  preferences: readonly Preference<Utterance>[],
  { loss, epochs }: Pick<TextDpoOptions, 'loss' | 'epochs'>,
): number {
  let tokens = 0
  if (loss === 'kto') {
    const none = (utterances: readonly Utterance[]): number[] => utterances.map(() => 0)
    // A batch has several texts: each is read again for its slopes.
    for (const { utterances } of labelledTexts(preferences, none)) tokens += (1 + 2 * epochs) * tokensRead(utterances)
  } else for (const preference of preferences) if (preference.weight > 0) tokens += priceOf(preference, epochs)
  return tokens
}

/** Of DPO and IPO: once under the reference, and once an epoch; twice where the sides are different texts. */
function priceOf(preference: Preference<Utterance>, epochs: number): number {
  const { texts, tokens } = SIZES.get(preference) ?? sizeOf(preference)
  return (1 + (texts === 1 ? 1 : 2) * epochs) * tokens
}

/** Sizes are asked for over and over while an exploration goes on. */
const SIZES = new WeakMap<Preference<Utterance>, { readonly texts: number; readonly tokens: number }>()

function sizeOf(preference: Preference<Utterance>) {
  const texts = sharedTexts([...preference.chosen, ...preference.rejected])
  const size = { texts: texts.length, tokens: texts.reduce((sum, { text }) => sum + text.tokens.length, 0) }
  SIZES.set(preference, size)
  return size
}
