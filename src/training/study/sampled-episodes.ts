/** Episodes as decisions, got by playing the events of a task again: what the policy gradient learns from. */
import type { TaskEvent } from '../../core/log/events.ts'
import type { Replayer } from '../expert.ts'

/** One whole episode of a group. */
export interface Episode<D> {
  readonly decisions: readonly D[]
  /** What the agent saw before each decision. */
  readonly states: readonly string[]
  /** Outcome reward. */
  readonly reward: number
}

/**
 * The episodes of one task that was explored as a group.
 * @param observe what the agent reads in a state
 */
export function groupOf<P, D>(
  actor: Replayer<P, D>,
  events: readonly TaskEvent[],
  observe: (prefix: P) => string,
): readonly Episode<D>[] {
  const start = startOf(actor, events)
  if (start === undefined) return []
  return events.flatMap((event) => {
    if (event.type !== 'rollout-finished' || event.step !== 0) return []
    const decisions: D[] = []
    const states: string[] = []
    let prefix: P = start
    for (const action of event.actions) {
      const decision = actor.decision(prefix, action)
      if (decision !== undefined) {
        decisions.push(decision)
        states.push(observe(prefix))
      }
      prefix = actor.execute(prefix, { text: '', action })
    }
    return { decisions, states, reward: event.reward }
  })
}

/** The steps of an episode, each with its advantage. */
export interface ValuedEpisode<D> {
  readonly decisions: readonly D[]
  readonly advantages: readonly number[]
}

/**
 * VinePPO (Kazemnejad et al., 2024, arXiv 2410.01679, equations 5 and 6): A(s_t, a_t) = V(s_t+1) - V(s_t), with V the mean outcome of
 * rollouts from a state and no reward before the end. V(s_t+1) is the process reward of a_t, V(s_t) is the bar.
 */
export function valuedEpisode<P, D>(actor: Replayer<P, D>, events: readonly TaskEvent[]): ValuedEpisode<D> {
  const decisions: D[] = []
  const advantages: number[] = []
  let prefix = startOf(actor, events)
  let bar = 0
  let action: string | undefined
  for (const event of events) {
    if (prefix === undefined) break
    if (event.type === 'step-started') bar = event.bar
    if (event.type === 'candidate-proposed') action = event.action
    if (event.type !== 'candidate-scored' || action === undefined) continue
    const decision = actor.decision(prefix, action)
    if (decision !== undefined) {
      decisions.push(decision)
      advantages.push(event.reward - bar)
    }
    prefix = actor.execute(prefix, { text: '', action })
  }
  return { decisions, advantages }
}

/** @param events of one task, from its `task-started` on */
function startOf<P>(actor: Pick<Replayer<P>, 'begin'>, events: readonly TaskEvent[]): P | undefined {
  const [first] = events
  if (first?.type !== 'task-started') return undefined
  return actor.begin({ id: first.taskId, instruction: first.instruction })
}
