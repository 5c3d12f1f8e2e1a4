/** A comparison as it stands in an address, and back to the digit; what comes from outside may be anything. */
import { type Failure, failure, quote } from '../failure.ts'
import { grouped } from '../grouped.ts'
import { ENVIRONMENT_NAMES, EXPERT_METHODS } from '../settings/settings.ts'
import { undirected } from '../undirected.ts'
import { formatArm, parseArm } from './arm-address.ts'
import { type Arm, COMPARED_POLICIES, type Comparison, JUDGING_SPLITS, PAIR_LOSSES } from './comparison.ts'
import { BUDGET_LIMITS, COMPARISON_NUMBERS, comparisonField, MOST_ARMS, numberOf } from './comparison-numbers.ts'
import { defaultComparison } from './default-comparison.ts'

/** Names and texts for an address; `parseComparison` reads them back to the digit. */
export function formatComparison(comparison: Comparison): Record<string, string> {
  const { environment, policy = 'linear', data, start, arms, budgets, training, split } = comparison
  const numbers = { ...comparison, ...training }
  const words: Record<string, string> = {
    environment,
    ...(policy !== 'linear' && { policy }),
    ...(data !== undefined && { data }),
    start,
    arms: arms.map(formatArm).join(';'),
    budgets: budgets.join(','),
  }
  for (const name of Object.keys(COMPARISON_NUMBERS) as (keyof typeof COMPARISON_NUMBERS)[]) {
    if (numbers[name] !== comparisonField(name, policy).default) words[name] = String(numbers[name])
  }
  if (split !== defaultComparison(policy).split) words.split = split
  if (training.loss !== undefined && training.loss !== 'dpo') words.loss = training.loss
  return words
}

export interface ParsedComparison {
  /** Always within the tables. */
  readonly comparison: Comparison
  /** One sentence for each value that had to be corrected; of many, how many more there were. */
  readonly corrections: readonly Failure[]
}

/** Reads a comparison from outside. What is missing takes its default silently; what is bad is corrected and said. */
export function parseComparison(given: Readonly<Record<string, unknown>>): ParsedComparison {
  const corrections: Failure[] = []
  const say = (words: string): void => {
    corrections.push(failure('comparison', words).failure)
  }
  const text = (name: string): string | undefined => {
    const value = given[name]
    if (value === undefined || typeof value === 'string') return value
    say(`${name}: ${quote(value)} is not a text; it was ignored.`)
    return undefined
  }
  const acting = text('policy')
  const policy = COMPARED_POLICIES.find((name) => name === acting) ?? 'linear'
  if (acting !== undefined && acting !== policy) say(`There is no policy ${quote(acting)} to compare. Using ${policy}.`)
  const usual = defaultComparison(policy)
  const wanted = text('environment')
  const environment = ENVIRONMENT_NAMES.find((name) => name === wanted) ?? usual.environment
  if (wanted !== undefined && wanted !== environment)
    say(`There is no environment ${quote(wanted)}. Using ${environment}.`)
  const brought = dataOf(text('data'), say)
  const data = policy === 'linear' ? brought : undefined
  if (brought !== data)
    say('The small language model is compared on the data that ships with the page. Your own data was left out.')
  const named = text('start')
  const starts = policy === 'linear' ? /^(|weak|sharp|[0-9a-f]{16})$/ : /^(|tiny)$/
  const start = named === undefined || starts.test(named) ? named : undefined
  if (named !== start) say(`There is no start policy ${quote(named)}. Using ${usual.start || 'the shipped one'}.`)
  const listed = text('arms')
  const all = listed
    ?.split(';')
    .map((arm) => parseArm(arm, corrections, policy))
    .filter((arm) => arm !== undefined)
  const possible = data === undefined ? all : shown(all ?? usual.arms, say)
  const arms = possible?.slice(0, MOST_ARMS) ?? usual.arms
  if (possible !== undefined && possible.length > MOST_ARMS)
    say(`A comparison has at most ${MOST_ARMS} methods; the rest was left out.`)
  if (listed !== undefined && arms.length === 0) say('No method was left. Using the default ones.')
  const judged = text('split')
  const split = JUDGING_SPLITS.find((name) => name === judged) ?? usual.split
  if (judged !== undefined && judged !== split) say(`${quote(judged)} judges nothing. Using ${split}.`)
  const priced = text('loss')
  const loss = PAIR_LOSSES.find((name) => name === priced)
  if (priced !== undefined && loss === undefined) say(`There is no loss ${quote(priced)}. Using dpo.`)
  const numbers = Object.fromEntries(
    (Object.keys(COMPARISON_NUMBERS) as (keyof typeof COMPARISON_NUMBERS)[]).map((name) => [
      name,
      numberOf(comparisonField(name, policy), given[name], say),
    ]),
  ) as Record<keyof typeof COMPARISON_NUMBERS, number> // one entry for each name
  const { firstSeed, seeds, rounds, episodes, ...trained } = numbers
  const usualArms = data === undefined ? usual.arms : usual.arms.filter(needsNoExpert)
  const training = { ...trained, ...(loss !== undefined && loss !== 'dpo' && { loss }) }
  return {
    comparison: {
      ...{
        environment,
        ...(policy !== 'linear' && { policy }),
        ...(data !== undefined && { data }),
        start: start ?? usual.start,
        arms: arms.length === 0 ? usualArms : arms,
      },
      ...{ budgets: budgetsOf(text('budgets'), usual, say), firstSeed, seeds, rounds, episodes, training, split },
    },
    corrections: told(corrections),
  }
}

