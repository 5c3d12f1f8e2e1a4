/**
 * A task explored by RRO with recycled rollouts; see `core/exploration/methods/recycled.ts`. The tree of its rollouts follows from
 * their actions, and from the tree the candidates, bars and pairs of every step.
 */
import type { Actor } from '../../core/exploration/actor.ts'
import {
  addRollout,
  branchPairs,
  type RolloutNode,
  rootOf,
  siblingPairs,
  stateValue,
} from '../../core/exploration/methods/rollout-tree.ts'
import { exactReward, processReward, roundReward } from '../../core/exploration/process-reward.ts'
import type {
  BranchPairMade,
  CandidateProposed,
  PairMade,
  Preferred,
  RolloutFinished,
  RunStarted,
} from '../../core/log/events.ts'
import { type Check, take } from './expectation.ts'
import { candidateFault, close, endsAfter, finished, rewardsOf, rollouts, scored, stepStarted } from './parts.ts'

type Node = RolloutNode<undefined>

/** Where nothing is known but the actions that rollouts took. */
const NOWHERE: Actor<undefined> = {
  begin: () => undefined,
  execute: () => undefined,
  outcome: () => undefined,
  observe: () => '',
  propose: () => never(),
  rollouts: () => never(),
}

function never(): never {
  throw new Error('A log is checked without a policy.')
}

export function* recycledCheck(run: RunStarted): Check {
  const { config } = run
  const ends = new WeakSet<Node>()
  let node: Node = rootOf(NOWHERE, undefined)
  const grow =
    (from: Node) =>
    (event: RolloutFinished): string | undefined => {
      const fault = pathFault(from, event, ends)
      if (fault === undefined) {
        addRollout(NOWHERE, from, event)
        ends.add(event.actions.reduce((at, action) => at.children.get(action) as Node, from)) // just added
      }
      return fault
    }
  yield* rollouts(run, 0, 0, config.startRollouts, grow(node))

  for (let step = 1; ; step++) {
    const bar = stateValue(node)
    if (node.least === node.most) return yield* finished(bar, 'no-difference')
    yield* stepStarted(step, bar)
    const siblings = byPromise(node)
    const candidates: CandidateProposed[] = []
    for (const [i, sibling] of siblings.entries()) {
      const ended = ends.has(sibling)
      candidates.push(
        yield* take('candidate-proposed', step, (event) => recycledFault(run, event, i + 1, sibling, ended)),
      )
    }

    const verified: Node[] = []
    let rising: Node | undefined
    for (const [i, sibling] of siblings.slice(0, config.candidates).entries()) {
      const candidate = candidates[i] as CandidateProposed // one for each sibling
      const fresh = candidate.done ? [] : yield* rollouts(run, step, i + 1, config.rollouts, grow(sibling))
      const value = candidate.outcome === null ? processReward(rewardsOf(fresh)) : exactReward(candidate.outcome)
      verified.push(sibling)
      if ((yield* scored(run, candidate, value, bar)).rises) {
        rising = sibling
        break
      }
    }

    const chosen = rising ?? verified.reduce((best, one) => (stateValue(one) > stateValue(best) ? one : best))
    const number = siblings.indexOf(chosen) + 1
    const reason = rising === undefined ? 'no-rise' : 'rise'
    yield* take('step-decided', step, (event) => {
      if (event.chosen !== number) return `chooses candidate ${event.chosen} where ${number} follows from the log`
      if (event.continued !== number) return `goes on with candidate ${event.continued}, which was not chosen`
      return event.reason === reason
        ? undefined
        : `gives the reason ${event.reason} where ${reason} follows from the log`
    })
    for (const pair of siblingPairs(node)) {
      if (pair.weight === 0) continue
      const [better, worse] = [siblings.indexOf(pair.chosen) + 1, siblings.indexOf(pair.rejected) + 1]
      yield* take('pair-made', step, (event) => pairFault(event, better, worse, pair))
    }
    for (const sibling of siblings) {
      if (sibling === chosen) continue
      for (const pair of branchPairs(NOWHERE, sibling, 0, step))
        yield* take('branch-pair-made', step, (event) => branchFault(event, pair))
    }

    const { outcome } = candidates[number - 1] as CandidateProposed // the chosen one
    if (outcome !== null) return yield* finished(outcome, ...endsAfter(run, step, outcome))
    node = chosen
  }
}

