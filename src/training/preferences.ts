/**
 * What a task's events teach: the preferences that DPO learns from, and the states that hold it (dpo/anchors.ts), as decisions of
 * a policy, got by playing the events again.
 */

import { createCostFold } from '../core/log/cost-fold.ts'
import type { RunEvent } from '../core/log/events.ts'
import type { Decision } from '../policies/linear/decision.ts'
import type { Replayer } from './expert.ts'
import type { Preference } from './objectives/pair-objective.ts'

export interface Material<D = Decision> {
  /** In the order of the events that made them. Pairs of actions that the policy never takes are left out. */
  readonly preferences: readonly Preference<D>[]
  /** Every state on the explored path, and on the first rollout of each candidate and of the empty prefix. */
  readonly anchors: readonly Omit<D, 'chosen'>[]
}

/**
 * Replays the events of one task. More events give more of the same: what a part of them taught comes first.
 * @param actor the policy that explored, or the same one with other parameters
 * @param budget policy calls: events count up to the one that exceeds it
 */
export function preferencesOf<P, D = Decision>(
  actor: Replayer<P, D>,
  events: readonly RunEvent[],
  budget: number = Number.POSITIVE_INFINITY,
): Material<D> {
  const preferences: Preference<D>[] = []
  const anchors: D[] = []
  const costs = createCostFold()
  const path: D[] = []
  let start: P | undefined
  /** The prefix of the open step, and the one that its decision leads to. */
  let prefix: P | undefined
  let next: P | undefined
  let candidates: (string | undefined)[] = []

  const play = (from: P, actions: readonly string[]): { decisions: D[]; end: P } => {
    const decisions: D[] = []
    let end = from
    for (const action of actions) {
      const decision = actor.decision(end, action)
      if (decision !== undefined) decisions.push(decision)
      end = actor.execute(end, { text: '', action })
    }
    return { decisions, end }
  }
  const prefer = (at: P, chosen: string | undefined, rejected: string | undefined, weight: number): void => {
    if (chosen === undefined || rejected === undefined) return
    const [better, worse] = [actor.decision(at, chosen), actor.decision(at, rejected)]
    if (better !== undefined && worse !== undefined) preferences.push({ chosen: [better], rejected: [worse], weight })
  }

  for (const event of events) {
    costs.add(event)
    if (costs.cost.policyCalls > budget) break
    if (event.type === 'task-started') {
      start = prefix = next = actor.begin({ id: event.taskId, instruction: event.instruction })
      continue
    }
    if (start === undefined || prefix === undefined) continue
    switch (event.type) {
      case 'step-started':
        prefix = next ?? prefix
        candidates = []
        break
      case 'candidate-proposed':
        candidates[event.candidate] = event.action
        break
      case 'rollout-finished': {
        if (event.rollout !== 1) break
        const action = candidates[event.candidate]
        const from = event.step === 0 || action === undefined ? start : actor.execute(prefix, { text: '', action })
        anchors.push(...play(from, event.actions).decisions)
        break
      }
      case 'step-decided': {
        const action = candidates[event.continued]
        if (action === undefined) break
        const { decisions, end } = play(prefix, [action])
        path.push(...decisions)
        anchors.push(...decisions)
        next = end
        break
      }
      case 'pair-made':
        prefer(prefix, candidates[event.chosen], candidates[event.rejected], event.weight ?? 1)
        break
      case 'branch-pair-made': {
        const { end } = play(
          prefix,
          event.after.map(({ action }) => action),
        )
        prefer(end, event.chosen.action, event.rejected.action, event.weight)
        break
      }
      case 'trajectory-pair-made': {
        const { decisions } = play(
          start,
          event.expert.map(({ action }) => action),
        )
        const [chosen, rejected] = event.chosen === 'expert' ? [decisions, path] : [path, decisions]
        preferences.push({ chosen: chosen.slice(), rejected: rejected.slice(), weight: 1 })
        break
      }
    }
  }
  return { preferences, anchors }
}
