/** The grammar as a whole: its parts read what they hold through it, for expressions hold queries and queries hold expressions. */
import { Cursor, type Grammar } from './cursor.ts'
import { bitExpression } from './expression/bit-expression.ts'
import { parseExpression } from './expression/expression.ts'
import { parseQuery } from './query/query.ts'

const GRAMMAR: Grammar = { query: parseQuery, expression: parseExpression, bitExpression }

/** At the first word of a text. */
export function cursorOver(source: string): Cursor {
  return new Cursor(source, GRAMMAR)
}
