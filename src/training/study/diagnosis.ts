/**
 * What only a simulator can know of an exploration: whether what it took for a rise was one, and whether its pairs are in
 * order, held against the mean of many more rollouts, which no budget pays for; and how often rewards rise along a
 * policy's own episodes (RRO, arXiv 2505.20737, last table).
 */

import type { RisingShare } from '../../core/comparison/cell.ts'
import type { Actor, TaskWords } from '../../core/exploration/actor.ts'
import { exactReward, processReward } from '../../core/exploration/process-reward.ts'
import type { RunEvent } from '../../core/log/events.ts'
import type { RandomStream } from '../../core/random.ts'
import type { LinearActor, LinearNode } from '../../policies/linear/linear-actor.ts'
import { choose, cumulate, dotRows } from '../../policies/linear/softmax.ts'

/** A state, as the actions that lead to it. */
interface Place {
  readonly taskId: string
  readonly path: readonly string[]
}

/** An accepted action that rose, as the exploration saw it. */
export interface Accepted extends Place {
  readonly action: string
  readonly estimate: number
}

export interface Compared extends Place {
  readonly chosen: string
  readonly rejected: string
}

/** What there is to check in the events of one task. Whole trajectories are not: their outcomes are exact. */
export function probesOf(events: readonly RunEvent[]): { accepted: Accepted[]; pairs: Compared[] } {
  const accepted: Accepted[] = []
  const pairs: Compared[] = []
  let taskId = ''
  let path: readonly string[] = []
  let after: readonly string[] = []
  let actions: (string | undefined)[] = []
  let risen = new Map<number, number>()
  const compare = (at: readonly string[], chosen: string | undefined, rejected: string | undefined): void => {
    if (chosen !== undefined && rejected !== undefined) pairs.push({ taskId, path: at, chosen, rejected })
  }
  for (const event of events) {
    switch (event.type) {
      case 'task-started':
        taskId = event.taskId
        path = after = []
        break
      case 'step-started':
        path = after
        actions = []
        risen = new Map()
        break
      case 'candidate-proposed':
        actions[event.candidate] = event.action
        break
      case 'candidate-scored':
        if (event.rises) risen.set(event.candidate, event.reward)
        break
      case 'step-decided': {
        const action = actions[event.continued]
        const estimate = risen.get(event.continued)
        if (action === undefined) break
        if (estimate !== undefined && event.reason !== 'expert') accepted.push({ taskId, path, action, estimate })
        after = [...path, action]
        break
      }
      case 'pair-made':
        compare(path, actions[event.chosen], actions[event.rejected])
        break
      case 'branch-pair-made':
        compare([...path, ...event.after.map(({ action }) => action)], event.chosen.action, event.rejected.action)
        break
    }
  }
  return { accepted, pairs }
}

export interface Values {
  readonly temperature: number
  readonly stepLimit: number
  /** Rollouts behind one value. */
  readonly rollouts: number
}

/**
 * Values of states and actions under one policy, by Monte Carlo.
 * @param actor the policy that explored
 */
export function createValues<S, M>(actor: LinearActor<S, M>, { temperature, stepLimit, rollouts }: Values) {
  type Node = LinearNode<S, M>
  const at = ({ taskId, path }: Place): Node =>
    path.reduce(
      (node, action) => actor.execute(node, { text: '', action }),
      actor.begin({ id: taskId, instruction: '' }),
    )

  function value(node: Node, depth: number, random: RandomStream, count = rollouts): number {
    const end = actor.outcome(node) ?? (depth >= stepLimit ? { reward: 0 } : undefined)
    if (end !== undefined) return end.reward
    const streams = Array.from({ length: count }, (_, i) => random.child(i))
    const outcomes = actor.rollouts(node, stepLimit - depth, temperature, streams).map(({ reward }) => reward)
    return outcomes.reduce((sum, outcome) => sum + outcome, 0) / count
  }

  return {
    at,
    /** Of an action in a state. */
    of(place: Place, node: Node, action: string, random: RandomStream): number {
      return value(actor.execute(node, { text: '', action }), place.path.length + 1, random)
    },
    /**
     * Of what the policy does there if it does not take an action: V(s) = pi(a) Q(a) + (1 - pi(a)) others, so Q(a) is
     * below V(s) exactly if it is below this, which many rollouts tell apart where V(s) and Q(a) are all but the same.
     * Undefined where it always takes the action.
     */
    ofOthers(place: Place, node: Node, action: string, random: RandomStream): number | undefined {
      const decision = actor.decision(node, action)
      if (decision === undefined) return value(node, place.path.length, random)
      const cumulative = cumulate(dotRows(decision.rows, actor.parameters, decision.count), temperature)
      const low = cumulative[decision.chosen - 1] ?? 0
      const share = (cumulative[decision.chosen] as number) - low // chosen is a row
      if (share > 1 - 1e-9) return undefined
      const times = new Map<number, number>()
      for (let i = 0; i < rollouts; i++) {
        const rest = random.next() * (1 - share)
        const row = choose(cumulative, rest < low ? rest : rest + share)
        if (row !== decision.chosen) times.set(row, (times.get(row) ?? 0) + 1)
      }
      const actions = actor.actions(node)
      let sum = 0
      let count = 0
      for (const [row, drawn] of times) {
        const next = actor.execute(node, { text: '', action: actions[row] as string }) // rows are actions
        sum += drawn * value(next, place.path.length + 1, random.child('other', row), drawn)
        count += drawn
      }
      return count === 0 ? undefined : sum / count
    },
  }
}

