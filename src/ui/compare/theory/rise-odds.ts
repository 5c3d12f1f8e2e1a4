/**
 * What the theory says of one step, from the lab's report and the rule that the visitor has set: pure, and all that the
 * pictures and formulas of the theory page need.
 */

import { roundReward } from '../../../core/exploration/process-reward.ts'
import { stream } from '../../../core/random.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import { type Acceptance, acceptances } from '../../../core/theory/accepted-bias.ts'
import {
  type ActionChance,
  differenceOf,
  type Estimate,
  type RiseQuestion,
  riseBounds,
  riseProbability,
  risesAt,
  type SimulatedSteps,
  simulateSteps,
  towerMean,
} from '../../../core/theory/theory.ts'
import type { TheoryReport } from '../../../worker/protocol/lab-api.ts'

export const BARS = ['value', 'explored', 'previous', 'zero', 'own'] as const
export type Bar = (typeof BARS)[number]

/** What the visitor asks of the step. */
export interface Rule {
  readonly riseRule: RunConfig['riseRule']
  readonly margin: number
  /** m: rollouts that score a candidate. */
  readonly rollouts: number
  /** K: most candidates. */
  readonly candidates: number
  readonly bar: Bar
  /** The bar of the step in Explore that was taken over, as it was recorded there. */
  readonly explored: number | undefined
  /** The visitor's own bar. */
  readonly own: number
}

/** m of the curve of the bias. */
export const MOST_ROLLOUTS = 64

/** 95 % of a normal error lies within so many standard errors. */
const REACH = 1.96

export const RISINGS = ['rises', 'falls short', 'open'] as const

export interface Odds {
  /** Sum of pi(a) r(a): what the tower property calls the value before. */
  readonly tower: Estimate
  readonly difference: Estimate & { readonly within: boolean }
  readonly bar: number
  readonly question: RiseQuestion
  /** In the order of `report.next`: whether each action's exact reward rises; `open` where its error does not tell. */
  readonly risings: readonly (typeof RISINGS)[number][]
  /** Probability that a draw rises, by exact process rewards, and its bounds given their errors. */
  readonly p: number
  readonly least: number
  readonly most: number
  /** For m = 1 to 64. */
  readonly curve: readonly Acceptance[]
  /** At the chosen m. */
  readonly estimated: Acceptance
}

export function oddsOf(report: TheoryReport, rule: Rule): Odds {
  const tower = towerMean(report.next)
  const bar = barOf(report, tower, rule)
  const question = { riseRule: rule.riseRule, margin: rule.margin, bar, maxReward: report.maxReward }
  const actions = chancesOf(report)
  const { least, most } = riseBounds(actions, question)
  const curve = acceptances(actions, question, MOST_ROLLOUTS, stream(report.config.seed).child('theory', 'bias'))
  const estimated = curve[rule.rollouts - 1]
  if (estimated === undefined) throw new Error(`${rule.rollouts} rollouts are not on the curve`)
  const risings = report.next.map(({ reward, standardError }) => {
    const low = risesAt(question, reward - REACH * standardError)
    return low === risesAt(question, reward + REACH * standardError) ? (low ? 'rises' : 'falls short') : 'open'
  })
  const p = riseProbability(actions, question)
  return {
    tower,
    difference: differenceOf(tower, report.value),
    bar,
    question,
    risings,
    p,
    least,
    most,
    curve,
    estimated,
  }
}

export function barOf(report: TheoryReport, tower: Estimate, { bar, explored, own }: Rule): number {
  switch (bar) {
    case 'value':
      return roundReward(tower.reward)
    case 'explored':
      return explored ?? roundReward(tower.reward)
    case 'previous':
      return report.previous.reward
    case 'zero':
      return 0
    case 'own':
      return own
  }
}

function chancesOf({ next }: TheoryReport): (ActionChance & { readonly reach: number })[] {
  return next.map(({ probability, outcomes, done, standardError }) => ({
    ...{ probability, outcomes, done, reach: REACH * standardError },
  }))
}

export interface Draws {
  /** By exact process rewards. */
  readonly exact: SimulatedSteps
  /** By estimates of m rollouts. */
  readonly estimated: SimulatedSteps
}

/** @param number of the simulation, from 1: each draws afresh, the same ones for the same seed */
export function drawSteps(report: TheoryReport, rule: Rule, { question }: Odds, steps: number, number: number): Draws {
  const random = stream(report.config.seed).child('theory', 'draws', number)
  const draw = (m: number): SimulatedSteps =>
    simulateSteps(chancesOf(report), question, { m, most: rule.candidates, steps }, random.child(m))
  return { exact: draw(0), estimated: draw(rule.rollouts) }
}
