/** What each picture of a comparison shows. Drawing them is chart.ts, telling them as tables tables.ts. */
import type { Cell } from '../../../core/comparison/cell.ts'
import type { Comparison } from '../../../core/comparison/comparison.ts'
import { type ArmDiagnosis, type RISE_KINDS, THIRDS } from '../../../core/comparison/results/arm-diagnoses.ts'
import { cellsOf, learningCurve } from '../../../core/comparison/results/arm-results.ts'
import { candidatesByDepth } from '../../../core/comparison/results/candidate-counts.ts'
import type { SeedMean } from '../../../core/comparison/results/seed-mean.ts'
import { countText } from '../../words/format.ts'
import { unitOf } from '../units.ts'
import type { Figure, Point } from './figure.ts'
import { type Folded, largest } from './folded.ts'
import { type Measure, SCORES } from './measures.ts'
import { meanText, percentText } from './numbers.ts'

/** Outcome rewards of an environment. */
const REWARDS = { webshop: [0, 1], 'intercode-sql': [-1, 1] } as const satisfies Record<
  Comparison['environment'],
  readonly [number, number]
>

/** Test reward, and success, against the budget. */
export function scoreFigures({ comparison, results, names }: Folded, measure: Measure): readonly Figure[] {
  return (['reward', 'success'] as const).map((score) => ({
    name: `${measure}-${score}`,
    title: score === 'reward' ? 'Mean test reward' : 'Share of test episodes with the full reward',
    // At one budget there is no line to follow.
    kind: comparison.budgets.length > 1 ? 'lines' : 'rows',
    xLabel: `budget, ${unitOf(comparison).long}`,
    valueLabel: `${score}, ${measure}`,
    percent: score === 'success',
    ...(score === 'reward' && { range: REWARDS[comparison.environment] }),
    ...{ logarithmic: true, ownTicks: true },
    points: results.map(({ arm, budget, cells, scores }) => {
      const mean = scores[SCORES[measure][score]]
      const said = score === 'success' ? percentText(mean) : meanText(mean)
      return point(
        arm,
        budget,
        mean,
        cells,
        `${names[arm]}, ${countText(budget)} ${unitOf(comparison).short}: ${score} ${said}`,
      )
    }),
  }))
}

export function learningFigure({ comparison, cells, names }: Folded, measure: Measure): Figure {
  const budget = comparison.budgets.at(-1) ?? 0
  const sft = comparison.arms.findIndex(({ method }) => method === 'sft')
  const start = cellsOf(cells, sft, budget)
  return {
    name: `learning-${measure}`,
    title: `Test reward after each round, budget ${countText(budget)} policy calls`,
    kind: 'lines',
    xLabel: 'policy calls spent so far',
    valueLabel: `reward, ${measure}`,
    range: REWARDS[comparison.environment],
    points: comparison.arms.flatMap((_, arm) => {
      if (arm === sft) return []
      const own = cellsOf(cells, arm, budget)
      if (own.length === 0) return []
      return learningCurve(own, start).map(({ round, policyCalls, scores }) => {
        const mean = scores[SCORES[measure].reward]
        const when = round === 0 ? 'start' : `after round ${round}`
        return point(
          arm,
          policyCalls,
          mean,
          own,
          `${names[arm]}, ${when}, ${countText(Math.round(policyCalls))} calls: ${meanText(mean)}`,
        )
      })
    }),
  }
}