/** How many of the accepted are exactly below the value of the state they were taken in, and how far off they were seen. */
export function checkRises<S, M>(
  actor: LinearActor<S, M>,
  accepted: readonly Accepted[],
  random: RandomStream,
  options: Values,
): { risesChecked: number; falseRises: number; acceptedBias: number | undefined } {
  const values = createValues(actor, options)
  let falseRises = 0
  let bias = 0
  for (const [i, place] of accepted.entries()) {
    const node = values.at(place)
    const exact = values.of(place, node, place.action, random.child(i, 'action'))
    const others = values.ofOthers(place, node, place.action, random.child(i, 'others'))
    if (others !== undefined && exact < others - 1e-9) falseRises++
    bias += place.estimate - exact
  }
  const acceptedBias = accepted.length === 0 ? undefined : bias / accepted.length
  return { risesChecked: accepted.length, falseRises, acceptedBias }
}

/** How many pairs are in the order of the exact values. */
export function checkPairs<S, M>(
  actor: LinearActor<S, M>,
  pairs: readonly Compared[],
  random: RandomStream,
  options: Values,
): { pairsChecked: number; pairsOrdered: number } {
  const values = createValues(actor, options)
  let pairsOrdered = 0
  for (const [i, place] of pairs.entries()) {
    const node = values.at(place)
    const chosen = values.of(place, node, place.chosen, random.child(i, 'chosen'))
    if (chosen > values.of(place, node, place.rejected, random.child(i, 'rejected'))) pairsOrdered++
  }
  return { pairsChecked: pairs.length, pairsOrdered }
}

/**
 * One episode of each task, with a process reward of `rollouts` rollouts after every action; the first action is compared
 * with the value of the empty prefix, estimated alike.
 */
export async function risingShare<P>(
  actor: Actor<P>,
  tasks: readonly TaskWords[],
  random: RandomStream,
  { temperature, stepLimit, rollouts }: Values,
): Promise<RisingShare> {
  const steps = [0, 0, 0]
  const rising = [0, 0, 0]
  const notFalling = [0, 0, 0]
  for (const task of tasks) {
    const streams = random.child(task.id)
    const reward = async (prefix: P, depth: number): Promise<number> => {
      const end = actor.outcome(prefix) ?? (depth >= stepLimit ? { reward: 0 } : undefined)
      if (end !== undefined) return exactReward(end.reward).mean
      const each = Array.from({ length: rollouts }, (_, i) => streams.child('rollout', depth, i))
      const finished = await actor.rollouts(prefix, stepLimit - depth, temperature, each)
      return processReward(finished.map((rollout) => rollout.reward)).mean
    }
    let prefix = actor.begin(task)
    const [episode] = await actor.rollouts(prefix, stepLimit, temperature, [streams.child('episode')])
    const actions = episode?.actions ?? []
    let before = await reward(prefix, 0)
    for (const [i, action] of actions.entries()) {
      prefix = actor.execute(prefix, { text: '', action })
      const after = await reward(prefix, i + 1)
      const third = Math.floor((3 * i) / actions.length)
      add(steps, third)
      if (after > before) add(rising, third)
      if (after >= before) add(notFalling, third)
      before = after
    }
  }
  const share = (count: number, third: number): number | undefined =>
    steps[third] === 0 ? undefined : count / (steps[third] as number)
  return { rising: rising.map(share), notFalling: notFalling.map(share) }
}

function add(counts: number[], at: number): void {
  counts[at] = (counts[at] as number) + 1 // three thirds
}
