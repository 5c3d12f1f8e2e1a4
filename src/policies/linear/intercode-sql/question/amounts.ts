/** The words that call for an aggregate, for the most or the least of something, or for what is above the average. */
import type { Aggregate } from '../plan.ts'

export interface AggregateCue {
  readonly aggregate: Aggregate
  readonly at: number
}

export interface Superlative {
  /** The one with the most, not the least. */
  readonly most: boolean
  readonly word: string
  readonly at: number
}

/** `than average`, `above the average`. */
export interface AverageCue {
  readonly above: boolean
  readonly at: number
}

const AGGREGATE_CUES: readonly (readonly [RegExp, Aggregate])[] = [
  [
    /\bhow many different\b|\bcount the (?:distinct|different)\b|\bnumber of (?:distinct|different)\b/g,
    'count-distinct',
  ],
  [/\bhow many\b|\bcounts?\b|\bnumber of\b|\band number\b|\bhow often\b/g, 'count'],
  [/\baverages?\b|\bmean\b|\baveraging\b/g, 'avg'],
  [/\btotals?\b|\bsum\b|\badd up\b|\btogether\b|\boverall\b|\baltogether\b|\bhow much\b|\bin all\b/g, 'sum'],
  [
    /\bmax(?:imum)?\b|\bhighest\b|\blargest\b|\bgreatest\b|\bbiggest\b|\bat most how\b|\blongest\b|\bheaviest\b|\boldest\b/g,
    'max',
  ],
  [
    /\bmin(?:imum)?\b|\blowest\b|\bsmallest\b|\bfewest\b|\bshortest\b|\bcheapest\b|\bat least how\b|\blightest\b/g,
    'min',
  ],
]

const MOST =
  /\b(?:most|highest|largest|greatest|biggest|maximum|longest|tallest|heaviest|latest|newest|fastest|dearest|top|best|farthest|oldest|hardest|costliest|busiest|faintest|last)\b/g
const LEAST =
  /\b(?:least|lowest|smallest|fewest|minimum|shortest|lightest|earliest|slowest|cheapest|nearest|youngest|easiest|quickest|brightest)\b|(?<=\w(?:ed|en) )first\b/g

/** @param amounts the question without what only speaks of order */
export function readAggregates(
  lower: string,
  amounts: string,
  average: AverageCue | undefined,
): readonly AggregateCue[] {
  return (
    AGGREGATE_CUES.flatMap(([cue, aggregate]) =>
      [...amounts.matchAll(cue)].map(({ index }) => ({ aggregate, at: index })),
    )
      // What is compared with the average is not averaged.
      .filter(
        ({ aggregate, at }) => aggregate !== 'avg' || average === undefined || at < average.at || at > average.at + 30,
      )
      .filter(
        ({ aggregate, at }) =>
          aggregate !== 'count' || !/\b(?:average|mean) $/.test(lower.slice(Math.max(0, at - 9), at)),
      )
      .sort((a, b) => a.at - b.at)
  )
}

/** @param amounts the question without what only speaks of order */
export function readSuperlatives(lower: string, amounts: string): readonly Superlative[] {
  return [
    ...[...amounts.matchAll(MOST)].map(({ index, 0: word }) => ({ most: true, word, at: index })),
    ...[...amounts.matchAll(LEAST)].map(({ index, 0: word }) => ({ most: false, word, at: index })),
  ]
    .filter(({ at }) => !/^at (?:most|least)/.test(lower.slice(Math.max(0, at - 3), at + 5)))
    .sort((a, b) => a.at - b.at)
}

export function readAverage(lower: string): AverageCue | undefined {
  const found = /\b(above|below|over|under|than)\b[^.?,]{0,14}\baverage\b|\b(?:above|below) average\b/.exec(lower)
  if (found === null) return undefined
  const before = lower.slice(Math.max(0, found.index - 16), found.index)
  const low =
    /^(?:below|under)/.test(found[0]) ||
    /\b(?:short|low|young|cheap|small|light|few|less|quick)\w*\s*(?:\w+\s*)?$/.test(before)
  return { above: !low, at: found.index }
}
