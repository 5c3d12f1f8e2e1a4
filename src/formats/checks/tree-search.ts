/**
 * A task explored by tree search; see `core/exploration/methods/tree-search.ts`. The part of the tree that simulations went through
 * follows from their actions: visits, values, costs and, at the root of a step, whom UCB1 asks for. What the policy
 * proposed deeper in the tree and nobody visited is not in the log.
 */

import { log } from '../../core/elementary.ts'
import { type ProcessReward, roundReward } from '../../core/exploration/process-reward.ts'
import type { CandidateProposed, PairMade, RolloutFinished, RunStarted } from '../../core/log/events.ts'
import { type Check, type EventType, type Part, peek, take } from './expectation.ts'
import { candidateFault, close, endsAfter, finished, notPlain, rolloutFault, scored, stepStarted } from './parts.ts'

interface Node {
  /** Visited ones, by action, in the order in which they were first visited. */
  readonly children: Map<string, Node>
  visits: number
  sum: number
  squares: number
}

export function* treeSearchCheck(run: RunStarted): Check {
  const { config } = run
  let root = nodeOf()
  let bar = 0
  for (let step = 1; ; step++) {
    yield* stepStarted(step, bar)
    const candidates = yield* proposed(run, step, root)
    const nodes = candidates.map(({ action }) => root.children.get(action) ?? nodeOf())
    const simulated = candidates.map(() => 0)
    while (root.visits < config.candidates * config.rollouts || nodes.every(({ visits }) => visits === 0)) {
      const event = yield* take('rollout-finished', step, (event) => {
        const at = event.candidate - 1
        const [node, candidate] = [nodes[at], candidates[at]]
        if (node === undefined || candidate === undefined) return 'simulates a candidate that was not proposed'
        return (
          rolloutFault(run, event, event.candidate, (simulated[at] ?? 0) + 1) ??
          boundFault(node, nodes, root.visits, config.uctConstant) ??
          outcomeFault(candidate, event) ??
          callsFault(node, event, config.candidates)
        )
      })
      const at = event.candidate - 1
      simulated[at] = (simulated[at] ?? 0) + 1
      count(root, event.reward)
      visit(nodes[at] as Node, event) // there is such a node, checked above
    }
    for (const [i, node] of nodes.entries()) {
      if (node.visits > 0) yield* scored(run, candidates[i] as CandidateProposed, worthOf(node), bar) // one for each
    }

    const best = nodes.reduce((most, node) => (outvisits(node, most) ? node : most))
    const chosen = nodes.indexOf(best) + 1
    yield* take('step-decided', step, (event) => {
      if (event.chosen !== chosen) return `chooses candidate ${event.chosen} where ${chosen} was visited most`
      if (event.continued !== chosen) return `goes on with candidate ${event.continued}, which was not chosen`
      if (event.reason === 'most-visited') return undefined
      return `gives the reason ${event.reason} where most-visited follows from the log`
    })
    for (const [i, node] of nodes.entries()) {
      if (node.visits > 0 && meanOf(node) < meanOf(best))
        yield* take('pair-made', step, (event) => pairFault(event, chosen, i + 1))
    }
    const { outcome } = candidates[chosen - 1] as CandidateProposed // the chosen one
    if (outcome !== null) return yield* finished(outcome, ...endsAfter(run, step, outcome))
    bar = meanOf(best)
    root = best
  }
}

