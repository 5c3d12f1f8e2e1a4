/**
 * A world whose conditions can be set one by one, which no real benchmark allows: episodes of a fixed number of steps, a
 * few of which are key steps. There one action is right; elsewhere no action matters. Every value has a closed form.
 *
 * The policy is a softmax over actions by position (one-hot features of a log-linear policy), so that what is learnt at a
 * position holds in every later episode, and nothing else does.
 */

import { exp, log } from '../../../core/elementary.ts'
import type { Actor, Proposal, Rollout } from '../../../core/exploration/actor.ts'
import type { RandomStream } from '../../../core/random.ts'
import { choose, cumulate } from '../../../policies/linear/softmax.ts'
import type { Replayer } from '../../../training/expert.ts'
import type { Preference } from '../../../training/objectives/pair-objective.ts'

/** `dense`: share of the key steps done right. `all`: 1 if all of them are, else 0. */
export const OUTCOMES = ['dense', 'all'] as const

/** What scores a candidate: outcomes of rollouts, or the state's exact value, at the cost of a rollout or of one call. */
export const SCORINGS = ['rollouts', 'exact', 'exact, one call'] as const

export interface KeySteps {
  readonly length: number
  /** Steps at which one action, the first, is right; counted from 0, ascending, at least one. */
  readonly keys: readonly number[]
  /** Actions at every step, from 2. */
  readonly actions: number
  readonly outcome: (typeof OUTCOMES)[number]
}

/** Where an episode is: all that its future depends on. */
export interface KeyPrefix {
  readonly step: number
  /** Key steps done right so far. */
  readonly right: number
}

export interface KeyStepsActor extends Actor<KeyPrefix>, Replayer<KeyPrefix> {
  begin(): KeyPrefix
  execute(prefix: KeyPrefix, proposal: Proposal): KeyPrefix
  rollouts(prefix: KeyPrefix, limit: number, temperature: number, streams: readonly RandomStream[]): Rollout[]
}

const RIGHT = 0

/** One key step in each stretch of `every` steps, at a place drawn there. `every` divides `length`. */
export function drawKeys(length: number, every: number, random: RandomStream): number[] {
  return Array.from({ length: length / every }, (_, i) => i * every + random.below(every))
}

/** Weights of the policy that is right with probability `p` at every key step, and indifferent otherwise. */
export function startWeights({ length, keys, actions }: KeySteps, p: number): Float64Array {
  const weights = new Float64Array(length * actions)
  for (const key of keys) weights[key * actions + RIGHT] = log((p * (actions - 1)) / (1 - p))
  return weights
}

/** Probability of the right action, for each key step. */
export function rightProbabilities({ keys, actions }: KeySteps, weights: Readonly<Float64Array>): number[] {
  return keys.map((key) => {
    const scores = Array.from(weights.subarray(key * actions, (key + 1) * actions))
    const top = Math.max(...scores)
    const shares = scores.map((score) => exp(score - top))
    return (shares[RIGHT] as number) / shares.reduce((sum, share) => sum + share, 0)
  })
}

/** The exact mean outcome reward of the policy's episodes that go on from a prefix, by default from the beginning. */
export function expectedReward(
  world: KeySteps,
  weights: Readonly<Float64Array>,
  { step, right }: KeyPrefix = { step: 0, right: 0 },
): number {
  const { keys, outcome } = world
  const ahead = rightProbabilities(world, weights).filter((_, i) => (keys[i] as number) >= step) // one for each key
  if (outcome === 'dense') return ahead.reduce((sum, p) => sum + p, right) / keys.length
  return right + ahead.length < keys.length ? 0 : ahead.reduce((product, p) => product * p, 1)
}

export function keyStepsActor(
  world: KeySteps,
  weights: Readonly<Float64Array>,
  scoring: (typeof SCORINGS)[number] = 'rollouts',
): KeyStepsActor {
  const { length, keys, actions } = world
  const isKey = Array.from({ length }, (_, step) => keys.includes(step))
  const names = Array.from({ length: actions }, (_, action) => `a${action}`)
  const rows = isKey.map((_, step) => {
    const features = new Float64Array(actions * weights.length)
    for (let action = 0; action < actions; action++) features[action * weights.length + step * actions + action] = 1
    return features
  })
  const sums = new Map<number, Float64Array[]>()
  /** For each step, the running sums of the actions' probabilities. */
  const sumsAt = (temperature: number): Float64Array[] => {
    const known = sums.get(temperature)
    if (known !== undefined) return known
    const made = isKey.map((_, step) =>
      cumulate(Array.from(weights.subarray(step * actions, (step + 1) * actions)), temperature),
    )
    sums.set(temperature, made)
    return made
  }
  const rewardOf = (right: number): number =>
    world.outcome === 'dense' ? right / keys.length : right === keys.length ? 1 : 0
  const follow = ({ step, right }: KeyPrefix, action: number): KeyPrefix => ({
    step: step + 1,
    right: right + (isKey[step] === true && action === RIGHT ? 1 : 0),
  })
  return {
    begin: () => ({ step: 0, right: 0 }),
    propose({ step }, temperature, random) {
      const action = names[choose(sumsAt(temperature)[step] as Float64Array, random.next())] as string
      return { text: action, action }
    },
    execute: (prefix, { action }) => follow(prefix, names.indexOf(action)),
    outcome: ({ step, right }) => (step === length ? { reward: rewardOf(right) } : undefined),
    observe: () => '',
    rollouts(prefix, limit, temperature, streams) {
      const sums = sumsAt(temperature)
      const value = scoring === 'rollouts' ? undefined : expectedReward(world, weights, prefix)
      const most = scoring === 'exact, one call' ? 1 : limit
      return streams.map((random) => {
        const taken: string[] = []
        let at = prefix
        while (at.step < length && taken.length < most) {
          const action = choose(sums[at.step] as Float64Array, random.next())
          taken.push(names[action] as string)
          at = follow(at, action)
        }
        return { actions: taken, reward: value ?? (at.step === length ? rewardOf(at.right) : 0) }
      })
    },
    decision({ step }, action) {
      const chosen = names.indexOf(action)
      return chosen === -1 || step >= length ? undefined : { rows: rows[step] as Float64Array, count: actions, chosen }
    },
  }
}

/** What a preference between two actions of one state is worth: `idle` where they are equally good. */
export function verdictOf(
  { keys, actions }: KeySteps,
  { chosen: [chosen], rejected: [rejected] }: Preference,
): 'ordered' | 'reversed' | 'idle' {
  if (chosen === undefined || rejected === undefined) throw new Error('A preference without a decision')
  const step = chosen.rows.indexOf(1) / actions // the first row is the first action's
  if (!keys.includes(step)) return 'idle'
  if (chosen.chosen === RIGHT) return 'ordered'
  return rejected.chosen === RIGHT ? 'reversed' : 'idle'
}
