/** What a small language model writes first, on a few train tasks, while it learns. */
import type { TransformerNode } from '../../../policies/transformer/successors.ts'
import type { TransformerActor } from '../../../policies/transformer/transformer-actor.ts'
import type { World } from '../../worlds/world.ts'
import { trainingDraws } from '../training-draws.ts'

type Node = TransformerNode<unknown, unknown>

const TASKS = 12

export interface Tried {
  /** Of the actions that the environment knows, 0 to 1. */
  readonly share: number
  /** One of them. */
  readonly first: string | undefined
}

/** Sampled at temperature 1, always with the same random streams. */
export function tryActions(language: TransformerActor, world: World): Tried {
  const tasks = world.tasks('train').slice(0, TASKS)
  const known = tasks.flatMap((task) => {
    const start = language.begin(task)
    const { action } = language.propose(start, 1, trainingDraws('dev').child('tried', task.id))
    return isKnown(language, start, action) ? [action] : []
  })
  return { share: known.length / Math.max(1, tasks.length), first: known[0] }
}

/** Whether the agent has words for it, and the environment no complaint. */
function isKnown(language: TransformerActor, start: Node, action: string): boolean {
  if (language.decision(start, action) === undefined) return false
  const after = language.execute(start, { text: '', action }) as Node // it answers at once
  return !/^error\b/i.test(language.observe(after))
}
