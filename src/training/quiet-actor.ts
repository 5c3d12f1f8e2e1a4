/**
 * An embedded policy for explorations that nobody watches. It acts as ever, to the last draw, but neither explains itself
 * nor reads out what it sees, and it keeps the trees of its tasks: arms and seeds come back to the same tasks, and a
 * replay finds what the exploration made.
 */
import type { LinearActor, LinearNode } from '../policies/linear/linear-actor.ts'

/** Nodes that all trees may hold together; then they are made anew. */
const MOST_NODES = 40_000

export function quietActor<S, M>(actor: LinearActor<S, M>, mostNodes: number = MOST_NODES): LinearActor<S, M> {
  const roots = new Map<string, LinearNode<S, M>>()
  let last: { readonly id: string; readonly root: LinearNode<S, M>; readonly size: number } | undefined
  let nodes = 0
  const { reply: _, ...rest } = actor
  return {
    ...rest,
    begin(task) {
      if (last?.id === task.id) return last.root
      if (last !== undefined) nodes += last.root.tree.size - last.size
      if (nodes > mostNodes) {
        roots.clear()
        nodes = 0
      }
      const root = roots.get(task.id) ?? actor.begin(task)
      roots.set(task.id, root)
      last = { id: task.id, root, size: root.tree.size }
      return root
    },
    propose(node, temperature, random) {
      const [first] = actor.rollouts(node, 1, temperature, [random])
      const action = first?.actions[0]
      if (action === undefined) throw new Error('The episode is over: there is nothing to propose.')
      return { text: '', action }
    },
    observe: () => '',
  }
}
