/** The words that call for an order, and for so many rows of it. */
import { stem } from '../words.ts'

export interface OrderCue {
  readonly at: number
  readonly descending: boolean | undefined
  /** Stems of what stands after `by`. */
  readonly words: readonly string[]
  readonly alphabetical: boolean
  /** Earliest or latest first, by date, by time. */
  readonly temporal: boolean
}

export function readOrder(lower: string): OrderCue | undefined {
  const alphabetical = /\balphabetical(?:ly)?\b|\ba to z\b/.exec(lower)
  const by =
    /\b(?:sort(?:ed)?|order(?:ed)?|list(?:ed)? by(?= )|arranged?|in (?:\w+ )?order|alphabetically)\b[^.?,]{0,24}?\b(?:by|of)\s+(?:the\s+)?(?:their\s+|its\s+|increasing\s+)?([a-z ]+)/.exec(
      lower,
    ) ??
    /[,;]\s*by\s+([a-z ]+)[.?,)]/.exec(lower) ??
    /\?\s*by\s+([a-z ]+)\./.exec(lower)
  const first = /\b(?:(\w+est|best|most \w+|least \w+|most|least)(?: \w+){0,2}|a|z) first\b/.exec(lower)
  const down = /\bdescending\b|\bdecreasing\b|\bz to a\b/.exec(lower)
  const up = /\bascending\b|\bincreasing\b/.exec(lower)
  const plain = /,\s*in order\b|\(in order\)|\bin order\b/.exec(lower)
  const cue = alphabetical ?? by ?? first ?? down ?? up ?? plain
  if (cue === null) return undefined
  const direction = down
    ? true
    : up || alphabetical
      ? false
      : first
        ? !/^(?:low|small|few|short|light|earl|slow|cheap|near|easi|quick|old|least)/.test(first[1] ?? '')
        : undefined
  const spoken = by?.[1] ?? (/\b(\w+)\s+first\b/.exec(lower)?.[1] === undefined ? '' : '')
  const at = Math.min(...[alphabetical, by, first, down, up, plain].map((m) => m?.index ?? Number.POSITIVE_INFINITY))
  return {
    at,
    descending: direction,
    words: spoken.split(' ').filter(Boolean).slice(0, 5).map(stem),
    alphabetical: alphabetical !== null,
    temporal:
      /^(?:earl|late|old|new|most rec|least rec|young)/.test(first?.[1] ?? '') ||
      /\b(?:order|sorted|sort) (?:of|by) (?:the )?(?:date|time|start|release|day|year)/.test(lower),
  }
}

export function readLimit(lower: string): { readonly count: number; readonly at: number } | undefined {
  const top = /\b(?:top|first|last) (\d+)\b/.exec(lower)
  const before =
    /\b(?:the|what are the|which|what) (\d+)\b(?=[^.?,]*(?:est\b|\bmost\b|\bleast\b|\bbest\b|\brecent))/.exec(lower)
  const biggest = /\b(\d+) (?:\w+est|most|least|best)\b/.exec(lower)
  const found = top ?? before ?? biggest
  if (found?.[1] === undefined) return undefined
  return {
    count: Math.min(1000, Number(found[1])),
    at: found.index + found[0].indexOf(found[1], found[0].search(/\d/)),
  }
}