/** The children of a step's root: K draws where nobody has been below it, else those that earlier steps have drawn. */
function* proposed(run: RunStarted, step: number, root: Node): Part<readonly CandidateProposed[]> {
  const most = run.config.candidates
  const known = [...root.children]
  const all: CandidateProposed[] = []
  let draws = 0
  const more = (event: CandidateProposed): string | undefined => {
    const { source, calls, recycled, action } = event
    if (all.some((other) => other.action === action)) return 'proposes an action twice'
    if (known.length === 0) {
      if (source !== undefined || recycled !== undefined) return 'was not drawn in an earlier step'
      if (calls === undefined || calls < 1 || draws + calls > most) return `cost ${calls} of ${most} draws`
      return undefined
    }
    if (source !== 'recycled' || calls !== undefined) return 'was drawn in an earlier step'
    const [own, node] = known[all.length] ?? []
    if (node === undefined) return recycled === undefined ? undefined : 'was not visited before'
    if (action !== own) return `is another action than the number ${all.length + 1} of those visited before`
    if (recycled?.rollouts !== node.visits || !close(recycled.reward, meanOf(node)))
      return `says of earlier simulations what does not follow from them`
    if (event.outcome !== null && !close(event.outcome, meanOf(node))) return 'ended with another reward before'
    return undefined
  }
  const isOver = (type: EventType): boolean => all.length >= known.length && type !== 'candidate-proposed'
  while (known.length === 0 ? draws < most : all.length < most && !isOver(yield* peek())) {
    const event = yield* take('candidate-proposed', step, (event) => {
      return candidateFault(run, event, all.length + 1) ?? more(event)
    })
    draws += event.calls ?? 0
    all.push(event)
  }
  return all
}

function nodeOf(): Node {
  return { children: new Map(), visits: 0, sum: 0, squares: 0 }
}

function count(node: Node, reward: number): void {
  node.visits++
  node.sum += reward
  node.squares += reward * reward
}

/** Backs a simulation up: along the nodes that were visited before, and the first one that was not. */
function visit(child: Node, { actions, reward }: RolloutFinished): void {
  let node = child
  for (const action of actions) {
    count(node, reward)
    if (node.visits === 1) return
    let next = node.children.get(action)
    if (next === undefined) {
      next = nodeOf()
      node.children.set(action, next)
    }
    node = next
  }
  count(node, reward)
}

/** UCB1 takes the first child that was never visited, else the first with the highest bound; exact on every machine. */
function boundFault(node: Node, nodes: readonly Node[], visits: number, constant: number): string | undefined {
  const unvisited = nodes.find((other) => other.visits === 0)
  if (unvisited !== undefined)
    return unvisited === node ? undefined : 'simulates a candidate before another that was never visited'
  const logVisits = log(visits)
  const bound = (of: Node): number => of.sum / of.visits + constant * Math.sqrt(logVisits / of.visits)
  const highest = nodes.reduce((best, other) => (bound(other) > bound(best) ? other : best))
  return highest === node ? undefined : 'simulates a candidate whose upper bound is not the first highest'
}

function outcomeFault({ outcome }: CandidateProposed, { actions, reward }: RolloutFinished): string | undefined {
  if (outcome === null) return undefined
  if (actions.length > 0) return 'goes on after the end of the episode'
  return close(reward, outcome) ? undefined : `has the reward ${reward} where the outcome is ${outcome}`
}

/** A simulation pays for K draws where it is the second visit of a node, and for what the policy does from there. */
function callsFault(child: Node, { actions, calls }: RolloutFinished, draws: number): string | undefined {
  let node: Node | undefined = child
  let at = 0
  let expected = 0
  while (node !== undefined && node.visits > 0 && at < actions.length) {
    if (node.children.size === 0) expected += draws
    node = node.children.get(actions[at++] as string) // the index is below the length
  }
  if (node !== undefined && node.children.size > 0) return 'ends where another simulation went on'
  expected += actions.length - at
  return calls === expected ? undefined : `cost ${calls} policy calls where ${expected} follow from the log`
}

function meanOf({ sum, visits }: Node): number {
  return roundReward(sum / visits)
}

function worthOf(node: Node): ProcessReward {
  const { visits, sum, squares } = node
  const deviation = Math.sqrt(Math.max(0, squares / visits - (sum / visits) ** 2))
  return { mean: meanOf(node), standardError: visits === 1 ? null : deviation / Math.sqrt(visits - 1) }
}

function outvisits(a: Node, b: Node): boolean {
  return a.visits > b.visits || (a.visits === b.visits && a.visits > 0 && meanOf(a) > meanOf(b))
}

function pairFault(event: PairMade, chosen: number, rejected: number): string | undefined {
  const { weight, chosenReward, rejectedReward } = event
  if (weight !== undefined || chosenReward !== undefined || rejectedReward !== undefined) return notPlain('a pair')
  if (event.chosen === chosen && event.rejected === rejected) return undefined
  return `pairs ${event.chosen} with ${event.rejected} where ${chosen} with ${rejected} follows from the log`
}
