/**
 * Preferences, made ready: since log pi = x . w - log Z(w), log pi(chosen) - log pi(rejected) is one dot product with the
 * difference of the features, minus the log Z of the states that only one side saw. Two actions of one state share its Z:
 * such a pair costs one dot product, at any number of actions.
 */
import type { Decision } from '../../policies/linear/decision.ts'
import {
  addRow,
  createPacker,
  dotRow,
  type SparseRows,
  softmaxOf,
  type Thinner,
} from '../../policies/linear/sparse-rows.ts'
import type { Rooms } from './rooms.ts'

/** One preference: action sequences as decisions (several for whole trajectories, one for a step). */
export interface Preference<D = Decision> {
  readonly chosen: readonly D[]
  readonly rejected: readonly D[]
  /** From 0; only its ratio to the other weights counts. */
  readonly weight: number
}

/** A state that one side saw more often than the other. */
interface Unshared {
  readonly rows: SparseRows
  /** Times among the chosen minus times among the rejected. */
  times: number
}

/** A preference, made ready: log pi(chosen) - log pi(rejected) = difference . w - sum of times * log Z(rows, w). */
export interface Contrast {
  /** A single row. */
  readonly difference: SparseRows
  readonly unshared: readonly Unshared[]
  /** log ref(chosen) - log ref(rejected). */
  readonly reference: number
  readonly chosen: readonly Decision[]
  /** The mean over all contrasts is 1. */
  readonly weight: number
  /** What one decision of the SFT term weighs. */
  readonly imitation: number
}

export function contrastsOf(
  preferences: readonly Preference[],
  reference: Readonly<Float64Array>,
  thin: Thinner,
  rooms: Rooms,
): readonly Contrast[] {
  const pack = createPacker(reference.length)
  return weighed(preferences).map(({ preference: { chosen, rejected }, weight, imitation }) => {
    const sum = new Float64Array(reference.length)
    const states = new Map<Readonly<Float64Array>, Unshared>()
    for (const decision of chosen) addDecision(decision, 1, sum, states, thin)
    for (const decision of rejected) addDecision(decision, -1, sum, states, thin)
    const difference = pack(sum, 1)
    const unshared = [...states.values()].filter(({ times }) => times !== 0)
    const ratio = logRatio({ difference, unshared }, reference, rooms)
    return { difference, unshared, reference: ratio, chosen, weight, imitation }
  })
}

/** A preference, and what it and one decision of its SFT term weigh: see `Contrast`. */
export interface Weighed extends Pick<Contrast, 'weight' | 'imitation'> {
  readonly preference: Preference
}

/** Without those that weigh nothing. @throws on a weight that is negative or not finite */
export function weighed(preferences: readonly Preference[]): readonly Weighed[] {
  for (const { weight } of preferences)
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) throw new Error(`A preference of weight ${weight}`)
  const counted = preferences.filter(({ weight }) => weight > 0)
  const all = counted.reduce((sum, { weight }) => sum + weight, 0)
  const decisions = counted.reduce((sum, { weight, chosen }) => sum + weight * chosen.length, 0)
  return counted.map((preference) => ({
    preference,
    weight: (preference.weight * counted.length) / all,
    imitation: decisions === 0 ? 0 : (preference.weight * counted.length) / decisions,
  }))
}

function addDecision(
  decision: Decision,
  sign: 1 | -1,
  difference: Float64Array,
  states: Map<Readonly<Float64Array>, Unshared>,
  thin: Thinner,
): void {
  const rows = thin(decision)
  addRow(rows, decision.chosen, sign, difference)
  const state = states.get(decision.rows)
  if (state === undefined) states.set(decision.rows, { rows, times: sign })
  else state.times += sign
}

/** log pi(chosen) - log pi(rejected), in nats. What the policy does in the unshared states is left in the rooms. */
export function logRatio(
  { difference, unshared }: Pick<Contrast, 'difference' | 'unshared'>,
  weights: Readonly<Float64Array>,
  rooms: Rooms,
): number {
  let ratio = dotRow(difference, 0, weights)
  for (let i = 0; i < unshared.length; i++) {
    const { rows, times } = unshared[i] as Unshared // i is inside
    ratio -= times * softmaxOf(rows, weights, rooms(i, rows.count)).logPartition
  }
  return ratio
}

/** Adds `scale` times the gradient of `logRatio`, which has just been found for these weights and left its rooms. */
export function addRatioGradient(
  { difference, unshared }: Contrast,
  scale: number,
  gradient: Float64Array,
  rooms: Rooms,
): void {
  addRow(difference, 0, scale, gradient)
  for (let i = 0; i < unshared.length; i++) {
    const { rows, times } = unshared[i] as Unshared // i is inside
    const { probabilities } = rooms(i, rows.count)
    for (let row = 0; row < rows.count; row++)
      addRow(rows, row, -scale * times * (probabilities[row] as number), gradient)
  }
}
