/** Values of states and actions under one policy, as the mean of so many rollouts that they count as exact. */
import type { RandomStream } from '../../core/random.ts'
import type { LinearActor, LinearNode } from '../../policies/linear/linear-actor.ts'
import { choose, cumulate, dotRows } from '../../policies/linear/softmax.ts'
import type { Place } from './probes.ts'

export interface Values {
  readonly temperature: number
  readonly stepLimit: number
  /** Rollouts behind one value. */
  readonly rollouts: number
}

/**
 * Values of states and actions under one policy, by Monte Carlo.
 * @param actor the policy that explored
 */
export function createValues<S, M>(actor: LinearActor<S, M>, { temperature, stepLimit, rollouts }: Values) {
  type Node = LinearNode<S, M>
  const at = ({ taskId, path }: Place): Node =>
    path.reduce(
      (node, action) => actor.execute(node, { text: '', action }),
      actor.begin({ id: taskId, instruction: '' }),
    )

  function value(node: Node, depth: number, random: RandomStream, count = rollouts): number {
    const end = actor.outcome(node) ?? (depth >= stepLimit ? { reward: 0 } : undefined)
    if (end !== undefined) return end.reward
    const streams = Array.from({ length: count }, (_, i) => random.child(i))
    const outcomes = actor.rollouts(node, stepLimit - depth, temperature, streams).map(({ reward }) => reward)
    return outcomes.reduce((sum, outcome) => sum + outcome, 0) / count
  }

  return {
    at,
    /** Of an action in a state. */
    of(place: Place, node: Node, action: string, random: RandomStream): number {
      return value(actor.execute(node, { text: '', action }), place.path.length + 1, random)
    },
    /**
     * Of what the policy does there if it does not take an action: V(s) = pi(a) Q(a) + (1 - pi(a)) others, so Q(a) is
     * below V(s) exactly if it is below this, which many rollouts tell apart where V(s) and Q(a) are all but the same.
     * Undefined where it always takes the action.
     */
    ofOthers(place: Place, node: Node, action: string, random: RandomStream): number | undefined {
      const decision = actor.decision(node, action)
      if (decision === undefined) return value(node, place.path.length, random)
      const cumulative = cumulate(dotRows(decision.rows, actor.parameters, decision.count), temperature)
      const low = cumulative[decision.chosen - 1] ?? 0
      const share = (cumulative[decision.chosen] as number) - low // chosen is a row
      if (share > 1 - 1e-9) return undefined
      const times = new Map<number, number>()
      for (let i = 0; i < rollouts; i++) {
        const rest = random.next() * (1 - share)
        const row = choose(cumulative, rest < low ? rest : rest + share)
        if (row !== decision.chosen) times.set(row, (times.get(row) ?? 0) + 1)
      }
      const actions = actor.actions(node)
      let sum = 0
      let count = 0
      for (const [row, drawn] of times) {
        const next = actor.execute(node, { text: '', action: actions[row] as string }) // rows are actions
        sum += drawn * value(next, place.path.length + 1, random.child('other', row), drawn)
        count += drawn
      }
      return count === 0 ? undefined : sum / count
    },
  }
}
