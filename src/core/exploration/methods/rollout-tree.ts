/** The tree that a task's rollouts make: every state they went through, what they did there, and what they earned. */

import type { BranchPairMade, Turn } from '../../log/events.ts'
import type { Actor, Outcome, Proposal, Rollout } from '../actor.ts'
import { roundReward } from '../process-reward.ts'
import { replyOf } from './method.ts'

export interface RolloutNode<P> {
  readonly prefix: P
  /** What led here; empty at the root. */
  readonly proposal: Proposal
  /** Outcome of the episode, where it ends here by itself. */
  readonly end: Outcome | undefined
  /** By action, in the order in which they were first drawn. */
  readonly children: Map<string, RolloutNode<P>>
  /** Times the policy drew this action in its parent's state. */
  drawn: number
  /** Rollouts that went through this state or started from it, and their outcomes. */
  rollouts: number
  sum: number
  least: number
  most: number
}

export function rootOf<P>(actor: Actor<P>, prefix: P): RolloutNode<P> {
  return nodeOf(actor, prefix, { text: '', action: '' })
}

function nodeOf<P>(actor: Actor<P>, prefix: P, proposal: Proposal): RolloutNode<P> {
  return {
    ...{ prefix, proposal, end: actor.outcome(prefix), children: new Map(), drawn: 0 },
    ...{ rollouts: 0, sum: 0, least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY },
  }
}

/** Adds one rollout that started at `node`. What lies above `node` is not told: it was not drawn on from there. */
export function addRollout<P>(
  actor: Actor<P>,
  node: RolloutNode<P>,
  { actions, reward, texts }: Pick<Rollout, 'actions' | 'reward' | 'texts'>,
) {
  let at = node
  count(at, reward)
  for (const [i, action] of actions.entries()) {
    let child = at.children.get(action)
    if (child === undefined) {
      const text = texts?.[i]
      const proposal = text === undefined ? replyOf(actor, at.prefix, action) : { text, action }
      child = nodeOf(actor, actor.execute(at.prefix, proposal), proposal)
      at.children.set(action, child)
    }
    child.drawn++
    count(child, reward)
    at = child
  }
}

function count<P>(node: RolloutNode<P>, reward: number): void {
  node.rollouts++
  node.sum += reward
  node.least = Math.min(node.least, reward)
  node.most = Math.max(node.most, reward)
}

/** Mean outcome of the rollouts through a state; exact where the episode ends there. */
export function stateValue<P>({ end, sum, rollouts }: RolloutNode<P>): number {
  return roundReward(end?.reward ?? sum / rollouts)
}

/** A preference between two actions of one state. */
export interface SiblingPair<P> {
  readonly chosen: RolloutNode<P>
  readonly rejected: RolloutNode<P>
  readonly weight: number
}

/**
 * All pairs of a state's actions whose values differ, weighted by gap x d_chosen d_rejected / sum d, where d counts how
 * often the policy drew an action there. With d / sum d as the policy's probability, the weighted DPO loss starts out
 * along the policy gradient: sum over pairs of p_a p_b (Q_a - Q_b)(grad log p_a - grad log p_b) is the gradient of the
 * state's value. Actions that were hardly seen, and gaps that are hardly there, hardly count.
 */
export function siblingPairs<P>({ children }: RolloutNode<P>): SiblingPair<P>[] {
  if (children.size < 2) return []
  const siblings = [...children.values()]
  const draws = siblings.reduce((sum, { drawn }) => sum + drawn, 0)
  const pairs: SiblingPair<P>[] = []
  for (const [i, a] of siblings.entries()) {
    for (const b of siblings.slice(i + 1)) {
      const gap = stateValue(a) - stateValue(b)
      if (gap === 0) continue
      const [chosen, rejected] = gap > 0 ? [a, b] : [b, a]
      pairs.push({ chosen, rejected, weight: roundReward((Math.abs(gap) * a.drawn * b.drawn) / draws) })
    }
  }
  return pairs
}

/** The pairs of every state below `node`, which `step`'s state leads to by one action. */
export function* branchPairs<P>(
  actor: Actor<P>,
  node: RolloutNode<P>,
  task: number,
  step: number,
  before: readonly Turn[] = [],
): Generator<BranchPairMade> {
  if (node.children.size === 0) return
  let after: readonly Turn[] | undefined
  const turns = (): readonly Turn[] => {
    after ??= [...before, { ...node.proposal, observation: actor.observe(node.prefix) }]
    return after
  }
  for (const { chosen, rejected, weight } of siblingPairs(node)) {
    if (weight === 0) continue
    yield {
      ...{ type: 'branch-pair-made', task, step, after: turns() },
      ...{ chosen: preferred(chosen), rejected: preferred(rejected), weight },
    }
  }
  for (const child of node.children.values()) {
    if (worthVisiting(child)) yield* branchPairs(actor, child, task, step, turns())
  }
}

/** Below a state that one rollout went through, nothing ever parts. */
function worthVisiting<P>({ rollouts, least, most }: RolloutNode<P>): boolean {
  return rollouts > 1 && least < most
}

function preferred<P>(node: RolloutNode<P>): BranchPairMade['chosen'] {
  const { text, action } = node.proposal
  return { text, action, reward: stateValue(node), rollouts: node.rollouts }
}
