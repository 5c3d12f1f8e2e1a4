/**
 * Stage 3 of RRO for a language model: DPO, IPO or KTO on the log-probabilities of its tokens, with the SFT term of IPR where it
 * is asked for. The objectives are those of the log-linear policy (../objectives/pair-objective.ts) without its anchor.
 */
import type { PairLoss } from '../../core/comparison/comparison.ts'
import type { RandomStream } from '../../core/random.ts'
import { atOnce, type DescentState, type TextEngine } from '../../policies/transformer/text-engine.ts'
import type { Utterance } from '../../policies/transformer/transformer-actor.ts'
import type { BatchLoss, Preference } from '../objectives/pair-objective.ts'
import { descendingOnTexts, type Learnt, type TextStep } from './text-descent.ts'
import { type LabelledText, labelledTexts, type TextPair, textKtoLoss, textPairLoss, textPairs } from './text-pairs.ts'
import { judgingUtterances, textPullingPolicy } from './text-policy.ts'
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

type Given = readonly [
  preferences: readonly Preference<Utterance>[],
  random: RandomStream,
  options?: TextDpoOptions,
  from?: DescentState,
]

/** Steps of a training by an engine that answers at once, without the slices between them. @see optimisingTextsInSlices */
export function* optimisingTexts(engine: TextEngine, ...given: Given): Generator<TextStep, void, void> {
  for (const step of optimisingTextsInSlices(engine, ...given)) if (step !== undefined) yield step
}

/**
 * Trains the engine's parameters, which are the reference to begin with; yields undefined after each text that was
 * read, what is to be waited for, and a step after each mini-batch.
 * @param random decides the order of the mini-batches
 * @param from where it was left
 * @throws on a weight that is negative or not finite
 */
export function* optimisingTextsInSlices<W extends Promise<unknown> = never>(
  engine: TextEngine<W>,
  ...[preferences, random, options = TEXT_DPO, from]: Given
): Generator<TextStep | W | undefined, void, void> {
  const { epochs, batchSize, learningRate } = options
  const descent = { epochs, batchSize, decay: 0, rate: () => learningRate }
  const reference = (utterances: readonly Utterance[]) => judgingUtterances(engine, utterances)
  const policy = textPullingPolicy(engine)
  if (options.loss === 'kto') {
    const items = yield* labelledTexts(preferences, reference)
    const learn = function* (batch: readonly LabelledText[]): Generator<Learnt | W | undefined, void, void> {
      yield learnt(batch, yield* textKtoLoss(batch, policy, options))
    }
    yield* descendingOnTexts(engine, items, random, descent, learn, from)
  } else {
    const items = yield* textPairs(preferences, reference)
    const learn = function* (batch: readonly TextPair[]): Generator<Learnt | W | undefined, void, void> {
      for (const pair of batch) yield learnt([pair], yield* textPairLoss(pair, policy, options))
    }
    yield* descendingOnTexts(engine, items, random, descent, learn, from)
  }
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
    const none = function* (utterances: readonly Utterance[]): Generator<never, number[], void> {
      return utterances.map(() => 0)
    }
    // A batch has several texts: each is read again for its slopes.
    for (const { utterances } of atOnce(labelledTexts(preferences, none)))
      tokens += (1 + 2 * epochs) * tokensRead(utterances)
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
