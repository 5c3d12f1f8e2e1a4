/**
 * Stage 3 of RRO: direct preference optimisation (Rafailov et al., 2023) of a log-linear policy, with exact gradients, on
 * single steps and on whole trajectories (as ETO does), optionally with the SFT term of IPR, and with an anchor.
 *
 *   L = - sum_i w_i log sigmoid(beta margin_i) / sum_i w_i  -  sftWeight sum_i w_i log pi(chosen_i) / sum_i w_i T_i
 *       + klWeight mean_s KL(ref(. | s) || pi(. | s))
 *   margin = [log pi(chosen) - log ref(chosen)] - [log pi(rejected) - log ref(rejected)]
 *
 * A trajectory's log pi is the sum over its decisions; T_i is their number in chosen_i. Since log pi = x . w - log Z(w),
 * log pi(chosen) - log pi(rejected) is one dot product with the difference of the features, minus the log Z of the states
 * that only one side saw. Two actions of one state share its Z: such a pair costs one dot product, at any number of actions.
 *
 * The anchor holds the policy where no pair speaks. Preferences see differences of features only, so weights that no pair
 * contradicts drift, until a sharp policy forgets to buy. Its states s are those that the exploration visited; the
 * gradient is sum_a (pi(a | s) - ref(a | s)) x_a.
 */
import { DEFAULT_TRAINING } from '../../core/comparison/comparison-numbers.ts'
import { exp, log1p } from '../../core/elementary.ts'
import type { RandomStream } from '../../core/random.ts'
import type { Decision } from '../../policies/linear/decision.ts'
import {
  addRow,
  createPacker,
  createThinner,
  dotRow,
  emptySoftmax,
  type Softmax,
  type SparseRows,
  softmaxOf,
} from '../../policies/linear/sparse-rows.ts'
import { type DescentOptions, descending, drained } from '../adam.ts'
import { pullTowards } from '../sft.ts'

/** One preference: action sequences as decisions (several for whole trajectories, one for a step). */
export interface Preference {
  readonly chosen: readonly Decision[]
  readonly rejected: readonly Decision[]
  /** From 0; only its ratio to the other weights counts. */
  readonly weight: number
}

export interface DpoObjective {
  /** How strongly the reference policy holds the new one, > 0: the temperature of the implied reward. */
  readonly beta: number
  /** Weight of the mean of -log pi over the chosen decisions. */
  readonly sftWeight: number
  /** Weight of the mean of KL(reference || policy) over the anchors, in nats. */
  readonly klWeight: number
}

export type DpoOptions = DpoObjective & DescentOptions

export const DPO_DEFAULTS: DpoOptions = { ...DEFAULT_TRAINING, batchSize: 32, averaging: 0.5 }

/** A state that the exploration visited: its actions. */
export type Anchor = Pick<Decision, 'rows' | 'count'>

/** An anchor, made ready. */
interface Held {
  readonly rows: SparseRows
  /** What the reference does there. */
  readonly reference: Softmax
}

type Thinner = ReturnType<typeof createThinner>

/** Room number `i` for what the policy does in a state of `count` actions. */
type Rooms = (i: number, count: number) => Softmax

/** Few rooms that are used again and again stay near at hand. */
function createRooms(): Rooms {
  const rooms: Softmax[] = []
  return (i, count) => {
    let room = rooms[i]
    if (room === undefined || room.scores.length < count) {
      room = emptySoftmax(2 * count)
      rooms[i] = room
    }
    return room
  }
}

function heldOf(anchors: readonly Anchor[], reference: Readonly<Float64Array>, thin: Thinner): readonly Held[] {
  return anchors.map((anchor) => {
    const rows = thin(anchor)
    return { rows, reference: softmaxOf(rows, reference) }
  })
}

