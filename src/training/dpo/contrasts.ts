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
import { type PairPolicy, type Preference, type ReadyPair, weighed } from '../objectives/pair-objective.ts'
import { imitate, type Taken, takenOf } from '../sft.ts'
import type { Rooms } from './rooms.ts'

/** A state that one side saw more often than the other. */
interface Unshared {
  readonly rows: SparseRows
  /** Times among the chosen minus times among the rejected. */
  times: number
}

/** A preference, made ready: log pi(chosen) - log pi(rejected) = difference . w - sum of times * log Z(rows, w). */
export interface Contrast extends ReadyPair {
  /** A single row. */
  readonly difference: SparseRows
  readonly unshared: readonly Unshared[]
  readonly chosen: readonly Taken[]
}

export function contrastsOf(
  preferences: readonly Preference[],
  reference: Readonly<Float64Array>,
  thin: Thinner,
  rooms: Rooms,
): readonly Contrast[] {
  const pack = createPacker(reference.length)
  const sum = new Float64Array(reference.length)
  return weighed(preferences).map(({ preference: { chosen, rejected }, weight, imitation }) => {
    sum.fill(0)
    const states = new Map<Readonly<Float64Array>, Unshared>()
    for (const decision of chosen) addDecision(decision, 1, sum, states, thin)
    for (const decision of rejected) addDecision(decision, -1, sum, states, thin)
    const difference = pack(sum, 1)
    const unshared = [...states.values()].filter(({ times }) => times !== 0)
    const ratio = logRatio({ difference, unshared }, reference, rooms)
    return { difference, unshared, reference: ratio, chosen: takenOf(chosen, thin), weight, imitation }
  })
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

/** The log-linear policy as losses of pairs see it. */
export function pairPolicy(
  weights: Readonly<Float64Array>,
  gradient: Float64Array,
  rooms: Rooms,
): PairPolicy<Contrast> {
  return {
    pullPair(contrast, slopeAt, imitation) {
      const slope = slopeAt(logRatio(contrast, weights, rooms))
      addRatioGradient(contrast, slope, gradient, rooms)
      return imitation === 0 ? 0 : imitate(contrast.chosen, weights, imitation, gradient)
    },
  }
}

/** log pi(chosen) - log pi(rejected), in nats. What the policy does in the unshared states is left in the rooms. */
function logRatio(
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
function addRatioGradient(
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
