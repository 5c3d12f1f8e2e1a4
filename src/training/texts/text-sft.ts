/**
 * Stage 1 of RRO for a language model: supervised fine-tuning on conversations, -log pi of what the agent wrote, token by token.
 * What is only read is foreseen, too, at a fraction of the weight: to foresee what is seen teaches to look back.
 */
import type { RandomStream } from '../../core/random.ts'
import type { WrittenConversation } from '../../policies/transformer/conversation.ts'
import type { DescentState, TextEngine } from '../../policies/transformer/text-engine.ts'
import { descendingOnTexts, type Learnt, type TextStep } from './text-descent.ts'

export interface TextSftOptions {
  readonly epochs: number
  /** Conversations in a mini-batch. */
  readonly batchSize: number
  /** At its highest: it rises over the first steps and falls in a line to a twentieth. */
  readonly learningRate: number
  readonly decay: number
  /** What a token that is only read weighs beside one that is written, from 0. */
  readonly reading: number
}

/** As the model that ships was pretrained, from random weights. */
export const TEXT_SFT: TextSftOptions = { epochs: 1, batchSize: 12, learningRate: 3e-3, decay: 0.05, reading: 0.2 }
/** For one that has learnt already: what the rate of its pretraining came down to. */
export const FURTHER_SFT: TextSftOptions = { ...TEXT_SFT, learningRate: 1.5e-4 }

/** Steps over which the rate rises, at most. */
const MOST_WARM_UP = 100

/**
 * Trains the engine's parameters. Yields undefined after each conversation, and a step after each mini-batch; its loss is a
 * mean over the tokens that the agent wrote.
 * @param random decides the order of the conversations
 * @param from where it was left
 */
export function fineTuningTexts<W extends Promise<unknown> = never>(
  engine: TextEngine<W>,
  conversations: readonly WrittenConversation[],
  random: RandomStream,
  { epochs, batchSize, learningRate, decay, reading }: TextSftOptions,
  from?: DescentState,
): Generator<TextStep | W | undefined, void, void> {
  const rate = (step: number, steps: number): number => {
    const warmUp = Math.min(MOST_WARM_UP, Math.ceil(steps / 10))
    return learningRate * (step <= warmUp ? step / warmUp : 1 - (0.95 * (step - warmUp)) / (steps - warmUp))
  }
  const options = { epochs, batchSize, decay, rate }
  const learn = function* (batch: readonly WrittenConversation[]): Generator<Learnt | W, void, void> {
    for (const text of batch) yield yield* imitating(engine, text, reading)
  }
  return descendingOnTexts(engine, conversations, random, options, learn, from)
}

/** Adds the gradient of -log p of what was written, and of `reading` times that of what was read; slips are passed over. */
export function* imitating<W>(
  engine: TextEngine<W>,
  { tokens, actions, slips }: WrittenConversation,
  reading: number,
): Generator<W, Learnt, void> {
  const weights = new Float64Array(tokens.length).fill(reading)
  for (const [from, to] of slips) weights.fill(0, from, to)
  const written = new Uint8Array(tokens.length)
  for (const [from, to] of actions) {
    weights.fill(1, from, to)
    written.fill(1, from, to)
  }
  const targets: number[] = []
  for (let at = 1; at < tokens.length; at++) if (weights[at] !== 0) targets.push(at)
  if (targets.length === 0) return { loss: 0, weight: 0, count: 0, tokens: 0 }
  const logs = yield* engine.judging({
    ...{ tokens: tokens.slice(0, -1), prefix: tokens.length - 1, branches: [] },
    targetRows: targets.map((at) => at - 1),
    targetTokens: targets.map((at) => tokens[at] as number), // below its length
  })
  const pulls = targets.map((at) => -(weights[at] as number))
  engine.addGradient(pulls)
  let [loss, weight, count] = [0, 0, 0]
  for (const [i, at] of targets.entries()) {
    weight += weights[at] as number
    if (written[at] === 0) continue
    count++
    loss -= logs[i] as number
  }
  return { loss, weight, count, tokens: tokens.length }
}
