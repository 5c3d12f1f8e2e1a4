/**
 * What can be said of a step of reward rising sampling (RRO, arXiv 2505.20737) before any candidate is drawn. A step
 * draws from the policy until a process reward rises above the bar, at most K times, so everything follows from p, the
 * probability that one draw rises: E[min(N, K)] = (1 - (1 - p)^K) / p. The paper's guarantee is the tower property: the
 * value before a step is the mean of the next actions' values, weighted by the policy.
 */

import { roundReward } from '../exploration/process-reward.ts'
import { rises } from '../exploration/rise.ts'
import type { RandomStream } from '../random.ts'
import type { RunConfig } from '../settings/settings.ts'
import { mean, standardDeviation } from '../statistics.ts'
import { type Law, lawMean } from './mean-law.ts'

/** H_K = 1 + 1/2 + ... + 1/K: E[min(N, K)] when the bar and all candidates are drawn independently from one continuous law. */
export function harmonicNumber(most: number): number {
  let sum = 0
  for (let k = most; k >= 1; k--) sum += 1 / k
  return sum
}

/** P(N > k) in the same case: the bar is the largest of k + 1 alike. */
export function independentSurvival(k: number): number {
  return 1 / (k + 1)
}

/** E[min(N, K)] = 2 (1 - 2^-K) when the bar is the exact mean of a symmetric continuous law. */
export function exactMeanCandidates(most: number): number {
  return 2 * (1 - 2 ** -most)
}

/** E[min(N, K)] when each draw rises with probability p: (1 - (1 - p)^K) / p, which is K for p = 0. */
export function expectedCandidates(p: number, most: number): number {
  return p === 0 ? most : -Math.expm1(most * Math.log1p(-p)) / p
}

/** P(none of K draws rises) = (1 - p)^K. */
export function noRiseProbability(p: number, most: number): number {
  return (1 - p) ** most
}

/** A next action as the theory sees it. */
export interface ActionChance {
  /** pi(action | prefix). */
  readonly probability: number
  /** Of the outcome reward after it. Its mean is the action's exact process reward. */
  readonly outcomes: Law
  /** Whether the action ends the episode: its process reward is then known without rollouts. */
  readonly done: boolean
}

/** What a process reward has to clear. */
export interface RiseQuestion extends Pick<RunConfig, 'riseRule' | 'margin'> {
  readonly bar: number
  readonly maxReward: number
}

export function risesAt(question: RiseQuestion, reward: number): boolean {
  return rises(question, reward, question.bar, question.maxReward)
}

/** Probability that one draw rises, by exact process rewards. */
export function riseProbability(actions: readonly ActionChance[], question: RiseQuestion): number {
  return shareOf(actions, ({ outcomes }) => risesAt(question, lawMean(outcomes)))
}

/** Least and largest `riseProbability` where each process reward may be off by up to its `reach`. */
export function riseBounds(
  actions: readonly (ActionChance & { readonly reach: number })[],
  question: RiseQuestion,
): { readonly least: number; readonly most: number } {
  const moved = (sign: number): number =>
    shareOf(actions, ({ outcomes, reach }) => risesAt(question, lawMean(outcomes) + sign * reach))
  return { least: moved(-1), most: moved(1) }
}

function shareOf<A extends ActionChance>(actions: readonly A[], counts: (action: A) => boolean): number {
  const sum = actions.reduce((total, action) => (counts(action) ? total + action.probability : total), 0)
  return Math.min(1, sum) // probabilities add up to 1 but for the last digits
}

/** A value and the standard error of its estimate. */
export interface Estimate {
  readonly reward: number
  readonly standardError: number
}

/** The tower property's right side: sum of pi(a) r(a), with its standard error (the estimates are independent). */
export function towerMean(actions: readonly (Estimate & { readonly probability: number })[]): Estimate {
  const reward = actions.reduce((sum, action) => sum + action.probability * action.reward, 0)
  const variance = actions.reduce((sum, action) => sum + (action.probability * action.standardError) ** 2, 0)
  return { reward, standardError: Math.sqrt(variance) }
}

/** How far apart two independent estimates are, and whether that is within the 95 % of a normal error. */
export function differenceOf(a: Estimate, b: Estimate): Estimate & { readonly within: boolean } {
  const reward = a.reward - b.reward
  const standardError = Math.hypot(a.standardError, b.standardError)
  return { reward, standardError, within: Math.abs(reward) <= 1.96 * standardError + 1e-9 }
}

/** Many simulated steps. */
export interface SimulatedSteps {
  readonly steps: number
  /** Mean number of candidates, with its standard error. */
  readonly candidates: number
  readonly standardError: number
  /** `counts[n]` steps drew n. */
  readonly counts: readonly number[]
  /** Share of steps in which none of K rose. */
  readonly noRise: number
  /** Mean of estimate minus exact value over the accepted; undefined where none was. */
  readonly bias: number | undefined
}

/**
 * Draws candidates until one rises, `steps` times over.
 * @param m rollouts that score a candidate; 0 for exact process rewards
 */
export function simulateSteps(
  actions: readonly ActionChance[],
  question: RiseQuestion,
  { m, most, steps }: { readonly m: number; readonly most: number; readonly steps: number },
  random: RandomStream,
): SimulatedSteps {
  const exact = actions.map(({ outcomes }) => lawMean(outcomes))
  const drawn: number[] = []
  const errors: number[] = []
  let barren = 0
  for (let step = 0; step < steps; step++) {
    const draws = random.child(step)
    let n = 0
    let risen = false
    while (n < most && !risen) {
      n++
      const index = drawIndex(actions, draws.next())
      const action = actions[index] as ActionChance // drawn from them
      const value = exact[index] as number
      const estimate = m === 0 || action.done ? value : sampleMean(action.outcomes, m, draws)
      risen = risesAt(question, estimate)
      if (risen) errors.push(estimate - value)
    }
    drawn.push(n)
    if (!risen) barren++
  }
  const counts = Array.from({ length: most + 1 }, (_, n) => drawn.filter((count) => count === n).length)
  return {
    ...{ steps, candidates: mean(drawn), standardError: (standardDeviation(drawn) ?? 0) / Math.sqrt(steps), counts },
    ...{ noRise: barren / steps, bias: errors.length === 0 ? undefined : mean(errors) },
  }
}

/** One outcome drawn from a law. */
export function drawOutcome(law: Law, random: RandomStream): number {
  return law[drawIndex(law, random.next())]?.value ?? 0 // a law has at least one value
}

function sampleMean(law: Law, m: number, random: RandomStream): number {
  let sum = 0
  for (let i = 0; i < m; i++) sum += drawOutcome(law, random)
  return roundReward(sum / m)
}

/** The index that a uniform draw falls on; the last one takes what rounding leaves over. */
function drawIndex(shares: readonly { readonly probability: number }[], uniform: number): number {
  const last = shares.length - 1
  let left = uniform
  for (let i = 0; i < last; i++) {
    left -= shares[i]?.probability ?? 0
    if (left < 0) return i
  }
  return last
}
