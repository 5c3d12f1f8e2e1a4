/**
 * The trees of tasks that an embedded policy has begun, kept for whoever comes back to a task: other arms, other seeds,
 * other policies of the same features. What they remember changes no result.
 */
import type { TaskWords } from '../../core/exploration/actor.ts'
import type { LinearActor, LinearNode } from '../../policies/linear/linear-actor.ts'

/** Nodes that all trees may hold together; then they are made anew. */
const MOST_NODES = 40_000

/** @returns `begin` of the policy, which gives the tree that is kept of a task if there is one */
export function keptTrees<S, M>(
  actor: Pick<LinearActor<S, M>, 'begin'>,
  mostNodes: number = MOST_NODES,
): (task: TaskWords) => LinearNode<S, M> {
  const roots = new Map<string, LinearNode<S, M>>()
  let last: { readonly id: string; readonly root: LinearNode<S, M>; readonly size: number } | undefined
  let nodes = 0
  return (task) => {
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
  }
}
