/** What exploration has cost, event by event. */
import type { RunEvent } from './events.ts'

/** The three units of exploration cost, always shown together. */
export interface Cost {
  /** Drawn from the policy or proposed by you; of those that earlier rollouts had shown, the ones that were verified. The expert's and a file's are given. */
  readonly candidates: number
  readonly rollouts: number
  /** Actions sampled from the policy: one for a drawn candidate and one for each action of a rollout, unless they say otherwise. */
  readonly policyCalls: number
}

/** An accumulator of costs: feed it every event of a task or run once, in order. */
export interface CostFold {
  readonly cost: Cost
  add(event: RunEvent): void
}

export function createCostFold(): CostFold {
  const cost = { candidates: 0, rollouts: 0, policyCalls: 0 }
  /** Of the open step: those that earlier rollouts had shown; they count once verified. */
  const recycled = new Set<number>()
  return {
    cost,
    add(event) {
      switch (event.type) {
        case 'step-started':
          recycled.clear()
          break
        case 'candidate-proposed':
          if (event.source === 'recycled') recycled.add(event.candidate)
          else if ((event.source ?? 'you') === 'you') cost.candidates++
          cost.policyCalls += event.calls ?? (event.source === undefined ? 1 : 0)
          break
        case 'rollout-finished':
          cost.rollouts++
          cost.policyCalls += event.calls ?? event.actions.length
          break
        case 'candidate-scored':
          if (recycled.has(event.candidate)) cost.candidates++
          break
      }
    },
  }
}
