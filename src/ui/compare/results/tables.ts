/** The pictures' numbers as tables: one row an arm, the cells behind each number at hand. */
import type { Cell } from '../../../core/comparison/cell.ts'
import { RISE_KINDS, THIRDS } from '../../../core/comparison/results/arm-diagnoses.ts'
import { cellsOf, learningCurve } from '../../../core/comparison/results/arm-results.ts'
import { candidatesByDepth } from '../../../core/comparison/results/candidate-counts.ts'
import { countText } from '../../words/format.ts'
import { unitOf } from '../units.ts'
import { type Folded, largest } from './folded.ts'
import { SCORES } from './measures.ts'
import { decimalText, meanText, NONE, percentText } from './numbers.ts'

export interface Value {
  readonly text: string
  /** What opens behind it; nothing does where there is none. */
  readonly cells: readonly Cell[]
}

export interface Table {
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly { readonly arm: number; readonly values: readonly Value[] }[]
}

type Measure = keyof typeof SCORES

const EMPTY: Value = { text: NONE, cells: [] }

/** Behind no number there is nothing to open. */
function value(text: string, cells: readonly Cell[]): Value {
  return text === NONE ? EMPTY : { text, cells }
}

export function scoreTable({ comparison, results }: Folded, measure: Measure): Table {
  const { budgets, arms } = comparison
  const scores = ['reward', 'success'] as const
  return {
    caption: `Test reward and success, ${measure}, by budget of ${unitOf(comparison).long}: mean over seeds ± 95 % t-interval`,
    columns: scores.flatMap((score) => budgets.map((budget) => `${score}, ${countText(budget)}`)),
    rows: arms.map((_, arm) => ({
      arm,
      values: scores.flatMap((score) =>
        budgets.map((budget) => {
          const own = results.find((result) => result.arm === arm && result.budget === budget)
          if (own === undefined) return EMPTY
          const mean = own.scores[SCORES[measure][score]]
          return value(score === 'success' ? percentText(mean) : meanText(mean), own.cells)
        }),
      ),
    })),
  }
}

export function learningTable({ comparison, cells }: Folded, measure: Measure): Table {
  const budget = comparison.budgets.at(-1) ?? 0
  return {
    caption: `Test reward, ${measure}, after each round, budget ${countText(budget)} policy calls`,
    columns: Array.from({ length: comparison.rounds }, (_, round) => `round ${round + 1}`),
    rows: comparison.arms.map((_, arm) => {
      const own = cellsOf(cells, arm, budget)
      const curve = learningCurve(own)
      return {
        arm,
        values: Array.from({ length: comparison.rounds }, (_, round) => {
          const mean = curve.find((point) => point.round === round + 1)
          return mean === undefined ? EMPTY : { text: meanText(mean.scores[SCORES[measure].reward]), cells: own }
        }),
      }
    }),
  }
}

export function candidateTable({ comparison, results }: Folded): Table {
  const own = largest(results)
  const depths = Math.max(0, ...own.flatMap(({ cells }) => candidatesByDepth(cells).map(({ depth }) => depth)))
  return {
    caption:
      'Candidates per step at the largest budget, all seeds together: over all steps, then the mean at each depth',
    columns: ['mean', 'p95', 'most', 'steps', ...Array.from({ length: depths }, (_, depth) => `step ${depth + 1}`)],
    rows: comparison.arms.map((_, arm) => {
      const result = own.find((result) => result.arm === arm)
      const counts = result?.candidates
      if (result === undefined || counts === undefined)
        return { arm, values: Array.from({ length: depths + 4 }, () => EMPTY) }
      const { cells } = result
      const byDepth = candidatesByDepth(cells)
      const texts = [decimalText(counts.mean, 2), String(counts.p95), String(counts.max), countText(counts.steps)]
      for (let depth = 1; depth <= depths; depth++) {
        const mean = byDepth.find((point) => point.depth === depth)?.mean
        texts.push(mean === undefined ? NONE : decimalText(mean, 2))
      }
      return { arm, values: texts.map((text) => value(text, cells)) }
    }),
  }
}

export function risingTable({ diagnoses }: Folded): Table {
  return {
    caption:
      'Share of steps whose process reward rises, or does not fall, over the step before; before and after training',
    columns: RISE_KINDS.flatMap((kind) =>
      THIRDS.flatMap((third) => [
        `${kind === 'rising' ? 'rising' : 'not falling'}, ${third}: before`,
        `${kind === 'rising' ? 'rising' : 'not falling'}, ${third}: after`,
      ]),
    ),
    rows: diagnoses.map(({ arm, cells, rising }) => ({
      arm,
      values: RISE_KINDS.flatMap((kind) =>
        THIRDS.flatMap((_, third) => [
          value(percentText(rising.before[kind][third]), cells),
          value(percentText(rising.after[kind][third]), cells),
        ]),
      ),
    })),
  }
}

export function truthTable({ diagnoses }: Folded): Table {
  return {
    caption: 'What was accepted as rising, against process rewards from many more rollouts, outside of the budget',
    columns: ['rises checked', 'false', 'false-rise rate', 'bias of accepted estimates'],
    rows: diagnoses.map(({ arm, cells, risesChecked, falseRises, falseRiseRate, acceptedBias }) => ({
      arm,
      values: [countText(risesChecked), countText(falseRises), percentText(falseRiseRate), meanText(acceptedBias)].map(
        (text) => value(text, cells),
      ),
    })),
  }
}

export function pairTable({ comparison, results, diagnoses }: Folded): Table {
  return {
    caption: 'Preference pairs at the largest budget, and how many of those checked are truly ordered',
    columns: ['pairs per seed', 'per 1,000 policy calls', 'pairs checked', 'truly ordered', 'share ordered'],
    rows: comparison.arms.map((_, arm) => {
      const result = largest(results).find((result) => result.arm === arm)
      const diagnosis = diagnoses.find((diagnosis) => diagnosis.arm === arm)
      const cells = result?.cells ?? []
      const texts = [
        meanText(result?.pairs, 0),
        meanText(result?.pairsPerThousandCalls, 1),
        diagnosis === undefined ? NONE : countText(diagnosis.pairsChecked),
        diagnosis === undefined ? NONE : countText(diagnosis.pairsOrdered),
        percentText(diagnosis?.orderedShare),
      ]
      return { arm, values: texts.map((text) => value(text, cells)) }
    }),
  }
}
