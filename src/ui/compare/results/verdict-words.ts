/**
 * What a comparison says, in sentences, from its own numbers and nothing else: who is best at each budget and whether that
 * is more than noise, and where the paper's RRO and our variant stand, also where they lose. Arms are held against each
 * other seed by seed, since with the same seed they meet the same tasks.
 */
import type { Comparison } from '../../../core/comparison/comparison.ts'
import {
  type Outcome,
  outcomeOf,
  type PairedDifference,
  pairedDifference,
  type Ranking,
  type Standing,
} from '../../../core/comparison/results/standings.ts'
import { countText, plural } from '../../words/format.ts'
import { armNames } from '../arms/arm-words.ts'
import type { unitOf } from '../units.ts'
import { meanText, signedMeanText } from './numbers.ts'

export interface BudgetVerdict {
  readonly budget: number
  readonly sentences: readonly string[]
}

/** Who is ahead at a budget, and who cannot be told from it. */
export interface Leader {
  readonly budget: number
  readonly arm: number
  readonly score: string
  /** Nearest first. */
  readonly tied: readonly number[]
  /** Whether one seed, or none in common, leaves all of it open. */
  readonly open: boolean
}

/** The verdict in short: a line for each budget. */
export function leaders(rankings: readonly Ranking[]): readonly Leader[] {
  return rankings.flatMap(({ budget, name, standings }) => {
    const [best, ...others] = standings
    if (best === undefined) return []
    const outcomes = others.map((other) => ({
      other,
      outcome: outcomeOf(pairedDifference(best.cells, other.cells, name)),
    }))
    const tied = outcomes.flatMap(({ other, outcome }) => (outcome === 'wins' ? [] : other.arm))
    const open = outcomes.some(({ outcome }) => outcome === 'unknown')
    return { budget, arm: best.arm, score: meanText(best.score), tied, open }
  })
}

/** How an arm stands to another. */
interface Match {
  readonly other: Standing
  readonly name: string
  readonly difference: PairedDifference | undefined
  readonly outcome: Outcome
}

type Matches = readonly [Match, ...Match[]]

/** @param measure what is ranked, in words: `test reward` */
export function verdicts(
  comparison: Comparison,
  rankings: readonly Ranking[],
  measure: string,
): readonly BudgetVerdict[] {
  const names = armNames(comparison.arms)
  return rankings.flatMap(({ budget, name, standings }) => {
    const matchesOf = (one: Standing): Matches | undefined => {
      const [first, ...rest] = standings
        .filter((other) => other !== one)
        .map((other) => {
          const difference = pairedDifference(one.cells, other.cells, name)
          return { other, name: names[other.arm] ?? '', difference, outcome: outcomeOf(difference) }
        })
      return first && [first, ...rest]
    }
    const [best] = standings
    const matches = best && matchesOf(best)
    if (best === undefined || matches === undefined) return []
    const head = `${names[best.arm]} has the highest mean ${measure}, ${meanText(best.score)}`
    const sentences = [`${head}${bestWords(best, matches)}`]
    const kinds = new Set(standings.map(({ arm }) => comparison.arms[arm]?.method))
    for (const method of kinds.size > 1 ? (['rro', 'rro-recycled'] as const) : []) {
      const own = standings.toSorted((a, b) => a.arm - b.arm).find(({ arm }) => comparison.arms[arm]?.method === method)
      const matches = own && matchesOf(own)
      if (own === undefined || matches === undefined || own.rank === 1) continue
      const place = `is number ${own.rank} of ${standings.length} with ${meanText(own.score)}`
      sentences.push(
        method === 'rro'
          ? `${names[own.arm]} ${place}: ${toTheBest(matches[0])}${tally(matches)}`
          : `Our method, ${names[own.arm]}, ${place}: ${toThoseAbove(own, matches)}${tally(matches)}`,
      )
    }
    return { budget, sentences }
  })
}

