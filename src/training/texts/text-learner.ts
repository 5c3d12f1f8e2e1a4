/** A language model while it is trained: the kernel's parameters, its exact gradient, and AdamW without decay. */
import type { Kernel } from '../../policies/transformer/kernel/kernel.ts'
import type { Utterance } from '../../policies/transformer/transformer-actor.ts'
import type { Learner } from '../learner.ts'
import { MOST_NORM } from './text-descent.ts'
import { textPolicy, utteranceLogs } from './text-policy.ts'
import { tokensRead } from './utterance-text.ts'

/** Trains the kernel's parameters, which are the reference; moments begin anew. @param rate of AdamW */
export function textLearner(kernel: Kernel, rate: number): Learner<Utterance> {
  kernel.begin()
  const begun = kernel.parameters.slice()
  const { pull } = textPolicy(kernel)
  let step = 0
  return {
    pull,
    logs: (utterances) => utteranceLogs(kernel, utterances),
    reference(utterances) {
      if (step === 0) return utteranceLogs(kernel, utterances)
      const now = kernel.parameters.slice()
      kernel.parameters.set(begun)
      const logs = utteranceLogs(kernel, utterances)
      kernel.parameters.set(now)
      return logs
    },
    tokens: tokensRead,
    step(count = 1) {
      kernel.step({ rate, step: ++step, decay: 0, weight: count, mostNorm: MOST_NORM })
    },
    forget() {},
  }
}
