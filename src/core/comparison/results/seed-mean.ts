/** What is told of several seeds: a mean with its two-sided 95 % t-interval. */
import { type Interval, interval95 } from '../../statistics.ts'
import type { Score } from '../cell.ts'

export const SCORE_NAMES = [
  'reward',
  'success',
  'greedyReward',
  'greedySuccess',
] as const satisfies readonly (keyof Score)[]
export type ScoreName = (typeof SCORE_NAMES)[number]

/** A mean over seeds; `count` values went into it. */
export interface SeedMean extends Interval {
  readonly count: number
}

/** Undefined of no values. */
export function seedMean(values: readonly (number | undefined)[]): SeedMean | undefined {
  const given = values.filter((value) => value !== undefined)
  return given.length === 0 ? undefined : meanOf(given)
}

/** Of one value at least. */
export function meanOf(values: readonly number[]): SeedMean {
  return { ...interval95(values), count: values.length }
}

/** Of each kind of score; at least one score. */
export function scoreMeans(scores: readonly Score[]): Readonly<Record<ScoreName, SeedMean>> {
  const of = (name: ScoreName): SeedMean => meanOf(scores.map((score) => score[name]))
  return {
    reward: of('reward'),
    success: of('success'),
    greedyReward: of('greedyReward'),
    greedySuccess: of('greedySuccess'),
  }
}
