/** A language model as objectives see it: log-probabilities of what it may say, and a place for their slopes. */
import type { Kernel } from '../../policies/transformer/kernel/kernel.ts'
import type { Utterance } from '../../policies/transformer/transformer-actor.ts'
import type { Differentiable } from '../objectives/differentiable.ts'
import { byPrefix, sharedText } from './utterance-text.ts'

/** log pi of each utterance in nats: the sum over its tokens, the end included. */
export function utteranceLogs(kernel: Kernel, utterances: readonly Utterance[]): number[] {
  const found = new Map<Utterance, number>()
  for (const group of byPrefix(utterances)) {
    const { text, lengths } = sharedText(group)
    const logs = kernel.logProbabilities(text)
    let at = 0
    for (const [i, length] of lengths.entries()) {
      let sum = 0
      for (let n = 0; n < length; n++) sum += logs[at++] as number // as many as targets
      found.set(group[i] as Utterance, sum)
    }
  }
  return utterances.map((utterance) => found.get(utterance) as number) // every one is in a group
}

/**
 * The model whose parameters the kernel has; slopes go into the kernel's gradient, which must be open. Utterances of one prefix
 * are read once; those of several are read a second time, since the slopes need all of them first.
 */
export function textPolicy(kernel: Kernel): Differentiable<Utterance> {
  return {
    pull(utterances, slopesAt) {
      if (utterances.length === 0) return void slopesAt([])
      const groups = byPrefix(utterances)
      const known = groups.length === 1 ? undefined : utteranceLogs(kernel, utterances)
      let slopes = known && slopesAt(known)
      for (const group of groups) {
        const { text, lengths } = sharedText(group)
        const logs = kernel.logProbabilities(text)
        slopes ??= slopesAt(sums(logs, lengths))
        const ofAll = slopes
        const pulls = lengths.flatMap((length, i) => {
          const slope = ofAll[utterances.indexOf(group[i] as Utterance)] as number // one for each
          return Array.from({ length }, () => slope)
        })
        if (pulls.some((pull) => pull !== 0)) kernel.addGradient(pulls)
      }
    },
  }
}

function sums(logs: Readonly<Float64Array>, lengths: readonly number[]): number[] {
  let at = 0
  return lengths.map((length) => {
    let sum = 0
    for (let n = 0; n < length; n++) sum += logs[at++] as number // as many as targets
    return sum
  })
}
