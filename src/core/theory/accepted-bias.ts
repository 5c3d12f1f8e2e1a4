/**
 * The winner's curse of reward rising sampling: an estimate that was accepted because it rose is too high on average,
 * and it becomes the next bar. For m = 1, 2, ... rollouts a candidate: the probability that a draw's estimate rises, the
 * expected error of an accepted one, and how often its exact value does not rise. Draws of a step are alike and
 * independent, so none of this depends on K.
 *
 *   bias(m) = sum_a pi(a) E[(estimate - r(a)); estimate rises] / sum_a pi(a) P(estimate rises)
 */

import { roundReward } from '../exploration/process-reward.ts'
import type { RandomStream } from '../random.ts'
import { type Law, lawMean, meanLaws } from './mean-law.ts'
import { type ActionChance, drawOutcome, type RiseQuestion, risesAt } from './theory.ts'

export interface Acceptance {
  /** Rollouts that score a candidate. */
  readonly m: number
  /** P(the estimate of a draw rises). */
  readonly probability: number
  /** E[estimate - exact value | it rises]; undefined where none ever rises. */
  readonly bias: number | undefined
  /** Of the bias: 0 where it was enumerated, positive where it was simulated. */
  readonly standardError: number
  /** P(the exact value does not rise | the estimate does); undefined where none ever rises. */
  readonly falseRise: number | undefined
  /** P(the estimate does not rise | the exact value does); undefined where none does. */
  readonly missedRise: number | undefined
}

/** Simulated estimates of one action, where its law cannot be enumerated. */
const SIMULATED = 4000

/** Of one action's estimate x with exact value r, over the cases where it rises: P, E[x - r], E[(x - r)^2]. */
interface Moments {
  readonly probability: number
  readonly error: number
  readonly square: number
  /** Simulated estimates behind it; 0 where it is exact. */
  readonly simulated: number
}

/** For m = 1 to `most`, in this order. @param random only drawn from where enumeration is out of reach */
export function acceptances(
  actions: readonly ActionChance[],
  question: RiseQuestion,
  most: number,
  random: RandomStream,
): readonly Acceptance[] {
  const moments = actions.map((action, i) => momentsOf(action, question, most, random.child('action', i)))
  const rising = actions.map(({ outcomes }) => risesAt(question, lawMean(outcomes)))
  return Array.from({ length: most }, (_, at) => acceptanceOf(actions, rising, moments, at))
}

function acceptanceOf(
  actions: readonly ActionChance[],
  rising: readonly boolean[],
  moments: readonly (readonly Moments[])[],
  at: number,
): Acceptance {
  let accepted = 0
  let error = 0
  let falsely = 0
  let risers = 0
  let missed = 0
  for (const [i, { probability }] of actions.entries()) {
    const of = moments[i]?.[at]
    if (of === undefined) throw new Error('an action without moments')
    accepted += probability * of.probability
    error += probability * of.error
    if (rising[i]) {
      risers += probability
      missed += probability * (1 - of.probability)
    } else falsely += probability * of.probability
  }
  const bias = accepted === 0 ? undefined : error / accepted
  let variance = 0
  for (const [i, { probability }] of actions.entries()) {
    const of = moments[i]?.[at]
    if (of === undefined || of.simulated === 0 || bias === undefined) continue
    // The delta method for a ratio: the variance of (x - r - bias) [x rises].
    const first = of.error - bias * of.probability
    const second = of.square - 2 * bias * of.error + bias ** 2 * of.probability
    variance += (probability / accepted) ** 2 * Math.max(0, (second - first ** 2) / of.simulated)
  }
  return {
    ...{ m: at + 1, probability: Math.min(1, accepted), bias, standardError: Math.sqrt(variance) },
    falseRise: accepted === 0 ? undefined : falsely / accepted,
    missedRise: risers === 0 ? undefined : missed / risers,
  }
}

function momentsOf(action: ActionChance, question: RiseQuestion, most: number, random: RandomStream): Moments[] {
  const value = lawMean(action.outcomes)
  if (action.done) {
    const exact = { probability: Number(risesAt(question, value)), error: 0, square: 0, simulated: 0 }
    return Array.from({ length: most }, () => exact)
  }
  const laws = meanLaws(action.outcomes, most)
  if (laws !== undefined) return laws.map((law) => ({ ...overRises(law, value, question), simulated: 0 }))
  // Each simulated estimate grows by one rollout at a time, and so serves every m.
  const sums = new Float64Array(SIMULATED)
  return Array.from({ length: most }, (_, at) => {
    const draws = random.child('m', at + 1)
    const law = Array.from(sums, (sum, i) => {
      sums[i] = sum + drawOutcome(action.outcomes, draws)
      return { value: roundReward((sums[i] as number) / (at + 1)), probability: 1 / SIMULATED } // just written
    })
    return { ...overRises(law, value, question), simulated: SIMULATED }
  })
}

function overRises(law: Law, exact: number, question: RiseQuestion): Omit<Moments, 'simulated'> {
  let probability = 0
  let error = 0
  let square = 0
  for (const mass of law) {
    if (!risesAt(question, mass.value)) continue
    const off = mass.value - exact
    probability += mass.probability
    error += mass.probability * off
    square += mass.probability * off ** 2
  }
  return { probability: Math.min(1, probability), error, square }
}
