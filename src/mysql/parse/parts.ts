/** What many places of the grammar are made of: lists, names, texts, a query in parentheses. */
import { SqlError } from '../sql-error.ts'
import { collationNamed, isCharset } from '../values/collations.ts'
import type { Cursor } from './cursor.ts'
import type { Expression, NamedTable, OrderTerm, Query } from './syntax.ts'

export function expressionList(c: Cursor): Expression[] {
  const items = [c.expression()]
  while (c.takeSymbol(',')) items.push(c.expression())
  return items
}

export function orderTerms(c: Cursor): OrderTerm[] {
  const terms: OrderTerm[] = []
  do {
    const expression = c.expression()
    const descending = c.takeWord('DESC')
    if (!descending) c.takeWord('ASC')
    terms.push({ expression, descending })
  } while (c.takeSymbol(','))
  return terms
}

/** Names in parentheses. */
export function names(c: Cursor): string[] {
  c.expectSymbol('(')
  const found = [c.name()]
  while (c.takeSymbol(',')) found.push(c.name())
  c.expectSymbol(')')
  return found
}

/** A table's name, qualified or not. */
export function tableName(c: Cursor): NamedTable {
  const first = c.name()
  if (!c.takeSymbol('.')) return { kind: 'table', database: undefined, name: first, alias: undefined }
  return { kind: 'table', database: first, name: c.nameAfterDot(), alias: undefined }
}

/** A query in parentheses. */
export function queryInParentheses(c: Cursor): Query {
  c.expectSymbol('(')
  const query = c.nested(() => c.query())
  c.expectSymbol(')')
  return query
}

/** Behind COLLATE. Throws 1273 for one that MySQL does not know. */
export function collationName(c: Cursor): string {
  const { kind, text } = c.token
  if (kind !== 'string' && !c.isName() && !c.isWord('BINARY')) throw c.error()
  c.next()
  const found = collationNamed(text)
  if (found === undefined) throw new SqlError(1273, `Unknown collation: '${text}'`)
  return found.name
}

/** Behind CHARACTER SET. Throws 1115 for one that MySQL does not know. */
export function charsetName(c: Cursor): string {
  const { kind, text } = c.token
  if (kind !== 'string' && !c.isName() && !c.isWord('BINARY')) throw c.error()
  c.next()
  if (!isCharset(text)) throw new SqlError(1115, `Unknown character set: '${text}'`)
  return text.toLowerCase()
}

/** Adjacent strings are one. */
export function strings(c: Cursor): string {
  let value = c.next().text
  while (c.token.kind === 'string') value += c.next().text
  return value
}