/** Adds `scale` times the gradient of the mean of KL(reference || policy) to `gradient`; returns that mean, in nats. */
function addDivergence(
  anchors: readonly Held[],
  weights: Readonly<Float64Array>,
  scale: number,
  gradient: Float64Array,
  rooms: Rooms,
): number {
  let sum = 0
  for (const { rows, reference } of anchors) {
    const { scores, logPartition, probabilities } = softmaxOf(rows, weights, rooms(0, rows.count))
    sum += logPartition - reference.logPartition
    for (let row = 0; row < rows.count; row++) {
      const held = reference.probabilities[row] as number
      sum += held * ((reference.scores[row] as number) - (scores[row] as number))
      addRow(rows, row, (scale / anchors.length) * ((probabilities[row] as number) - held), gradient)
    }
  }
  return anchors.length === 0 ? 0 : sum / anchors.length
}

/** A state that one side saw more often than the other. */
interface Unshared {
  readonly rows: SparseRows
  /** Times among the chosen minus times among the rejected. */
  times: number
}

/** A preference, made ready: log pi(chosen) - log pi(rejected) = difference . w - sum of times * log Z(rows, w). */
interface Contrast {
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

function contrastsOf(
  preferences: readonly Preference[],
  reference: Readonly<Float64Array>,
  thin: Thinner,
  rooms: Rooms,
): readonly Contrast[] {
  const pack = createPacker(reference.length)
  for (const { weight } of preferences)
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) throw new Error(`A preference of weight ${weight}`)
  const counted = preferences.filter(({ weight }) => weight > 0)
  const all = counted.reduce((sum, { weight }) => sum + weight, 0)
  const decisions = counted.reduce((sum, { weight, chosen }) => sum + weight * chosen.length, 0)
  return counted.map(({ chosen, rejected, weight }) => {
    const sum = new Float64Array(reference.length)
    const states = new Map<Readonly<Float64Array>, Unshared>()
    for (const decision of chosen) addDecision(decision, 1, sum, states, thin)
    for (const decision of rejected) addDecision(decision, -1, sum, states, thin)
    const difference = pack(sum, 1)
    const unshared = [...states.values()].filter(({ times }) => times !== 0)
    const share = (weight * counted.length) / all
    const imitation = decisions === 0 ? 0 : (weight * counted.length) / decisions
    const ratio = logRatio({ difference, unshared }, reference, rooms)
    return { difference, unshared, reference: ratio, chosen, weight: share, imitation }
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

/** The mean loss over some contrasts and some anchors; its gradient is written into `gradient`. */
function meanLoss(
  contrasts: readonly Contrast[],
  anchors: readonly Held[],
  weights: Readonly<Float64Array>,
  { beta, sftWeight, klWeight }: DpoObjective,
  gradient: Float64Array,
  rooms: Rooms,
): number {
  gradient.fill(0)
  const share = 1 / Math.max(1, contrasts.length)
  let loss = klWeight === 0 ? 0 : klWeight * addDivergence(anchors, weights, klWeight, gradient, rooms)
  for (const contrast of contrasts) {
    const ratio = logRatio(contrast, weights, rooms)
    const z = beta * (ratio - contrast.reference)
    // Neither overflows: -log sigmoid(z) = log(1 + exp(-z)), and its derivative -sigmoid(-z).
    const tail = exp(-Math.abs(z))
    loss += share * contrast.weight * (Math.max(0, -z) + log1p(tail))
    const slope = (z < 0 ? 1 : tail) / (1 + tail)
    addRatioGradient(contrast, -share * contrast.weight * beta * slope, gradient, rooms)
    if (sftWeight === 0) continue
    const scale = sftWeight * share * contrast.imitation
    for (const decision of contrast.chosen) loss -= scale * pullTowards(decision, weights, scale, gradient)
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
  const contrasts = contrastsOf(preferences, reference, thin, rooms)
  return meanLoss(contrasts, heldOf(anchors, reference, thin), weights, objective, gradient, rooms)
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
  return descending(
    contrastsOf(preferences, reference, thin, rooms),
    reference,
    random,
    options,
    (batch, weights, gradient, held) => meanLoss(batch, held, weights, options, gradient, rooms),
    heldOf(options.klWeight === 0 ? [] : anchors, reference, thin),
  )
}
