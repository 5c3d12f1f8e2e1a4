/** How a condition compares with a value, by the words around it. */
import type { Operator } from '../plan.ts'

const BEFORE: readonly (readonly [RegExp, Operator])[] = [
  [/\b(?:no more than|at most|up to|not more than|maximum of)\s*\$?$/, '<='],
  [/\b(?:at least|no less than|minimum of|since|from)\s*\$?$/, '>='],
  [
    /\b(?:more than|greater than|over|above|after|exceeds?|exceeding|later than|(?:old|long|hard|high|larg|bigg|tall|heavi|dear|fast)er than|costlier than)\s*\$?$/,
    '>',
  ],
  [
    /\b(?:less than|fewer than|under|below|before|earlier than|(?:young|short|cheap|low|small|light|quick)er than)\s*\$?$/,
    '<',
  ],
  [/\b(?:not|other than|except|apart from|excluding|leaving out|but)\s*$/, '<>'],
]

export function operatorAt(lower: string, at: number, end: number): Operator {
  const after = lower.slice(end, end + 22)
  if (/^["']?\s*(?:\w+ )?(?:times )?or (?:more|later|above|over|higher|longer|older)|^ on[, ?.]|^ onwards/.test(after))
    return '>='
  if (/^["']?\s*(?:\w+ )?(?:times )?or (?:less|fewer|earlier|below|under|lower|younger)/.test(after)) return '<='
  const before = lower.slice(Math.max(0, at - 34), at).replace(/["'(]+$/, '')
  const wordless = before.replace(/(?:difficulty|the|a|age|year|of)\s+$/, '')
  for (const [pattern, operator] of BEFORE)
    if (pattern.test(before) || (operator !== '>=' && pattern.test(wordless))) return operator
  return '='
}

/** `contain the word Sea`, `with Field in their name`: part of a text. */
export function isPart(lower: string, at: number): boolean {
  return (
    /\b(?:contains?|containing|the word|have|with) $/.test(lower.slice(Math.max(0, at - 14), at)) &&
    /\bcontain|\bthe word|\bin (?:the|their|its) (?:name|title|label)/.test(lower)
  )
}

/** Texts are equal or not. */
export function signAt(lower: string, at: number): Operator {
  const before = lower.slice(Math.max(0, at - 20), at)
  return /\b(?:not|other than|except|except for|apart from|excluding|leaving out|but)\s*(?:the |of |from )?["']?$/.test(
    before,
  )
    ? '<>'
    : '='
}