/** By mean outcome, then by how often they were seen; the one drawn first of equals. */
function byPromise({ children }: Node): Node[] {
  return [...children.values()].sort((a, b) => stateValue(b) - stateValue(a) || b.rollouts - a.rollouts)
}

/** Whether a rollout can stand beside the ones before it: the same actions come to the same end. */
function pathFault(from: Node, { actions, reward }: RolloutFinished, ends: WeakSet<Node>): string | undefined {
  let at: Node | undefined = from
  if (actions.length === 0) return 'takes no action'
  for (const action of actions) {
    if (ends.has(at)) return 'goes on where another rollout ended'
    at = at.children.get(action)
    if (at === undefined) return undefined
  }
  if (!ends.has(at)) return 'ends where another rollout went on'
  return reward === at.least
    ? undefined
    : `earns ${reward} where another rollout of the same actions earned ${at.least}`
}

function recycledFault(
  run: RunStarted,
  event: CandidateProposed,
  number: number,
  node: Node,
  ended: boolean,
): string | undefined {
  const fault = candidateFault(run, event, number)
  if (fault !== undefined) return fault
  const { source, calls, recycled, action, done, outcome } = event
  if (source !== 'recycled' || calls !== undefined || recycled === undefined) return 'is not a recycled candidate'
  if (action !== node.proposal.action)
    return `is another action than the number ${number} of those that rollouts took here, the most promising first`
  if (done !== ended) return 'disagrees with the rollouts on whether the episode is done'
  if (outcome !== null && !close(outcome, stateValue(node))) return `has the outcome ${outcome}, unlike its rollouts`
  if (recycled.rollouts !== node.rollouts)
    return `was seen in ${recycled.rollouts} rollouts where ${node.rollouts} follow from the log`
  const reward = roundReward(node.sum / node.rollouts)
  return close(recycled.reward, reward) ? undefined : `earned ${recycled.reward} where its rollouts give ${reward}`
}

interface Compared {
  readonly chosen: Node
  readonly rejected: Node
  readonly weight: number
}

function pairFault(event: PairMade, chosen: number, rejected: number, pair: Compared): string | undefined {
  if (event.chosen !== chosen || event.rejected !== rejected)
    return `pairs ${event.chosen} with ${event.rejected} where ${chosen} with ${rejected} follows from the log`
  if (event.weight === undefined || !close(event.weight, pair.weight))
    return `has the weight ${event.weight} where ${pair.weight} follows from the log`
  const [better, worse] = [stateValue(pair.chosen), stateValue(pair.rejected)]
  if (!close(event.chosenReward ?? -2, better) || !close(event.rejectedReward ?? -2, worse))
    return `compares ${event.chosenReward} with ${event.rejectedReward} where the rollouts give ${better} and ${worse}`
  return undefined
}

function branchFault(event: BranchPairMade, pair: BranchPairMade): string | undefined {
  const path = ({ after }: BranchPairMade) => JSON.stringify(after.map(({ action }) => action))
  if (path(event) !== path(pair)) return 'is not at the state where rollouts part next'
  if (!samePreferred(event.chosen, pair.chosen) || !samePreferred(event.rejected, pair.rejected))
    return 'does not pair the actions that follow from the log'
  return close(event.weight, pair.weight)
    ? undefined
    : `has the weight ${event.weight} where ${pair.weight} follows from the log`
}

function samePreferred(a: Preferred, b: Preferred): boolean {
  return a.action === b.action && a.rollouts === b.rollouts && close(a.reward, b.reward)
}
