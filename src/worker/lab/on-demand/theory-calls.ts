/** The theory on a task, and two arms side by side on one; the code of each comes with its first question. */
import { fetched } from '../../../core/fetched.ts'
import { keptOnceGood } from '../../machine/kept.ts'
import type { DuelCalls } from '../../protocol/duel.ts'
import type { TheoryCalls } from '../../protocol/theory.ts'
import type { LabPorts } from '../lab-ports.ts'

export function theoryCalls({ parts, sources, worldOf }: LabPorts): TheoryCalls & DuelCalls {
  const theory = keptOnceGood(() => fetched(() => import('../../comparisons/theory.ts')))
  const duel = keptOnceGood(() => fetched(() => import('../../comparisons/duel.ts')))
  /** The newest question; its answer is dropped when another one is asked. */
  let question = new AbortController()
  return {
    theory(request) {
      question.abort()
      question = new AbortController()
      const { signal } = question
      return theory.use(({ theoryOf }) => theoryOf(request, worldOf, signal))
    },
    duel: (request) =>
      duel.use(({ duelOf }) =>
        duelOf(request, {
          loader: parts.loader,
          sourceOf: sources.at,
          worldOn: (source, config) => worldOf(config, undefined, source),
        }),
      ),
  }
}
