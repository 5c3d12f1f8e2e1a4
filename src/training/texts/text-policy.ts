/** A language model as objectives see it: log-probabilities of what it may say, and a place for their slopes. */
import type { Kernel } from '../../policies/transformer/kernel/kernel.ts'
import type { Utterance } from '../../policies/transformer/transformer-actor.ts'
import type { Differentiable } from '../objectives/differentiable.ts'
import { type SharedText, sharedTexts } from './utterance-text.ts'

/** log pi of each utterance in nats: the sum over its tokens, the end included. */
export function utteranceLogs(kernel: Kernel, utterances: readonly Utterance[]): number[] {
  const found = new Array<number>(utterances.length)
  for (const shared of sharedTexts(utterances)) read(kernel, shared, found)
  return found
}

/** A language model as objectives see it, at once or text by text. */
export interface TextPolicy extends Differentiable<Utterance> {
  /** `pull`, giving way after each text that was read. */
  pulling(...given: Parameters<Differentiable<Utterance>['pull']>): Generator<undefined, void, void>
}

/**
 * The model whose parameters the kernel has; slopes go into the kernel's gradient, which must be open. Utterances of one
 * conversation are read once; those of several are read a second time, since the slopes need all of them first.
 */
export function textPolicy(kernel: Kernel): TextPolicy {
  const pulling: TextPolicy['pulling'] = function* (utterances, slopesAt) {
    if (utterances.length === 0) return void slopesAt([])
    const texts = sharedTexts(utterances)
    const logs = new Array<number>(utterances.length)
    if (texts.length > 1)
      for (const shared of texts) {
        read(kernel, shared, logs)
        yield undefined
      }
    let slopes = texts.length > 1 ? slopesAt(logs.slice()) : undefined
    for (const shared of texts) {
      const slopesOf = slopes
      // Nobody asks again for what does not pull.
      if (slopesOf !== undefined && shared.indices.every((index) => slopesOf[index] === 0)) continue
      read(kernel, shared, logs)
      slopes ??= slopesAt(logs)
      const { indices, lengths } = shared
      const ofAll = slopes
      const pulls = lengths.flatMap((length, i) =>
        new Array<number>(length).fill(ofAll[indices[i] as number] as number),
      )
      if (pulls.some((pull) => pull !== 0)) kernel.addGradient(pulls)
      yield undefined
    }
  }
  return {
    pulling,
    pull(...given) {
      for (const _ of pulling(...given));
    },
  }
}

/** Judges a text; writes log pi of each of its utterances where that utterance stands. */
function read(kernel: Kernel, { text, indices, lengths }: SharedText, into: number[]): void {
  const logs = kernel.logProbabilities(text)
  let at = 0
  for (const [i, length] of lengths.entries()) {
    let sum = 0
    for (let n = 0; n < length; n++) sum += logs[at++] as number // as many as targets
    into[indices[i] as number] = sum
  }
}
