/**
 * The embedded policy: pi(a | history) = softmax(weights . features(a, history) / temperature), joined to an environment.
 *
 * Rollouts repeat themselves, so histories live in a tree of nodes: a node keeps its actions, their cumulative
 * probabilities and its children. The tree only saves time: whatever it holds, equal streams give equal rollouts. A
 * task's tree goes when nobody holds its prefixes any more. (Sharing nodes between histories that look alike was tried:
 * one in a hundred could be shared, and finding it cost more than it saved.)
 */

import { exp } from '../../core/elementary.ts'
import type { Proposal, Rollout, TaskWords } from '../../core/exploration/actor.ts'
import type { RandomStream } from '../../core/random.ts'
import type { Environment } from '../../environments/environment.ts'
import type { EnumerablePolicy, TrainablePolicy } from '../policy.ts'
import { writeReply } from '../reply.ts'
import type { ActionSpace } from './action-space.ts'
import type { Decision } from './decision.ts'
import { fingerprintOf } from './fingerprint.ts'
import { createShelf } from './shelf.ts'
import { choose, cumulate, dotRows, logShare } from './softmax.ts'
import { createPacker, dotSparse, type SparseRows } from './sparse-rows.ts'

/** Nodes that one task's tree may hold; beyond, nodes are made and forgotten. */
const MOST_NODES = 50_000

/** Numbers in a block of running sums, unless a node has more actions. */
const BLOCK = 4096

export const LINEAR_POLICY_NAME = 'Embedded agent (log-linear)'

interface Tree {
  /** Nodes that have been kept. */
  size: number
}

/** A policy at a temperature, told apart by identity. */
interface Basis {
  readonly temperature: number
}

/** A history, as the embedded policy keeps it. Opaque outside of this file. */
export class LinearNode<S, M> {
  readonly tree: Tree
  readonly state: S
  readonly memory: M
  /** Outcome reward when the episode is over. */
  readonly reward: number | undefined
  actions: readonly string[] | undefined = undefined
  /** Features of every action; made when somebody wants a decision, since rollouts do without. */
  rows: Float64Array | undefined = undefined
  /** The same without zeros; made when a second policy (or temperature) comes by. */
  sparse: SparseRows | undefined = undefined
  /** Running sums of the actions' probabilities under the policy that came by last. */
  sums: Float64Array | undefined = undefined
  /** Where they begin in it: it holds those of other nodes, too. */
  at = 0
  basis: Basis | undefined = undefined
  /** Of its siblings' actions, the index of the one that led here. */
  readonly index: number
  /** Its children, in the order in which they were made: a list of their own would take twice the room of a node. */
  child: LinearNode<S, M> | undefined = undefined
  sibling: LinearNode<S, M> | undefined = undefined

  constructor(tree: Tree, state: S, memory: M, reward: number | undefined, index: number) {
    this.tree = tree
    this.state = state
    this.memory = memory
    this.reward = reward
    this.index = index
  }
}

/** Answers at once, never with a promise. */
export interface LinearActor<S = unknown, M = unknown>
  extends EnumerablePolicy<LinearNode<S, M>>,
    TrainablePolicy<LinearNode<S, M>, Decision> {
  propose(prefix: LinearNode<S, M>, temperature: number, random: RandomStream): Proposal
  rollouts(
    prefix: LinearNode<S, M>,
    limit: number,
    temperature: number,
    streams: readonly RandomStream[],
  ): readonly Rollout[]
  /**
   * A choice at a prefix as numbers, for training; undefined for an action that the policy never takes there. All
   * decisions at one prefix have the same `rows` (the same array), and so have decisions at equal prefixes that grew from
   * the same `begin`, as long as its tree has room. Rows do not depend on the parameters.
   */
  decision(prefix: LinearNode<S, M>, action: string): Decision | undefined
  /** Takes prefixes of this one, too: what they know of the world does not depend on the parameters. */
  withParameters(parameters: Readonly<Float64Array>): LinearActor<S, M>
}

/**
 * @param weights one for each feature of `space`, in its order
 * @param name of the policy, for people
 */
