/**
 * An embedded policy for explorations that nobody watches. It acts as ever, to the last draw, but neither explains itself
 * nor reads out what it sees, and it keeps the trees of its tasks: arms and seeds come back to the same tasks, and a
 * replay finds what the exploration made.
 */
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import { keptTrees } from './kept-trees.ts'

/** @param mostNodes that its trees may hold together */
export function quietActor<S, M>(actor: LinearActor<S, M>, mostNodes?: number): LinearActor<S, M> {
  const { reply: _, ...rest } = actor
  return {
    ...rest,
    begin: keptTrees(actor, mostNodes),
    propose(node, temperature, random) {
      const [first] = actor.rollouts(node, 1, temperature, [random])
      const action = first?.actions[0]
      if (action === undefined) throw new Error('The episode is over: there is nothing to propose.')
      return { text: '', action }
    },
    observe: () => '',
  }
}
