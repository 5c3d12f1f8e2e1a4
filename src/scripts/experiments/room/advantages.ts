/** By how much each step of a group's episodes was better than expected, where values are exact or fitted. */
import type { TaskEvent } from '../../../core/log/events.ts'
import type { RandomStream } from '../../../core/random.ts'
import type { Decision } from '../../../policies/linear/decision.ts'
import type { LinearActor, LinearNode } from '../../../policies/linear/linear-actor.ts'
import { createThinner, softmaxOf, type Thinner } from '../../../policies/linear/sparse-rows.ts'
import { leaveOneOut } from '../../../training/objectives/advantages.ts'
import type { ValuedEpisode } from '../../../training/study/sampled-episodes.ts'
import { fittedValues, risesAhead } from './fitted-values.ts'
import { EXACT_ROLLOUTS, FITTING } from './ways.ts'

type Node = LinearNode<unknown, unknown>

interface Played {
  /** Before each action, and after the last. */
  readonly nodes: readonly Node[]
  readonly decisions: readonly Decision[]
  readonly reward: number
}

/** The episodes of one task, played again. Every action is one that the policy drew there. */
function played(actor: LinearActor, events: readonly TaskEvent[]): readonly Played[] {
  const [first] = events
  if (first?.type !== 'task-started') return []
  const start = actor.begin({ id: first.taskId, instruction: first.instruction })
  return events.flatMap((event) => {
    if (event.type !== 'rollout-finished') return []
    const nodes = [start]
    const decisions: Decision[] = []
    let node = start
    for (const action of event.actions) {
      const decision = actor.decision(node, action)
      if (decision === undefined) throw new Error(`The policy never takes ${action} there`)
      decisions.push(decision)
      node = actor.execute(node, { text: '', action })
      nodes.push(node)
    }
    return { nodes, decisions, reward: event.reward }
  })
}

export interface ExactEpisode extends ValuedEpisode<Decision> {
  /** Policy calls that a rollout from after each of its actions takes, on average, summed. */
  readonly ahead: number
}

/** Advantages by values that count as exact: each of so many rollouts, which nobody pays for. */
export function exactAdvantages(stepLimit: number, random: RandomStream) {
  let states = 0
  return (actor: LinearActor, events: readonly TaskEvent[]): readonly ExactEpisode[] => {
    const known = new Map<Node, number>()
    const lengths = new Map<Node, number>()
    const value = (node: Node, depth: number): number => {
      const end = actor.outcome(node)?.reward ?? (depth >= stepLimit ? 0 : known.get(node))
      if (end !== undefined) return end
      const state = random.child(states++)
      const streams = Array.from({ length: EXACT_ROLLOUTS }, (_, i) => state.child(i))
      const outcomes = actor.rollouts(node, stepLimit - depth, 1, streams)
      const mean = outcomes.reduce((sum, { reward }) => sum + reward, 0) / EXACT_ROLLOUTS
      known.set(node, mean)
      lengths.set(node, outcomes.reduce((sum, { actions }) => sum + actions.length, 0) / EXACT_ROLLOUTS)
      return mean
    }
    return played(actor, events).map(({ nodes, decisions }) => {
      const advantages = risesAhead(nodes.map(value), 0)
      const ahead = nodes.slice(1).reduce((sum, node) => sum + (lengths.get(node) ?? 0), 0)
      return { decisions, advantages, ahead }
    })
  }
}

/** Advantages by values fitted to the features of what was met before; `learnt` takes in what has been met since. */
export function fittedAdvantages(width: number, stepLimit: number, maxReward: number) {
  const values = fittedValues(width + 5, FITTING)
  const thin = createThinner(width)
  let met: { readonly features: Float64Array; readonly outcome: number }[] = []
  return {
    of(actor: LinearActor, events: readonly TaskEvent[]): readonly ValuedEpisode<Decision>[] {
      const episodes = played(actor, events)
      const others = leaveOneOut(episodes.map(({ reward }) => reward))
      return episodes.map(({ decisions, reward }, i) => {
        const elsewhere = reward - (others[i] as number) // what the others of the group earned
        const states = decisions.map((decision, step) =>
          featuresOf(decision, actor.parameters, step / stepLimit, elsewhere, thin),
        )
        for (const features of states) met.push({ features, outcome: reward })
        const expected = states.map((features) => Math.min(maxReward, Math.max(0, values.at(features) ?? elsewhere)))
        return { decisions, advantages: risesAhead([...expected, reward], FITTING.lambda) }
      })
    },
    learnt(): void {
      values.learn(met)
      met = []
    },
  }
}

/** What the policy expects to do in a state, how far the episode is (0 to 1), and how the task goes elsewhere. */
function featuresOf(
  decision: Decision,
  weights: Readonly<Float64Array>,
  progress: number,
  elsewhere: number,
  thin: Thinner,
): Float64Array {
  const width = weights.length
  const features = new Float64Array(width + 5)
  const rows = thin(decision)
  const { probabilities } = softmaxOf(rows, weights)
  for (let row = 0; row < rows.count; row++) {
    const to = rows.starts[rows.first + row + 1] as number
    for (let at = rows.starts[rows.first + row] as number; at < to; at++) {
      const column = rows.columns[at] as number
      features[column] = (features[column] as number) + (probabilities[row] as number) * (rows.values[at] as number)
    }
  }
  features.set([1, progress, progress * progress, elsewhere, elsewhere * progress], width)
  return features
}
