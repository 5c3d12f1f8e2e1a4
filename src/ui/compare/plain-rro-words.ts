/**
 * When the paper's own RRO wins: what the study of docs/experiments.md says (a page cannot run it all), and what the
 * comparison at hand adds. All that the page says of it stands here; change it with the study.
 */
import { outcomeOf, pairedDifference } from '../../core/comparison-results.ts'
import { countText } from '../format.ts'
import { type Folded, SCORES } from './figures.ts'
import { tallyWords } from './verdict-words.ts'

export const PLAIN_RRO_QUESTION = 'When does plain RRO win?'

/** One paragraph each. Counts are of the main study's cells (20 seeds, the page's training for all), taken as the table does. */
export const PLAIN_RRO_ANSWERS: readonly string[] = [
  'Against fixed-size exploration at equal policy calls: nowhere in our main study. Of 36 comparisons (k = 2, 3 and 5, both environments, weak and sharp start, three budgets) the paper’s RRO wins 0 and loses 17; 19 are too close to tell. It is level from InterCode-SQL’s sharp start; from WebShop’s sharp start it is behind by up to 0.06, and from the weak starts by up to 0.22.',
  'It does win against its own start policy (8 of 12; the others are too close to tell), and from the sharp starts nearly always against ETO and IPR, which the page’s training does not suit.',
  'What it saves is candidates, not budget: it draws 1.4 to 1.9 a step on WebShop and 2.2 to 2.7 on InterCode-SQL (the paper reports 1.86 and 1.64). But a step whose first candidate rises makes no pair, so that the same calls teach less.',
  'The study is told in docs/experiments.md. Its agent is the log-linear one of this page: it says nothing about language models.',
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
