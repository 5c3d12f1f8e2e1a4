/**
 * Stage 3 of RRO: direct preference optimisation (Rafailov et al., 2023) of a log-linear policy, with exact gradients, on
 * single steps and on whole trajectories (as ETO does), optionally with the SFT term of IPR, and with an anchor. IPO and KTO
 * (../objectives/pair-objective.ts) put another loss in the first term's place; the other terms stay.
 *
 *   L = - sum_i w_i log sigmoid(beta margin_i) / sum_i w_i  -  sftWeight sum_i w_i log pi(chosen_i) / sum_i w_i T_i
 *       + klWeight mean_s KL(ref(. | s) || pi(. | s))
 *   margin = [log pi(chosen) - log ref(chosen)] - [log pi(rejected) - log ref(rejected)]
 *
 * A trajectory's log pi is the sum over its decisions; T_i is their number in chosen_i.
 *
 * The anchor holds the policy where no pair speaks. Preferences see differences of features only, so weights that no pair
 * contradicts drift, until a sharp policy forgets to buy. Its states s are those that the exploration visited.
 */
import { DEFAULT_TRAINING } from '../../core/comparison/comparison-numbers.ts'
import type { RandomStream } from '../../core/random.ts'
import { createThinner } from '../../policies/linear/sparse-rows.ts'
import { type DescentOptions, descending, drained } from '../adam.ts'
import { type PairObjective, type Preference, pairLoss } from '../objectives/pair-objective.ts'
import { type Anchor, addDivergence, type Held, heldOf } from './anchors.ts'
import { type Contrast, contrastsOf, pairPolicy } from './contrasts.ts'
import { type Labelled, labelledOf, linearKtoLoss } from './kto.ts'
import { createRooms, type Rooms } from './rooms.ts'

export interface DpoObjective extends PairObjective {
  /** Weight of the mean of KL(reference || policy) over the anchors, in nats. */
  readonly klWeight: number
}

export type DpoOptions = DpoObjective & DescentOptions

export const DPO_DEFAULTS: DpoOptions = { ...DEFAULT_TRAINING, batchSize: 32, averaging: 0.5 }

/** The mean loss over preferences, made ready, and anchors; its gradient is written into `gradient`. */
type MeanLoss<T> = (
  batch: readonly T[],
  weights: Readonly<Float64Array>,
  gradient: Float64Array,
  anchors: readonly Held[],
) => number

function meanLossOf(objective: DpoObjective, rooms: Rooms): MeanLoss<Contrast> {
  return anchored(objective, rooms, (contrasts, weights, gradient) => {
    const policy = pairPolicy(weights, gradient, rooms)
    return pairLoss(contrasts, policy, objective, 1 / Math.max(1, contrasts.length)).loss
  })
}

/** The same with KTO's loss in the place of the first term. */
function meanKtoLossOf(objective: DpoObjective, rooms: Rooms): MeanLoss<Labelled> {
  return anchored(objective, rooms, (labelled, weights, gradient) =>
    linearKtoLoss(labelled, objective, weights, gradient, rooms),
  )
}

/** With the divergence from the reference in the states of the anchors. */
function anchored<T>(
  { klWeight }: DpoObjective,
  rooms: Rooms,
  lossOf: (batch: readonly T[], weights: Readonly<Float64Array>, gradient: Float64Array) => number,
): MeanLoss<T> {
  return (batch, weights, gradient, anchors) => {
    gradient.fill(0)
    const held = klWeight === 0 ? 0 : klWeight * addDivergence(anchors, weights, klWeight, gradient, rooms)
    return held + lossOf(batch, weights, gradient)
  }
}

/**
 * The loss of `weights` on all preferences and anchors, in nats; 0 of none. Its gradient is written into `gradient`.
 * @param reference weights of the frozen reference policy
 * @throws on a weight that is negative or not finite
 */
export function dpoLoss(
  preferences: readonly Preference[],
  weights: Readonly<Float64Array>,
  reference: Readonly<Float64Array>,
  objective: DpoObjective,
  gradient: Float64Array,
  anchors: readonly Anchor[] = [],
): number {
  const thin = createThinner(weights.length)
  const rooms = createRooms()
  const held = heldOf(anchors, reference, thin)
  if (objective.loss === 'kto')
    return meanKtoLossOf(objective, rooms)(labelledOf(preferences, reference, thin), weights, gradient, held)
  return meanLossOf(objective, rooms)(contrastsOf(preferences, reference, thin, rooms), weights, gradient, held)
}

/**
 * New weights, fitted to preferences from the reference on. Without preferences (or when all weigh 0) these are the
 * reference's.
 * @param random decides the order of the mini-batches
 * @param anchors walked once an epoch alongside the preferences; not looked at where `klWeight` is 0
 * @throws on a weight that is negative or not finite
 */
export function optimise(...given: Parameters<typeof optimising>): Float64Array {
  return drained(optimising(...given))
}

/** `optimise` in slices: yields the share that is done, from 0 to 1. */
export function optimising(
  preferences: readonly Preference[],
  reference: Readonly<Float64Array>,
  random: RandomStream,
  options: DpoOptions = DPO_DEFAULTS,
  anchors: readonly Anchor[] = [],
): Generator<number, Float64Array, void> {
  const thin = createThinner(reference.length)
  const rooms = createRooms()
  const held = heldOf(options.klWeight === 0 ? [] : anchors, reference, thin)
  if (options.loss === 'kto')
    return descending(
      labelledOf(preferences, reference, thin),
      ...([reference, random, options, meanKtoLossOf(options, rooms), held] as const),
    )
  return descending(
    contrastsOf(preferences, reference, thin, rooms),
    ...([reference, random, options, meanLossOf(options, rooms), held] as const),
  )
}
