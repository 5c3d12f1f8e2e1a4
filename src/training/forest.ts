/**
 * One embedded policy after another on the same tasks. What the environment answers and the features of its actions do not
 * depend on the weights, so the policies share one tree of histories for each task: most of what a test of a policy would
 * have to work out has been worked out for the one before. The rollouts are those that each policy would make on its own.
 */
import type { Actor, Rollout } from '../core/actor.ts'
import type { RandomStream } from '../core/random.ts'
import type { LinearActor, LinearNode } from '../policies/linear/linear-actor.ts'
import { choose, cumulate } from '../policies/linear/softmax.ts'
import { createThinner, dotSparse, type SparseRows } from './sparse-rows.ts'

/** Numbers that the features of all trees may take; then they are made anew. 8 bytes each. */
const MOST_NUMBERS = 5_000_000

export interface Forest<S, M> {
  /** The policy of these weights, at whatever temperature it is asked for. */
  policy(weights: Readonly<Float64Array>): Actor<LinearNode<S, M>>
}

/** @param actor any policy of the features that the weights are for */
export function createForest<S, M>(actor: LinearActor<S, M>): Forest<S, M> {
  type Node = LinearNode<S, M>
  const roots = new Map<string, Node>()
  const known = new Map<Node, SparseRows>()
  const thin = createThinner(actor.parameters.length)
  let numbers = 0

  function rowsOf(node: Node, actions: readonly string[]): SparseRows {
    let rows = known.get(node)
    if (rows === undefined) {
      const decision = actor.decision(node, actions[0] ?? '')
      if (decision === undefined) throw new Error('The episode is over: there is nothing to choose.')
      rows = thin(decision)
      known.set(node, rows)
      numbers += decision.rows.length
    }
    return rows
  }

  function draw(node: Node, weights: Readonly<Float64Array>, temperature: number, random: RandomStream): string {
    const actions = actor.actions(node)
    const cumulative = cumulate(dotSparse(rowsOf(node, actions), weights), temperature)
    return actions[choose(cumulative, random.next())] as string // one of them
  }

  return {
    policy(weights) {
      const rollout = (start: Node, limit: number, temperature: number, random: RandomStream): Rollout => {
        const actions: string[] = []
        let node = start
        while (actor.outcome(node) === undefined && actions.length < limit) {
          const action = draw(node, weights, temperature, random)
          actions.push(action)
          node = actor.execute(node, { text: '', action })
        }
        return { actions, reward: actor.outcome(node)?.reward ?? 0 }
      }
      return {
        begin(task) {
          if (numbers > MOST_NUMBERS) {
            roots.clear()
            known.clear()
            numbers = 0
          }
          const root = roots.get(task.id) ?? actor.begin(task)
          roots.set(task.id, root)
          return root
        },
        propose: (node, temperature, random) => ({ text: '', action: draw(node, weights, temperature, random) }),
        execute: actor.execute,
        outcome: actor.outcome,
        observe: actor.observe,
        rollouts: (node, limit, temperature, streams) =>
          streams.map((random) => rollout(node, limit, temperature, random)),
      }
    },
  }
}