/** Sentences that are told one by one. */
const MOST_TOLD = 8

/** An address may be anything: nobody reads thousands of sentences, and none may turn the direction of the others. */
function told(corrections: readonly Failure[]): readonly Failure[] {
  const first = corrections.length > MOST_TOLD + 1 ? corrections.slice(0, MOST_TOLD) : corrections
  const more = corrections.length - first.length
  const clean = first.map(({ code, message }) => failure(code, undirected(message)).failure)
  return more === 0 ? clean : [...clean, failure('comparison', `And ${grouped(more)} more of this kind.`).failure]
}

/** A fingerprint; '' and nothing at all are the data that ships with the page. */
function dataOf(text: string | undefined, say: (words: string) => void): string | undefined {
  if (text === undefined || text === '') return undefined
  if (/^[0-9a-f]{16}$/.test(text)) return text
  say(`${quote(text)} is no fingerprint of data. Using the data that ships with the page.`)
  return undefined
}

/** The arms that can explore data which the visitor brought. */
function shown(arms: readonly Arm[], say: (words: string) => void): readonly Arm[] {
  const possible = arms.filter(needsNoExpert)
  if (possible.length < arms.length)
    say('ETO and IPR learn from an expert’s trajectories, and this data comes without any; they were left out.')
  return possible
}

function needsNoExpert({ method }: Arm): boolean {
  return !EXPERT_METHODS.some((name) => name === method)
}

function budgetsOf(
  text: string | undefined,
  { policy, budgets: usual }: Comparison,
  say: (words: string) => void,
): readonly number[] {
  if (text === undefined) return usual
  const { least, most, count } = BUDGET_LIMITS
  const given = text.split(',').map((word) => (word.trim() === '' ? Number.NaN : Number(word)))
  const good = given.filter((budget) => Number.isSafeInteger(budget) && budget >= least && budget <= most)
  const budgets = [...new Set(good)].sort((a, b) => a - b).slice(0, count)
  if (budgets.length < given.length)
    say(
      `Budgets are up to ${count} different whole numbers of ${policy === 'transformer' ? 'tokens' : 'policy calls'} from ${least} to ${most}; others were left out.`,
    )
  return budgets.length === 0 ? usual : budgets
}
