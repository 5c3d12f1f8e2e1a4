/**
 * MySQL's words: names, quoted names, strings with their escapes, numbers, operators, comments (the versioned ones are
 * read as text, as the server does). Used for statements and for dumps. ANSI_QUOTES is off: "x" is a string.
 */

export const TOKEN_KINDS = ['word', 'quoted', 'string', 'number', 'hex', 'variable', 'symbol', 'bad', 'end'] as const
export type TokenKind = (typeof TOKEN_KINDS)[number]

export interface Token {
  readonly kind: TokenKind
  /** Value: a string's content without quotes and escapes, a name without its backticks, a symbol as written. */
  readonly text: string
  /** Upper-cased `text` of words; '' otherwise. */
  readonly upper: string
  readonly start: number
  readonly end: number
}

/** Comments that are for this version or an earlier one are read as text. */
const SERVER_VERSION = 80_033

/** Longest first. */
const SYMBOLS = ['->>', '<=>', '<=', '>=', '<>', '!=', '<<', '>>', '||', '&&', ':=', '->']
const ONE = '()+-*/%,.;=<>!~^&|@:?{}[]'
const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1a',
  // LIKE reads these itself.
  '%': '\\%',
  _: '\\_',
}

/** What symbols of more than one sign begin with. */
const LONGER = '-<>!|&:'

const isDigit = (c: string): boolean => c >= '0' && c <= '9'
const isWordStart = (c: string): boolean =>
  (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c === '_' || c === '$' || c >= '\x80'
const isWord = (c: string): boolean => isWordStart(c) || isDigit(c)
/** By code: 1 for what may stand in a word; beyond ASCII everything may. */
const IN_WORDS: Readonly<Uint8Array> = Uint8Array.from({ length: 0x80 }, (_, code) =>
  isWord(String.fromCharCode(code)) ? 1 : 0,
)

/** All of a text. The last token is of kind `end`; where the text stops being MySQL's, a token of kind `bad` holds the rest. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    const next = readToken(source, at, tokens.at(-1))
    tokens.push(next)
    if (next.kind === 'end') return tokens
    at = next.end
  }
}

/** The token at or after `at`, blanks and comments skipped. */
export function readToken(source: string, at: number, previous?: Token): Token {
  const start = skipBlanks(source, at)
  if (start >= source.length) return { kind: 'end', text: '', upper: '', start: source.length, end: source.length }
  const c = source.charAt(start)
  // After a dot everything wordlike is a name: `t1.1a`, `t.select`.
  const afterDot = previous?.text === '.' && previous.kind === 'symbol' && previous.end === start
  if (c === "'" || c === '"') return quoted(source, start, 'string')
  if (c === '`') return quoted(source, start, 'quoted')
  if ((c === 'x' || c === 'X') && source.charAt(start + 1) === "'" && !afterDot) {
    const inner = quoted(source, start + 1, 'string')
    if (/^[0-9a-fA-F]*$/.test(inner.text)) return { ...inner, kind: 'hex', start }
    return { ...inner, kind: 'bad', start }
  }
  if ((c === 'b' || c === 'B') && source.charAt(start + 1) === "'" && !afterDot) {
    const inner = quoted(source, start + 1, 'string')
    if (!/^[01]{0,32}$/.test(inner.text)) return { ...inner, kind: 'bad', start }
    return { ...inner, kind: 'number', text: String(Number.parseInt(`0${inner.text}`, 2)), start }
  }
  if (isDigit(c) && !afterDot) return numberOrWord(source, start)
  if (c === '.' && isDigit(source.charAt(start + 1)) && !wordLike(previous, start)) return number(source, start)
  if (isWord(c)) return word(source, start)
  if (c === '@') return variable(source, start)
  if (LONGER.includes(c))
    for (const symbol of SYMBOLS)
      if (source.startsWith(symbol, start)) return token('symbol', symbol, start, start + symbol.length)
  if (ONE.includes(c)) return token('symbol', c, start, start + 1)
  return { kind: 'bad', text: c, upper: '', start, end: source.length }
}

function wordLike(previous: Token | undefined, start: number): boolean {
  return previous !== undefined && previous.end === start && (previous.kind === 'word' || previous.kind === 'quoted')
}

function token(kind: TokenKind, text: string, start: number, end: number): Token {
  return { kind, text, upper: kind === 'word' ? text.toUpperCase() : '', start, end }
}

function skipBlanks(source: string, at: number): number {
  for (;;) {
    const c = source.charAt(at)
    if (c === '') return at
    if (c <= ' ') at++
    else if (c === '#') at = lineEnd(source, at)
    else if (c === '-' && source.charAt(at + 1) === '-' && source.charAt(at + 2) <= ' ') at = lineEnd(source, at)
    else if (c === '/' && source.charAt(at + 1) === '*') {
      // /*!40101 ... */ is read; its closing mark is skipped when it comes.
      const versioned = /^\/\*!(\d{5,6})?/.exec(source.slice(at, at + 9))
      if (versioned !== null && Number(versioned[1] ?? 0) <= SERVER_VERSION) at += versioned[0].length
      else {
        const close = source.indexOf('*/', at + 2)
        at = close < 0 ? source.length : close + 2
      }
    } else if (c === '*' && source.charAt(at + 1) === '/') at += 2
    else return at
  }
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf('\n', at)
  return end < 0 ? source.length : end + 1
}

function quoted(source: string, start: number, kind: 'string' | 'quoted'): Token {
  const mark = source.charAt(start)
  let text = ''
  let from = start + 1
  for (let at = from; at < source.length; at++) {
    const c = source.charAt(at)
    if (c === mark) {
      text += source.slice(from, at)
      if (source.charAt(at + 1) !== mark) return token(kind, text, start, at + 1)
      text += mark
      from = ++at + 1
    } else if (c === '\\' && kind === 'string') {
      const escaped = source.charAt(at + 1)
      text += source.slice(from, at) + (ESCAPES[escaped] ?? escaped)
      from = ++at + 1
    }
  }
  // Never closed. Where the parser gets this far, it is refused there.
  return { kind: 'bad', text: '', upper: '', start, end: source.length }
}

function numberOrWord(source: string, start: number): Token {
  if (source.charAt(start) === '0' && source.charAt(start + 1) === 'x') {
    const hex = /^0x([0-9a-fA-F]+)(?![\w$])/.exec(source.slice(start, start + 5000))
    if (hex !== null) return token('hex', hex[1] ?? '', start, start + hex[0].length)
  }
  const found = number(source, start)
  const after = source.charAt(found.end)
  // `3rd` is a name, `1e` too.
  return after !== '' && isWordStart(after) && !found.text.includes('.') ? word(source, start) : found
}

function number(source: string, start: number): Token {
  let at = start
  while (isDigit(source.charAt(at))) at++
  if (source.charAt(at) === '.') {
    at++
    while (isDigit(source.charAt(at))) at++
  }
  const exponent = /^[eE][+-]?\d+/.exec(source.slice(at, at + 24))
  if (exponent !== null) at += exponent[0].length
  return token('number', source.slice(start, at), start, at)
}

function word(source: string, start: number): Token {
  let at = start
  while (at < source.length && IN_WORDS[source.charCodeAt(at)] !== 0) at++
  return token('word', source.slice(start, at), start, at)
}

function variable(source: string, start: number): Token {
  const found = /^@@?[\w.$]+|^@`[^`]+`|^@'[^']+'/.exec(source.slice(start, start + 200))
  return found === null
    ? token('symbol', '@', start, start + 1)
    : token('variable', found[0], start, start + found[0].length)
}
