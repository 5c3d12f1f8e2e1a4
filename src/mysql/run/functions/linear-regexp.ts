/** Regular expressions of statements, in time linear in the text (re2js), with the errors that MySQL has for them. */
import { RE2JS, RE2JSSyntaxException } from 're2js'
import { raise } from './raised-errors.ts'

/** Compiled expressions are kept; the bound only keeps memory small. */
const KEPT = 1000
const COMPILED = new Map<string, RE2JS>()

/**
 * MySQL's error for what the parser of re2js says. What no expression of linear time can do (looking ahead, references,
 * possessive repetition) is "a feature that is not implemented".
 */
const ERRORS: readonly (readonly [says: RegExp, code: number])[] = [
  [/missing closing \)|unexpected \)/, 3691],
  [/missing closing \]/, 3696],
  [/invalid character class range: `\[:/, 3685],
  [/invalid character class range/, 3697],
  [/invalid escape sequence: `\\[1-9]|unsupported Perl syntax|nested repetition/, 3690],
  [/escape sequence|trailing backslash/, 3689],
  [/invalid repeat count/, 3692],
  [/too deeply|too large/, 3700],
]
const SYNTAX = 3688

/**
 * @param matchType MySQL's letters: c and i (the last one counts), m, n, u. Texts are matched without case unless told
 * @throws what `raise` throws: MySQL's errors 3685 to 3700 and 3900
 */
export function linearRegExp(pattern: string, matchType: string): RE2JS {
  const key = `${matchType}/${pattern}`
  const known = COMPILED.get(key)
  if (known !== undefined) return known
  if (pattern === '') raise(3685)
  let made: RE2JS
  try {
    made = RE2JS.compile(asIcuReads(pattern), flagsOf(matchType))
  } catch (thrown) {
    if (!(thrown instanceof RE2JSSyntaxException)) throw thrown
    const message = thrown.message
    raise(ERRORS.find(([says]) => says.test(message))?.[1] ?? SYNTAX)
  }
  if (COMPILED.size >= KEPT) COMPILED.clear()
  COMPILED.set(key, made)
  return made
}

function flagsOf(matchType: string): number {
  let flags = RE2JS.CASE_INSENSITIVE | RE2JS.LOOKBEHINDS
  for (const letter of matchType)
    if (letter === 'c') flags &= ~RE2JS.CASE_INSENSITIVE
    else if (letter === 'i') flags |= RE2JS.CASE_INSENSITIVE
    else if (letter === 'm') flags |= RE2JS.MULTILINE
    else if (letter === 'n') flags |= RE2JS.DOTALL
    else if (letter !== 'u') raise(3900)
  return flags
}

/** Classes of letters as ICU reads them, in any script; re2js would take ASCII alone. */
const CLASSES: Readonly<Record<string, string>> = {
  alpha: '\\p{L}\\p{Nl}',
  alnum: '\\p{L}\\p{Nl}\\p{Nd}',
  digit: '\\p{Nd}',
  lower: '\\p{Ll}',
  upper: '\\p{Lu}',
  punct: '\\p{P}$+<=>^`|~',
  space: '\\s\\p{Z}',
  word: '\\p{L}\\p{M}\\p{Nd}\\p{Pc}',
}
const ESCAPED: Readonly<Record<string, string>> = { d: 'digit', w: 'word', s: 'space' }

/** What ICU reads in another way than re2js: classes, and braces, which are always an interval. */
function asIcuReads(pattern: string): string {
  let inside = false
  const tokens = /\\[pPx]\{[^}]*\}|\\(.)|\[:([a-z]+):\]|\{(?:(\d+)(?:,(\d*))?\})?|[[\]]/gsu
  return pattern.replace(tokens, (token, escaped?: string, named?: string, least?: string, most?: string) => {
    if (named !== undefined) return CLASSES[named] ?? token
    if (token.startsWith('{')) {
      if (inside) return token
      if (least === undefined) raise(3692)
      return most && Number(most) < Number(least) ? raise(3693) : token
    }
    if (escaped === undefined) {
      if (!token.startsWith('\\')) inside = token === '['
      return token
    }
    const known = CLASSES[ESCAPED[escaped.toLowerCase()] ?? '']
    if (known === undefined) return token
    if (escaped === escaped.toLowerCase()) return inside ? known : `[${known}]`
    return inside ? token : `[^${known}]`
  })
}
