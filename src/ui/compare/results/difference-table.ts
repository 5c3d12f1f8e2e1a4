/** One arm held against every other, seed by seed, at each budget: the numbers of a table, each with the cells behind it. */
import { type Outcome, outcomeOf, pairedDifference, rankings } from '../../../core/comparison/results/standings.ts'
import { countText, plural } from '../../words/format.ts'
import { unitOf } from '../units.ts'
import type { Folded } from './folded.ts'
import { SCORES } from './measures.ts'
import { NONE, signedMeanText } from './numbers.ts'
import type { Table, Value } from './tables.ts'

export interface Difference extends Value {
  readonly outcome: Outcome
}

export interface DifferenceTable extends Table {
  readonly rows: readonly { readonly arm: number; readonly values: readonly Difference[] }[]
}

type Measure = keyof typeof SCORES

export const OUTCOME_WORDS: Record<Outcome, string> = {
  wins: 'wins',
  close: 'too close to tell',
  loses: 'loses',
  unknown: '',
}

/** Said below every such table. */
export const ONE_COMPARISON_EACH =
  'Each interval is for one comparison, not corrected for many: of 20 comparisons of methods that are truly alike, about one is marked by chance. And whoever looks best was picked after the fact, which flatters it.'

/** What differences are to, unless something else is chosen: our method, or the best at the largest budget. */
export function usualReference({ comparison, results }: Folded, measure: Measure): number {
  const ours = comparison.arms.findIndex(({ method }) => method === 'rro-recycled')
  if (ours >= 0) return ours
  const [best] = rankings(results, SCORES[measure].reward).at(-1)?.standings ?? []
  return best?.arm ?? 0
}

/** @param reference the arm that every other is taken from */
export function differenceTable(
  { comparison, results, names }: Folded,
  measure: Measure,
  reference: number,
): DifferenceTable {
  const cells = (arm: number, budget: number) =>
    results.find((result) => result.arm === arm && result.budget === budget)?.cells ?? []
  const found = comparison.arms.flatMap((_, arm) => {
    if (arm === reference) return []
    const each = comparison.budgets.map((budget) => {
      const [ours, theirs] = [cells(reference, budget), cells(arm, budget)]
      const difference = pairedDifference(ours, theirs, SCORES[measure].reward)
      const shared = theirs.filter(({ seed }) => ours.some((cell) => cell.seed === seed))
      const seeds = new Set(shared.map(({ seed }) => seed))
      return { difference, behind: [...ours.filter(({ seed }) => seeds.has(seed)), ...shared] }
    })
    return { arm, each }
  })
  const counts = new Set(found.flatMap(({ each }) => each.flatMap(({ difference }) => difference?.count ?? [])))
  const [count] = counts
  const over = count === undefined || counts.size > 1 ? 'the seeds that both have' : plural(count, 'seed')
  return {
    caption: `${names[reference]} minus the method of the row: reward on ${comparison.split} tasks, ${measure}, seed by seed; mean over ${over} ± 95 % t-interval`,
    columns: comparison.budgets.map((budget) => `${countText(budget)} ${unitOf(comparison).short}`),
    rows: found.map(({ arm, each }) => ({
      arm,
      values: each.map(({ difference, behind }) => {
        const outcome = outcomeOf(difference)
        if (difference === undefined) return { text: NONE, cells: [], outcome }
        const seeds = counts.size > 1 ? `, ${plural(difference.count, 'seed')}` : ''
        return { text: `${signedMeanText(difference)}${seeds}`, cells: behind, outcome }
      }),
    })),
  }
}