export function candidateFigures({ results, names }: Folded): readonly Figure[] {
  const own = largest(results)
  return [
    {
      name: 'candidates',
      title: 'Candidates per step: mean (symbol), p95 (thin bar), most (thick bar)',
      kind: 'rows',
      xLabel: '',
      valueLabel: 'candidates in a step',
      points: own.flatMap(({ arm, cells, candidates }) =>
        candidates === undefined
          ? []
          : (['mean', 'p95', 'max'] as const).map((mark) => ({
              ...{ arm, x: 0, value: candidates[mark], halfWidth: undefined, mark, cells },
              words: `${names[arm]}: ${mark} ${Math.round(candidates[mark] * 100) / 100} candidates in a step`,
            })),
      ),
    },
    {
      name: 'candidates-by-depth',
      title: 'Mean candidates by depth of the step',
      kind: 'lines',
      xLabel: 'step of the episode',
      valueLabel: 'mean candidates',
      ownTicks: true,
      points: own.flatMap(({ arm, cells }) =>
        candidatesByDepth(cells).map(({ depth, mean, steps }) => ({
          ...{ arm, x: depth, value: mean, halfWidth: undefined, cells },
          words: `${names[arm]}, step ${depth}: mean ${mean.toFixed(2)} of ${countText(steps)} steps`,
        })),
      ),
    },
  ]
}

export function risingFigure({ diagnoses, names }: Folded, kind: (typeof RISE_KINDS)[number]): Figure {
  const words = kind === 'rising' ? 'rising' : 'not falling'
  const points = (moment: 'before' | 'after', { arm, cells, rising }: ArmDiagnosis): readonly Point[] =>
    rising[moment][kind].flatMap((mean, third) => {
      if (mean === undefined) return []
      const said = `${moment === 'before' ? 'Start policy' : names[arm]}, ${THIRDS[third]}: ${percentText(mean)} ${words}`
      return { ...point(arm, third, mean, cells, said), ...(moment === 'before' && { before: true as const }) }
    })
  const start = diagnoses[0]
  return {
    name: `${kind}-share`,
    title: `Share of steps whose process reward is ${words}`,
    kind: 'lines',
    xLabel: 'part of the episode',
    valueLabel: `share of steps ${words}`,
    places: THIRDS,
    percent: true,
    points: [
      ...(start === undefined ? [] : points('before', start)),
      ...diagnoses.flatMap((own) => points('after', own)),
    ],
  }
}

export function truthFigures({ diagnoses, names }: Folded): readonly Figure[] {
  return [
    rows(
      'false-rises',
      'False rises: accepted, but below the bar by many more rollouts',
      'share of accepted rises',
      diagnoses,
      ({ falseRiseRate }) => falseRiseRate,
      names,
      { percent: true },
    ),
    rows(
      'accepted-bias',
      'Accepted estimate minus that of many more rollouts',
      'bias, reward units',
      diagnoses,
      ({ acceptedBias }) => acceptedBias,
      names,
      { reference: 0 },
    ),
  ]
}

export function pairFigures({ results, diagnoses, names }: Folded): readonly Figure[] {
  return [
    rows(
      'pairs',
      'Pairs per 1,000 policy calls',
      'pairs',
      largest(results),
      ({ pairsPerThousandCalls }) => pairsPerThousandCalls,
      names,
      {},
    ),
    rows(
      'ordered-pairs',
      'Pairs whose chosen action is better by many more rollouts',
      'share of pairs checked',
      diagnoses,
      ({ orderedShare }) => orderedShare,
      names,
      { percent: true },
    ),
  ]
}

function rows<T extends { readonly arm: number; readonly cells: readonly Cell[] }>(
  name: string,
  title: string,
  valueLabel: string,
  own: readonly T[],
  value: (of: T) => SeedMean | undefined,
  names: readonly string[],
  more: Pick<Figure, 'percent' | 'reference'>,
): Figure {
  const points = own.flatMap((one) => {
    const mean = value(one)
    if (mean === undefined) return []
    const said = more.percent ? percentText(mean) : meanText(mean)
    return point(one.arm, 0, mean, one.cells, `${names[one.arm]}: ${said}`)
  })
  return { name, title, kind: 'rows', xLabel: '', valueLabel, points, ...more }
}

function point(arm: number, x: number, { mean, halfWidth }: SeedMean, cells: readonly Cell[], words: string): Point {
  return { arm, x, value: mean, halfWidth, words, cells }
}
