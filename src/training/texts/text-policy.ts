/** A language model as objectives see it: log-probabilities of what it may say, and a place for their slopes. */
import { atOnce, type TextEngine } from '../../policies/transformer/text-engine.ts'
import type { Utterance } from '../../policies/transformer/transformer-actor.ts'
import type { Differentiable } from '../objectives/differentiable.ts'
import { type SharedText, sharedTexts } from './utterance-text.ts'

/** log pi of each utterance in nats: the sum over its tokens, the end included. */
export function utteranceLogs(engine: TextEngine, utterances: readonly Utterance[]): number[] {
  return atOnce(judgingUtterances(engine, utterances))
}

/** The same, by an engine for which one may have to wait. */
export function* judgingUtterances<W>(
  engine: TextEngine<W>,
  utterances: readonly Utterance[],
): Generator<W, number[], void> {
  const found = new Array<number>(utterances.length)
  for (const shared of sharedTexts(utterances)) yield* judge(engine, shared, found)
  return found
}

/** A language model as objectives see it, at once or text by text. */
export interface TextPolicy<W = never> {
  /** `Differentiable.pull`, giving way after each text that was read. */
  pulling(...given: Parameters<Differentiable<Utterance>['pull']>): Generator<W | undefined, void, void>
}

/**
 * The model whose parameters the engine has; slopes go into its gradient, which must be open. Utterances of one
 * conversation are read once; those of several are read a second time, since the slopes need all of them first.
 */
export function textPullingPolicy<W>(engine: TextEngine<W>): TextPolicy<W> {
  return {
    *pulling(utterances, slopesAt) {
      if (utterances.length === 0) return void slopesAt([])
      const texts = sharedTexts(utterances)
      const logs = new Array<number>(utterances.length)
      if (texts.length > 1)
        for (const shared of texts) {
          yield* judge(engine, shared, logs)
          yield undefined
        }
      let slopes = texts.length > 1 ? slopesAt(logs.slice()) : undefined
      for (const shared of texts) {
        const slopesOf = slopes
        // Nobody asks again for what does not pull.
        if (slopesOf !== undefined && shared.indices.every((index) => slopesOf[index] === 0)) continue
        yield* judge(engine, shared, logs)
        slopes ??= slopesAt(logs)
        const { indices, lengths } = shared
        const ofAll = slopes
        const pulls = lengths.flatMap((length, i) =>
          new Array<number>(length).fill(ofAll[indices[i] as number] as number),
        )
        if (pulls.some((pull) => pull !== 0)) engine.addGradient(pulls)
        yield undefined
      }
    },
  }
}

/** Of an engine that answers at once. */
export function textPolicy(engine: TextEngine): TextPolicy & Differentiable<Utterance> {
  const { pulling } = textPullingPolicy(engine)
  return { pulling, pull: (...given) => atOnce(pulling(...given)) }
}

/** Judges a text; writes log pi of each of its utterances where that utterance stands. */
function* judge<W>(
  engine: TextEngine<W>,
  { text, indices, lengths }: SharedText,
  into: number[],
): Generator<W, void, void> {
  const logs = yield* engine.judging(text)
  let at = 0
  for (const [i, length] of lengths.entries()) {
    let sum = 0
    for (let n = 0; n < length; n++) sum += logs[at++] as number // as many as targets
    into[indices[i] as number] = sum
  }
}