export function createLinearActor<S, M>(
  environment: Environment<S>,
  space: ActionSpace<S, M>,
  weights: Readonly<Float64Array>,
  name: string = LINEAR_POLICY_NAME,
): LinearActor<S, M> {
  type Node = LinearNode<S, M>
  const width = space.features.length
  if (weights.length !== width) throw new Error(`${weights.length} weights for ${width} features`)
  const NO_ACTIONS: readonly string[] = []
  let scratch = new Float64Array(0)
  /** Room for running sums, of which so many numbers are in use. */
  let block = new Float64Array(0)
  let used = 0
  let basis: Basis = { temperature: Number.NaN }
  const pack = createPacker(width)
  const keep = createShelf()

  /** Features of every action of a node, in a buffer that the next call overwrites. */
  function describe(node: Node, actions: readonly string[]): Float64Array {
    const size = actions.length * width
    if (scratch.length < size) scratch = new Float64Array(2 * size)
    else scratch.fill(0, 0, size)
    space.describe(node.state, node.memory, actions, scratch)
    return scratch
  }

  function actionsOf(node: Node): readonly string[] {
    if (node.actions === undefined)
      node.actions = node.reward === undefined ? space.actions(node.state, node.memory) : NO_ACTIONS
    return node.actions
  }

  /** weights . features of each action. */
  function scoresOf(node: Node): number[] {
    const actions = actionsOf(node)
    if (node.sparse === undefined) {
      const rows = node.rows ?? describe(node, actions)
      if (node.sums === undefined) return dotRows(rows, weights, actions.length)
      node.sparse = pack(rows, actions.length)
    }
    return dotSparse(node.sparse, weights)
  }

  /** Index of a sampled action. */
  function draw(node: Node, temperature: number, random: RandomStream): number {
    const { length: count } = actionsOf(node)
    if (basis.temperature !== temperature) basis = { temperature }
    if (node.sums === undefined || node.basis !== basis) {
      const scores = scoresOf(node)
      if (node.sums === undefined) {
        if (used + count > block.length) {
          block = new Float64Array(Math.max(BLOCK, count))
          used = 0
        }
        node.sums = block
        node.at = used
        used += count
      }
      cumulate(scores, temperature, node.sums, node.at)
      node.basis = basis
    }
    return choose(node.sums, random.next(), count, node.at)
  }

  function follow(node: Node, action: string, index: number): Node {
    const { state, reward, done } = environment.step(node.state, action)
    return new LinearNode(node.tree, state, space.advance(node.memory, state), done ? reward : undefined, index)
  }

  function child(node: Node, index: number): Node {
    let last: Node | undefined
    for (let one = node.child; one !== undefined; one = one.sibling) {
      if (one.index === index) return one
      last = one
    }
    const made = follow(node, node.actions?.[index] as string, index) // drawn from these actions
    if (node.tree.size < MOST_NODES) {
      node.tree.size++
      if (last === undefined) node.child = made
      else last.sibling = made
    }
    return made
  }

  function rollout(start: Node, limit: number, temperature: number, random: RandomStream): Rollout {
    const actions: string[] = []
    let node = start
    while (node.reward === undefined && actions.length < limit) {
      const index = draw(node, temperature, random)
      actions.push(node.actions?.[index] as string) // drawn from these actions
      node = child(node, index)
    }
    return { actions, reward: node.reward ?? 0 }
  }

  return {
    name,
    fingerprint: fingerprintOf(space, weights),
    parameters: weights,
    begin(words: TaskWords) {
      const task = environment.task(words.id)
      if (task === undefined) throw new Error(`The data has no task ${words.id}.`)
      const state = environment.reset(task)
      return new LinearNode<S, M>({ size: 0 }, state, space.begin(state), undefined, -1)
    },
    propose(node, temperature, random): Proposal {
      const index = draw(node, temperature, random)
      const action = actionsOf(node)[index]
      if (action === undefined) throw new Error('The episode is over: there is nothing to propose.')
      return { action, text: writeReply(space.explain(node.state, node.memory, action), action) }
    },
    reply: (node, action) => writeReply(space.explain(node.state, node.memory, action), action),
    execute(node, { action }) {
      if (node.reward !== undefined) return node
      const index = actionsOf(node).indexOf(action)
      return index === -1 ? follow(node, action, index) : child(node, index)
    },
    outcome: (node) => (node.reward === undefined ? undefined : { reward: node.reward }),
    observe: (node) => environment.observe(node.state),
    rollouts: (node, limit, temperature, streams) => streams.map((random) => rollout(node, limit, temperature, random)),
    actions: actionsOf,
    logProbability(node, action, temperature) {
      const index = actionsOf(node).indexOf(action)
      return index === -1 ? Number.NEGATIVE_INFINITY : logShare(scoresOf(node), index, temperature)
    },
    addGradient(node, action, temperature, scale, into) {
      const actions = actionsOf(node)
      const index = actions.indexOf(action)
      if (index === -1) return Number.NEGATIVE_INFINITY
      const scores = scoresOf(node)
      const rows = describe(node, actions)
      for (let row = 0; row < actions.length; row++) {
        const share = exp(logShare(scores, row, temperature))
        const factor = (scale * ((row === index ? 1 : 0) - share)) / temperature
        for (let k = 0; k < width; k++) into[k] = (into[k] as number) + factor * (rows[row * width + k] as number)
      }
      return logShare(scores, index, temperature)
    },
    decision(node, action) {
      const actions = actionsOf(node)
      const chosen = actions.indexOf(action)
      if (chosen === -1) return undefined
      node.rows ??= keep(describe(node, actions), actions.length * width)
      return { rows: node.rows, count: actions.length, chosen }
    },
    withParameters: (parameters) => createLinearActor(environment, space, parameters, name),
  }
}
