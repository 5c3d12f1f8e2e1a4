/** Budgets as they are typed: which of them count, and what is wrong with each of the others. */
import { BUDGET_LIMITS } from '../../../core/comparison/comparison-numbers.ts'
import { quote } from '../../../core/failure.ts'
import { countText } from '../../words/format.ts'

export interface TypedBudgets {
  /** Ascending, each once. */
  readonly budgets: readonly number[]
  /** A sentence for everything that was typed and does not count. */
  readonly problems: readonly string[]
}

export function readBudgets(text: string): TypedBudgets {
  const { least, most, count } = BUDGET_LIMITS
  const words = text.split(/[,;\s]+/).filter((word) => word !== '')
  const problems: string[] = []
  const good: number[] = []
  for (const [place, word] of words.entries()) {
    const budget = Number(word)
    if (/^0\d\d$/.test(word) && place > 0)
      problems.push(`${quote(word)} is no budget: write thousands without a comma, ${words[place - 1]}${word}.`)
    else if (!Number.isSafeInteger(budget)) problems.push(`${quote(word)} is not a whole number; it was left out.`)
    else if (budget < least) problems.push(`${word} is less than ${countText(least)}; it was left out.`)
    else if (budget > most) problems.push(`${word} is more than ${countText(most)}; it was left out.`)
    else if (good.includes(budget)) problems.push(`${word} is there twice; it counts once.`)
    else if (good.length === count) problems.push(`${word} is one too many: ${count} at most; it was left out.`)
    else good.push(budget)
  }
  if (words.length === 0) problems.push('No budget was typed.')
  return { budgets: good.toSorted((a, b) => a - b), problems }
}
