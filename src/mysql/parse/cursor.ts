/** Where a parser is in its tokens, and the words it keeps asking. Errors are MySQL's: near the first token that does not fit. */

import { SqlError, syntaxError } from '../sql-error.ts'
import { RESERVED_WORDS } from './reserved-words.ts'
import type { Expression, Query } from './syntax.ts'
import { type Token, tokenize } from './tokens.ts'

/** Nesting of parentheses and subqueries that is still read. */
const DEEPEST = 60
const END: Token = { kind: 'end', text: '', upper: '', start: 0, end: 0 }

/** What reads the things that hold one another. */
export interface Grammar {
  query(c: Cursor): Query
  expression(c: Cursor): Expression
  /** An expression without comparisons. */
  bitExpression(c: Cursor, level?: number): Expression
}

export class Cursor {
  readonly source: string
  readonly #grammar: Grammar
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  /**
   * @param grammar given from outside, for expressions hold queries and queries hold expressions. The server drops
   * blanks and semicolons at the end before it reads.
   */
  constructor(source: string, grammar: Grammar) {
    this.source = source.replace(/[\s;]+$/, '')
    this.#grammar = grammar
    this.#tokens = tokenize(this.source)
  }

  query(): Query {
    return this.#grammar.query(this)
  }

  expression(): Expression {
    return this.#grammar.expression(this)
  }

  bitExpression(level?: number): Expression {
    return this.#grammar.bitExpression(this, level)
  }

  get token(): Token {
    return this.#tokens[this.#at] ?? END
  }

  peek(ahead: number): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] ?? END
  }

  atEnd(): boolean {
    return this.token.kind === 'end'
  }

  /** The token before this one; undefined at the start. */
  get last(): Token | undefined {
    return this.#tokens[this.#at - 1]
  }

  next(): Token {
    const token = this.token
    if (token.kind !== 'end') this.#at++
    return token
  }

  /** Passes over all that is left of a statement. */
  skipStatement(): void {
    while (!this.atEnd() && !this.isSymbol(';')) this.next()
  }

  /** Whether the next tokens are these words (upper case). */
  isWord(word: string, ...more: readonly string[]): boolean {
    if (this.token.upper !== word) return false // '' unless it is a word
    return more.length === 0 || more.every((next, i) => this.peek(i + 1).upper === next)
  }

  takeWord(word: string, ...more: readonly string[]): boolean {
    if (!this.isWord(word, ...more)) return false
    this.#at += 1 + more.length
    return true
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) throw this.error()
  }

  /** The first of these words that stands here, taken. */
  takeOne<const W extends string>(...words: readonly W[]): W | undefined {
    const { upper } = this.token
    const found = words.find((word) => word === upper)
    if (found !== undefined) this.#at++
    return found
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'symbol' && token.text === symbol
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false
    this.#at++
    return true
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.error()
  }

  /** Whether a name can start at a token: quoted, or a word that is not reserved. */
  isName(ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'quoted' || (token.kind === 'word' && !RESERVED_WORDS.has(token.upper))
  }

  name(): string {
    if (!this.isName()) throw this.error()
    const { text } = this.next()
    if (text.length > 64) throw new SqlError(1059, `Identifier name '${text}' is too long`)
    return text
  }

  /** A name after a dot, where reserved words are names too. */
  nameAfterDot(): string {
    const token = this.token
    if (token.kind !== 'quoted' && token.kind !== 'word') throw this.error()
    this.next()
    return token.text
  }

  error(token: Token = this.token): SqlError {
    return syntaxError(this.source, token.start)
  }

  /** Reads something nested; refuses what is nested too deeply to be meant. */
  nested<T>(read: () => T): T {
    if (++this.#depth > DEEPEST)
      throw new SqlError(0, `The statement is nested more than ${DEEPEST} levels deep, which is not run here`)
    const value = read()
    this.#depth--
    return value
  }

  /** Tries one reading; on a syntax error the cursor is where it was and the answer undefined. */
  attempt<T>(read: () => T): T | undefined {
    const at = this.#at
    const depth = this.#depth
    try {
      return read()
    } catch (thrown) {
      if (!(thrown instanceof SqlError) || thrown.code !== 1064) throw thrown
      this.#at = at
      this.#depth = depth
      return undefined
    }
  }
}
