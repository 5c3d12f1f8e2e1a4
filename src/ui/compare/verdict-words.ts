/**
 * What a comparison says, in sentences, from its own numbers and nothing else: who is best at each budget and whether that
 * is more than noise, and where the paper's RRO and our variant stand, also where they lose.
 */
import type { Comparison } from '../../core/comparison.ts'
import { type Ranking, relation, type Standing } from '../../core/comparison-results.ts'
import { countText } from '../format.ts'
import { armNames } from './arm-words.ts'
import { decimalText, meanText } from './numbers.ts'

export interface BudgetVerdict {
  readonly budget: number
  readonly sentences: readonly string[]
}

/** @param measure what is ranked, in words: `test reward` */
export function verdicts(
  comparison: Comparison,
  rankings: readonly Ranking[],
  measure: string,
): readonly BudgetVerdict[] {
  const names = armNames(comparison.arms)
  return rankings.map(({ budget, standings }) => {
    const sentences = [bestSentence(standings, names, measure)]
    const kinds = new Set(standings.map(({ arm }) => comparison.arms[arm]?.method))
    if (kinds.size > 1) {
      const first = (method: 'rro' | 'rro-recycled'): Standing | undefined =>
        standings.toSorted((a, b) => a.arm - b.arm).find(({ arm }) => comparison.arms[arm]?.method === method)
      const paper = first('rro')
      const ours = first('rro-recycled')
      if (paper !== undefined && paper.rank > 1) sentences.push(standingSentence(paper, standings, names))
      if (ours !== undefined && ours.rank > 1) sentences.push(lossSentence(ours, standings, names))
    }
    return { budget, sentences }
  })
}

function bestSentence(standings: readonly Standing[], names: readonly string[], measure: string): string {
  const [best, next] = standings
  if (best === undefined || next === undefined) return ''
  const head = `${names[best.arm]} has the highest mean ${measure}, ${meanText(best.score)}`
  const other = `${names[next.arm]} (${meanText(next.score)})`
  if (best.score.mean === next.score.mean) return `${head}, and so has ${names[next.arm]}.`
  const how = relation(best.score, next.score)
  if (how === 'unknown') return `${head}; next is ${other}. One seed has no interval: this claims nothing yet.`
  return how === 'ahead'
    ? `${head}; its 95 % interval is clear of the next, ${other}.`
    : `${head}, but its 95 % interval overlaps with the next, ${other}: not told apart.`
}

function standingSentence(one: Standing, standings: readonly Standing[], names: readonly string[]): string {
  const best = standings[0]
  if (best === undefined) return ''
  const gap = decimalText(best.score.mean - one.score.mean)
  const how = {
    behind: 'clearly behind',
    overlap: 'within the overlap of the intervals',
    ahead: 'ahead',
    unknown: 'with no interval to tell',
  }[relation(one.score, best.score)]
  return `${names[one.arm]} is number ${one.rank} of ${standings.length}: ${meanText(one.score)}, ${gap} below the best, ${how}.`
}

function lossSentence(ours: Standing, standings: readonly Standing[], names: readonly string[]): string {
  const ahead = standings.slice(0, ours.rank - 1)
  const clear = ahead.filter(({ score }) => relation(score, ours.score) === 'ahead')
  const listed = (list: readonly Standing[]): string => list.map(({ arm }) => names[arm]).join('; ')
  const own = `${names[ours.arm]}, is number ${ours.rank} of ${standings.length} with ${meanText(ours.score)}`
  if (clear.length > 0) return `Our method, ${own}: it loses to ${listed(clear)} here.`
  return `Our method, ${own}: not the best here, with ${listed(ahead)} above it, intervals ${ours.score.halfWidth === undefined ? 'unknown' : 'overlapping'}.`
}

/** `At 5,000 policy calls`. */
export function budgetWords(budget: number): string {
  return `At ${countText(budget)} policy calls`
}
