/** The policy that came of a stored cell, or of a stretch of the way to it, as an agent that can be kept. */
import { formatArm } from '../../core/comparison/arm-address.ts'
import type { Cell } from '../../core/comparison/cell.ts'
import type { Comparison } from '../../core/comparison/comparison.ts'
import { isGradientMethod } from '../../core/comparison/gradient-methods.ts'
import { gradientOf } from '../../core/comparison/gradient-numbers.ts'
import type { LinearWeights } from '../../policies/linear/weights.ts'
import type { Stretch } from '../../training/study/retrace.ts'
import type { CellStretch } from '../protocol/comparisons.ts'
import type { Way } from './cell-run.ts'

export interface CellAgent extends LinearWeights {
  readonly environment: Comparison['environment']
}

/** With what is to be said of its training. @param way to the stretch, where it is not the policy of the whole cell */
export function agentBehind(comparison: Comparison, cell: Cell, way?: Way): CellAgent {
  const { environment, arms, start, training } = comparison
  const arm = arms[cell.arm]
  const { weights, reward, ...facts } = way === undefined ? wholeOf(comparison, cell) : partOf(cell, way)
  const trained = {
    method: `A cell of a comparison: ${arm === undefined ? 'unknown' : formatArm(arm)}`,
    reference: start === '' ? 'default' : start,
    ...{ seed: cell.seed, ...facts, ...(arm && isGradientMethod(arm.method) ? gradientOf(arm) : training) },
    ...reward,
  }
  return { environment, weights: Float64Array.from(weights), trained }
}

function wholeOf({ rounds }: Comparison, { cost, pairs, score, weights }: Cell) {
  const reward = { testReward: score.reward, testGreedyReward: score.greedyReward }
  return { policyCalls: cost.policyCalls, pairs, rounds, weights, reward }
}

function partOf(cell: Cell, { stretches, number }: Way) {
  const until = stretches.slice(0, number + 1)
  const sum = (of: 'policyCalls' | 'pairs'): number => until.reduce((all, stretch) => all + stretch[of], 0)
  const { round = 0, update, after = [] } = until.at(-1) ?? {}
  const score = toldOf(cell, stretches)[number]?.score
  return {
    ...{ policyCalls: sum('policyCalls'), pairs: sum('pairs'), rounds: round + 1 },
    ...(update !== undefined && { updates: update + 1 }), // of its last round
    weights: after,
    reward: score && { testReward: score.reward, testGreedyReward: score.greedyReward },
  }
}

/** As the page lists them: policies were judged at the ends of rounds. */
export function toldOf(cell: Cell, stretches: readonly Stretch[]): readonly CellStretch[] {
  return stretches.map(({ before: _, after: __, ...stretch }, i) => {
    const last = stretches[i + 1]?.round !== stretch.round
    return { ...stretch, score: last ? cell.rounds[stretch.round]?.score : undefined }
  })
}