/** After the head of the sentence on the best. */
function bestWords(best: Standing, [next, ...rest]: Matches): string {
  const { difference, outcome, name, other } = next
  const tied = other.score.mean === best.score.mean ? `, and so has ${name}` : ''
  if (difference === undefined)
    return `${tied}. One seed has no interval: against the next, ${name} (${meanText(other.score)}), this claims nothing yet.`
  const head = `${tied}. Seed by seed, over ${plural(difference.count, 'seed')},`
  const won = rest.filter(({ outcome }) => outcome === 'wins').length
  if (outcome === 'wins' && won === rest.length)
    return `${head} it wins against the next, ${name}, by ${sizeText(difference)}${won === 0 ? '' : `, and against ${won === 1 ? 'the other' : `all ${won} others`}`}.`
  const said = {
    wins: `it wins against the next, ${name}, by ${sizeText(difference)}.`,
    close: `it is too close to tell from the next, ${name} (${signedMeanText(difference)}).`,
    loses: `it loses to the next, ${name}, by ${sizeText(difference)}.`,
    unknown: '', // there is a difference
  }[outcome]
  if (rest.length === 0) return `${head} ${said}`
  const others = [
    won > 0 ? `wins against ${won}` : '',
    ...(['loses', 'close', 'unknown'] as const).map((kind) => words(rest, kind)),
  ]
  return `${head} ${said} Of the ${plural(rest.length, 'other')} it ${listed(others)}.`
}

/** Of the paper's RRO. */
function toTheBest({ difference, outcome }: Match): string {
  if (difference === undefined) return 'with one seed there is no interval to tell it from the best.'
  return {
    wins: `over the seeds that both have it wins against the best by ${sizeText(difference)}.`,
    close: `it is too close to tell from the best (${signedMeanText(difference)}).`,
    loses: `it loses to the best by ${sizeText(difference)}.`,
    unknown: '', // there is a difference
  }[outcome]
}

/** Of our method: whom it loses to, by name, and whom it cannot be told from. */
function toThoseAbove(own: Standing, matches: Matches): string {
  const ahead = matches.filter(({ other, outcome }) => other.rank < own.rank || outcome === 'loses')
  const said = listed([words(ahead, 'loses'), words(ahead, 'close'), words(ahead, 'unknown')])
  return said === '' ? 'over the seeds that they share it wins against those above it.' : `it ${said}.`
}

/** Names in one list, unless they are those of whom it loses to; the table of differences has them all. */
const MOST_NAMES = 3

/** `loses to A by 0.100 ± 0.020, B by 0.050 ± 0.010`; '' where there is none of the kind. */
function words(matches: readonly Match[], kind: 'loses' | 'close' | 'unknown'): string {
  const own = matches.filter(({ outcome }) => outcome === kind)
  if (own.length === 0) return ''
  const texts = own.map(({ name, difference }) => {
    if (difference === undefined) return name
    return kind === 'loses' ? `${name} by ${sizeText(difference)}` : `${name} (${signedMeanText(difference)})`
  })
  const head = {
    loses: 'loses to',
    close: 'is too close to tell from',
    unknown: 'has too few seeds to be told from',
  }[kind]
  const named = kind === 'loses' ? texts : texts.slice(0, MOST_NAMES)
  const more = texts.length - named.length
  return `${head} ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** ` Against all 8 others: 1 win, 6 losses, 1 too close to tell.` */
function tally(matches: Matches): string {
  if (matches.length === 1 || matches.every(({ outcome }) => outcome === 'unknown')) return ''
  return ` Against all ${matches.length} others: ${tallyWords(matches.map(({ outcome }) => outcome))}.`
}

/** `1 win, 6 losses, 1 too close to tell`. */
export function tallyWords(outcomes: readonly Outcome[]): string {
  const count = (kind: Outcome): number => outcomes.filter((outcome) => outcome === kind).length
  const losses = count('loses')
  const told = [
    plural(count('wins'), 'win'),
    losses === 1 ? '1 loss' : `${losses} losses`,
    `${count('close')} too close to tell`,
  ]
  if (count('unknown') > 0) told.push(`${count('unknown')} with too few seeds`)
  return told.join(', ')
}

function listed(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('; it ')
}

/** How large, whichever way. */
function sizeText(difference: PairedDifference): string {
  return meanText({ ...difference, mean: Math.abs(difference.mean) })
}

/** `At 5,000 policy calls`. */
export function budgetWords(budget: number, { long }: ReturnType<typeof unitOf>): string {
  return `At ${countText(budget)} ${long}`
}
