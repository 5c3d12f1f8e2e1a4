/**
 * When the paper's own RRO wins: what the study of docs/experiments.md says (a page cannot run it all), and what the
 * comparison at hand adds. All that the page says of it stands here; change it with the study.
 */
import { outcomeOf, pairedDifference } from '../../../core/comparison/results/standings.ts'
import { countText } from '../../words/format.ts'
import type { Folded } from './folded.ts'
import { SCORES } from './measures.ts'
import { tallyWords } from './verdict-words.ts'

export const PLAIN_RRO_QUESTION = 'When does plain RRO win?'

/** One paragraph each. Counts are of the studies' cells (20 seeds, the page's training for all), taken as the table does. */
export const PLAIN_RRO_ANSWERS: readonly string[] = [
  'On our two benchmarks, against fixed-size exploration with as many rollouts and as many policy calls: hardly ever. Of 36 comparisons with m = 5 (k = 2, 3 and 5, both environments, weak and sharp start, three budgets) the paper’s RRO wins 0 and loses 17; with m = 1 it wins 1 and loses 14; the others are too close to tell. It comes level from InterCode-SQL’s sharp start.',
  'Few rollouts suit it: with m = 1 it learns far more than with m = 5 from the same calls, and on WebShop’s weak start more than fixed-size exploration with m = 5. More exact process rewards at their full price do not pay: with m = 10 and 20 it learns less from five of six starts.',
  'In a made-up world where the conditions can be set, it beats fixed-size exploration when process rewards are exact, cost no more than the noisy ones, and most draws would be wasted: long episodes, rare key steps, a reward for all or nothing. It beats our variant when an exact value also costs a single call, as from a perfect value model. A sharper policy alone does not help.',
  'What it saves is candidates, not budget: it draws 1.4 to 1.9 a step on WebShop and 2.2 to 2.7 on InterCode-SQL (the paper reports 1.86 and 1.64). But a step whose first candidate rises makes no pair, so that the same calls teach less.',
  'Methods that make no pairs learn more from a weak start: the best of RLOO, GRPO and GiGPO, each tuned in every setting, is clear of our variant in one round at all six places there, on both benchmarks; from the sharp starts it is ahead at one place of six and level at the others.',
  'The studies are told in docs/experiments.md. Their agents are log-linear, as this page’s: they say nothing about language models.',
]

/** The same in short, for whoever only wants to know where to expect what. */
export const PLAIN_RRO_IN_SHORT: readonly string[] = [
  'Against a fixed number of candidates with as many rollouts and as many calls, plain RRO with m = 5 won none of 36 comparisons and lost 17.',
  'With m = 1 it learns far more from the same calls than with m = 5.',
  'It wins where process rewards are exact, cost no more than noisy ones, and most draws would be wasted: long episodes with rare key steps.',
  'What it does save, on any task, is candidates: 1.4 to 2.7 a step.',
]

/** The (first) arm of the paper's RRO against all fixed-size arms, from these cells; undefined where there are no such two. */
export function plainRroHere({ comparison, results, names }: Folded, measure: keyof typeof SCORES): string | undefined {
  const rro = comparison.arms.findIndex(({ method }) => method === 'rro')
  const told = comparison.budgets.flatMap((budget) => {
    const own = results.find((result) => result.arm === rro && result.budget === budget)
    if (own === undefined) return []
    const outcomes = results
      .filter((result) => result.budget === budget && comparison.arms[result.arm]?.method === 'fixed-size')
      .map(({ cells }) => outcomeOf(pairedDifference(own.cells, cells, SCORES[measure].reward)))
    return outcomes.length === 0 ? [] : `${tallyWords(outcomes)} at ${countText(budget)} calls`
  })
  return told.length === 0
    ? undefined
    : `In this comparison, ${names[rro]} against fixed-size exploration (reward, ${measure}, seed by seed): ${told.join('; ')}.`
}
