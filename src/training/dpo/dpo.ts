/**
 * Stage 3 of RRO: direct preference optimisation (Rafailov et al., 2023) of a log-linear policy, with exact gradients, on
 * single steps and on whole trajectories (as ETO does), optionally with the SFT term of IPR, and with an anchor. IPO and KTO
 * (../objectives/pair-losses.ts, kto.ts) put another loss in the first term's place; the other terms stay.
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
import type { PairLoss } from '../../core/comparison/comparison.ts'
import { DEFAULT_TRAINING } from '../../core/comparison/comparison-numbers.ts'
import type { RandomStream } from '../../core/random.ts'
import { createThinner } from '../../policies/linear/sparse-rows.ts'
import { type DescentOptions, descending, drained } from '../adam.ts'
import { dpoAt, ipoAt, type LossAt } from '../objectives/pair-losses.ts'
import { pullTowards } from '../sft.ts'
import { type Anchor, addDivergence, type Held, heldOf } from './anchors.ts'
import { addRatioGradient, type Contrast, contrastsOf, logRatio, type Preference } from './contrasts.ts'
import { type Labelled, labelledOf, meanKtoLoss } from './kto.ts'
import { createRooms, type Rooms } from './rooms.ts'

export interface DpoObjective {
  /** What a preference costs; DPO where it is not said. */
  readonly loss?: PairLoss
  /** How strongly the reference policy holds the new one, > 0: the temperature of the implied reward; IPO's tau. */
  readonly beta: number
  /** Weight of the mean of -log pi over the chosen decisions. */
  readonly sftWeight: number
  /** Weight of the mean of KL(reference || policy) over the anchors, in nats. */
  readonly klWeight: number
}

export type DpoOptions = DpoObjective & DescentOptions

export const DPO_DEFAULTS: DpoOptions = { ...DEFAULT_TRAINING, batchSize: 32, averaging: 0.5 }

/** The mean loss over some contrasts and some anchors; its gradient is written into `gradient`. */
function meanLoss(
  contrasts: readonly Contrast[],
  anchors: readonly Held[],
  weights: Readonly<Float64Array>,
  { loss: kind, beta, sftWeight, klWeight }: DpoObjective,
  gradient: Float64Array,
  rooms: Rooms,
): number {
  gradient.fill(0)
  const share = 1 / Math.max(1, contrasts.length)
  const lossAt = kind === 'ipo' ? ipoAt : dpoAt
  const at: LossAt = { loss: 0, pull: 0 }
  let loss = klWeight === 0 ? 0 : klWeight * addDivergence(anchors, weights, klWeight, gradient, rooms)
  for (const contrast of contrasts) {
    const ratio = logRatio(contrast, weights, rooms)
    lossAt(beta * (ratio - contrast.reference), beta, at)
    loss += share * contrast.weight * at.loss
    addRatioGradient(contrast, -share * contrast.weight * beta * at.pull, gradient, rooms)
    if (sftWeight === 0) continue
    const scale = sftWeight * share * contrast.imitation
    for (const decision of contrast.chosen) loss -= scale * pullTowards(decision, weights, scale, gradient)
  }
  return loss
}

/** The same with KTO's loss in the place of the first term. */
function meanLabelledLoss(
  labelled: readonly Labelled[],
  anchors: readonly Held[],
  weights: Readonly<Float64Array>,
  { beta, sftWeight, klWeight }: DpoObjective,
  gradient: Float64Array,
  rooms: Rooms,
): number {
  gradient.fill(0)
  let loss = klWeight === 0 ? 0 : klWeight * addDivergence(anchors, weights, klWeight, gradient, rooms)
  loss += meanKtoLoss(labelled, weights, beta, gradient, rooms)
  if (sftWeight === 0) return loss
  for (const { preference, imitation } of labelled) {
    const scale = (sftWeight * imitation) / labelled.length
    for (const decision of preference.chosen) loss -= scale * pullTowards(decision, weights, scale, gradient)
  }
  return loss
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
    return meanLabelledLoss(labelledOf(preferences, reference, thin), held, weights, objective, gradient, rooms)
  return meanLoss(contrastsOf(preferences, reference, thin, rooms), held, weights, objective, gradient, rooms)
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
      reference,
      random,
      options,
      (batch, weights, gradient, held) => meanLabelledLoss(batch, held, weights, options, gradient, rooms),
      held,
    )
  return descending(
    contrastsOf(preferences, reference, thin, rooms),
    reference,
    random,
    options,
    (batch, weights, gradient, held) => meanLoss(batch, held, weights, options, gradient, rooms),
    held,
  )
}
