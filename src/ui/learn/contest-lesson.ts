/**
 * A comparison that is run for Learn, in Compare's own place: the paper's RRO against what the visitor would do with the same
 * number of policy calls. What was being set up in Compare comes back when the lesson is left.
 */

import type { Comparison } from '../../core/comparison/comparison.ts'
import { parseComparison } from '../../core/comparison/comparison-address.ts'
import { outcomeOf, pairedDifference } from '../../core/comparison/results/standings.ts'
import { grouped } from '../../core/grouped.ts'
import { sameComparison } from '../compare/compare-hash.ts'
import { comparerOf } from '../compare/comparer.ts'
import { foldComparison } from '../compare/results/folded.ts'
import { SCORES } from '../compare/results/measures.ts'
import { keptByPage } from '../parts/kept-by-page.ts'
import type { PageState } from '../state/page-state.ts'

/** Small enough to wait for: policy calls, and seeds. */
const BUDGET = 3000
const SEEDS = 6

export const BUDGET_WORDS = grouped(BUDGET)

export class ContestLesson {
  readonly #page: PageState
  #before: Comparison | undefined

  constructor(page: PageState) {
    this.#page = page
  }

  /** @param arm the visitor's, as in an address: `rro:rollouts=1` */
  async run(arm: string): Promise<void> {
    const comparer = comparerOf(this.#page)
    this.#before ??= comparer.draft
    comparer.adopt(contestOf(arm))
    if (!comparer.current || (comparer.progress?.status !== 'finished' && !comparer.running)) await comparer.toggle()
  }

  /** The draft of Compare is as it was. */
  leave(): void {
    if (this.#before === undefined) return
    const comparer = comparerOf(this.#page)
    if (comparer.running) void comparer.pause()
    comparer.adopt(this.#before)
    this.#before = undefined
  }

  /** Of the visitor's arm minus RRO, seed by seed; undefined until all cells are there. */
  difference(arm: string): { readonly mean: number; readonly halfWidth: number; readonly outcome: string } | undefined {
    const { progress, cells } = comparerOf(this.#page)
    if (progress === undefined || progress.info.cells < progress.info.total) return undefined
    if (!sameComparison(progress.info.comparison, contestOf(arm))) return undefined
    const { results } = foldComparison(progress.info.comparison, cells)
    const [rro, yours] = [0, 1].map((index) =>
      results.find((result) => result.arm === index && result.budget === BUDGET),
    )
    if (rro === undefined || yours === undefined) return undefined
    const difference = pairedDifference(yours.cells, rro.cells, SCORES.sampled.reward)
    if (difference === undefined) return undefined
    return {
      mean: difference.mean,
      halfWidth: difference.halfWidth ?? Number.POSITIVE_INFINITY,
      outcome: outcomeOf(difference),
    }
  }
}

/** @param arm the visitor's, as in an address */
export function contestOf(arm: string): Comparison {
  const given = {
    environment: 'webshop',
    start: 'weak',
    arms: `rro;${arm}`,
    budgets: String(BUDGET),
    seeds: String(SEEDS),
  }
  return parseComparison(given).comparison
}

export const contestLessonOf = keptByPage((page) => new ContestLesson(page))
