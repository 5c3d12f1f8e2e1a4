/**
 * Tree search on the same budget: UCT (Kocsis and Szepesvari, 2006) with the policy as its proposer, as agents use it. At
 * each step K m simulations run from the current state: down the tree by UCB1, one expansion by K draws from the policy,
 * one rollout by the policy, its outcome backed up. The most visited child goes on with what is below it, and is
 * preferred to its siblings of lower value.
 */

import { log } from '../../elementary.ts'
import type { CandidateProposed, RolloutFinished } from '../../log/events.ts'
import type { Proposal } from '../actor.ts'
import { roundReward } from '../process-reward.ts'
import { rises } from '../rise.ts'
import { endAfter, type TaskEvents, type TaskExploration, taskStream } from './method.ts'

interface TreeNode<P> {
  readonly prefix: P
  readonly proposal: Proposal
  readonly depth: number
  /** Outcome of the episode, where it ends here or at the step limit. */
  readonly end: number | undefined
  /** Draws from the policy that gave it. */
  draws: number
  children: TreeNode<P>[] | undefined
  visits: number
  sum: number
  squares: number
}

export async function* treeSearch<P>(exploration: TaskExploration<P>, start: P): TaskEvents {
  const { config, actor, index: task, maxReward, signal } = exploration
  const random = taskStream(exploration)
  const nodeOf = (prefix: P, proposal: Proposal, depth: number): TreeNode<P> => ({
    ...{ prefix, proposal, depth, end: depth === 0 ? undefined : endAfter(exploration, prefix, depth)?.reward },
    ...{ draws: 0, children: undefined, visits: 0, sum: 0, squares: 0 },
  })
  let root = nodeOf(start, { text: '', action: '' }, 0)
  let simulation = 0
  let bar = 0

  for (let step = 1; step <= config.stepLimit; step++) {
    yield { type: 'step-started', task, step, bar }
    if (root.children === undefined) await expand(root)
    else for (const child of root.children) child.draws = 0 // paid for in an earlier step
    const children = root.children as unknown as readonly TreeNode<P>[] // expanded above
    for (const [i, child] of children.entries()) yield proposed(child, step, i + 1)

    const simulated = children.map(() => 0)
    // Its visits as a leaf, before it had children, are no reason not to look at one of them.
    while (root.visits < config.candidates * config.rollouts || children.every((child) => child.visits === 0)) {
      const { child, actions, reward, calls } = await simulate(root)
      const i = children.indexOf(child)
      simulated[i] = (simulated[i] as number) + 1 // i is a child
      const finished: RolloutFinished = {
        ...{ type: 'rollout-finished', task, step, candidate: i + 1, rollout: simulated[i] as number },
        ...{ actions, reward, calls },
      }
      yield finished
    }

    for (const [i, { visits, sum, squares }] of children.entries()) {
      if (visits === 0) continue
      const reward = roundReward(sum / visits)
      const deviation = Math.sqrt(Math.max(0, squares / visits - (sum / visits) ** 2))
      const standardError = visits === 1 ? null : deviation / Math.sqrt(visits - 1)
      const risen = rises(config, reward, bar, maxReward)
      yield { type: 'candidate-scored', task, step, candidate: i + 1, reward, standardError, rises: risen }
    }
    const best = children.reduce((most, child) => (outvisits(child, most) ? child : most))
    const chosen = children.indexOf(best) + 1
    const observation = actor.observe(best.prefix)
    yield { type: 'step-decided', task, step, chosen, continued: chosen, reason: 'most-visited', observation }
    for (const [i, child] of children.entries()) {
      if (child.visits > 0 && meanOf(child) < meanOf(best)) {
        yield { type: 'pair-made', task, step, chosen, rejected: i + 1 }
      }
    }

    bar = meanOf(best)
    root = best
    const outcome = actor.outcome(root.prefix)
    if (outcome !== undefined) {
      yield { type: 'task-finished', task, reward: outcome.reward, end: 'done' }
      return
    }
  }
  yield { type: 'task-finished', task, reward: 0, end: 'step-limit' }

  /** The distinct ones among K draws. */
  async function expand(node: TreeNode<P>): Promise<void> {
    const children = new Map<string, TreeNode<P>>()
    for (let i = 0; i < config.candidates; i++) {
      const stream = random.child('expand', simulation, node.depth, i)
      const proposal = await actor.propose(node.prefix, config.temperature, stream, signal)
      let child = children.get(proposal.action)
      if (child === undefined) {
        child = nodeOf(actor.execute(node.prefix, proposal), proposal, node.depth + 1)
        children.set(proposal.action, child)
      }
      child.draws++
    }
    node.children = [...children.values()]
  }

  /** One simulation from the root, whose children are known. */
  async function simulate(from: TreeNode<P>) {
    simulation++
    const path = [from]
    let node = from
    let calls = 0
    while (node.end === undefined && node.children !== undefined) {
      node = ucb(node, node.children)
      path.push(node)
    }
    if (node.end === undefined && node.visits > 0) {
      await expand(node)
      calls += config.candidates
      node = (node.children as unknown as TreeNode<P>[])[0] as TreeNode<P> // just expanded, with at least one child
      path.push(node)
    }
    let reward = node.end
    const actions = path.slice(2).map(({ proposal }) => proposal.action)
    if (reward === undefined) {
      const stream = random.child('simulate', simulation)
      const limit = config.stepLimit - node.depth
      const [rollout] = await actor.rollouts(node.prefix, limit, config.temperature, [stream], signal)
      if (rollout === undefined) throw new Error('The actor gave no rollout.')
      reward = rollout.reward
      actions.push(...rollout.actions)
      calls += rollout.actions.length
    }
    for (const visited of path) {
      visited.visits++
      visited.sum += reward
      visited.squares += reward * reward
    }
    return { child: path[1] as TreeNode<P>, actions, reward, calls } // the root has children
  }

  /** The child that UCB1 asks for; the first that was never visited. */
  function ucb({ visits }: TreeNode<P>, children: readonly TreeNode<P>[]): TreeNode<P> {
    const logVisits = log(visits)
    const bound = (child: TreeNode<P>): number =>
      child.sum / child.visits + config.uctConstant * Math.sqrt(logVisits / child.visits)
    return (
      children.find((child) => child.visits === 0) ??
      children.reduce((best, child) => (bound(child) > bound(best) ? child : best))
    )
  }

  function proposed(child: TreeNode<P>, step: number, candidate: number): CandidateProposed {
    const { text, action } = child.proposal
    const done = child.end !== undefined
    const head = { task, step, candidate, text, action, done, outcome: child.end ?? null }
    if (child.draws > 0) return { type: 'candidate-proposed', ...head, calls: child.draws }
    const before = child.visits === 0 ? undefined : { rollouts: child.visits, reward: meanOf(child) }
    return { type: 'candidate-proposed', ...head, source: 'recycled', ...(before && { recycled: before }) }
  }
}

function meanOf<P>({ sum, visits }: TreeNode<P>): number {
  return roundReward(sum / visits)
}

function outvisits<P>(a: TreeNode<P>, b: TreeNode<P>): boolean {
  return a.visits > b.visits || (a.visits === b.visits && a.visits > 0 && meanOf(a) > meanOf(b))
}
