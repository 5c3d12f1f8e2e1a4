/** MySQL's queries: WITH, what is made of several SELECTs, ORDER BY and LIMIT (sql_yacc.yy of MySQL 8.0: query_expression). */
import type { Cursor } from '../cursor.ts'
import { expressionList, names, orderTerms, tableName } from '../parts.ts'
import type { CommonTable, Expression, Limit, OrderTerm, Query, QueryBody, SelectItem } from '../syntax.ts'
import { EMPTY_SELECT, select } from './select.ts'

export function parseQuery(c: Cursor): Query {
  const common: CommonTable[] = []
  let recursive = false
  if (c.takeWord('WITH')) {
    recursive = c.takeWord('RECURSIVE')
    do common.push(commonTable(c))
    while (c.takeSymbol(','))
  }
  const body = compound(c)
  const order = c.takeWord('ORDER') ? orderBy(c) : []
  const limit = c.takeWord('LIMIT') ? limitOf(c) : undefined
  locking(c)
  return { with: common, recursive, body, order, limit }
}

function commonTable(c: Cursor): CommonTable {
  const name = c.name()
  const columns = c.isSymbol('(') ? names(c) : []
  c.expectWord('AS')
  c.expectSymbol('(')
  const query = c.nested(() => parseQuery(c))
  c.expectSymbol(')')
  return { name, columns, query }
}

function orderBy(c: Cursor): OrderTerm[] {
  c.expectWord('BY')
  return orderTerms(c)
}

function limitOf(c: Cursor): Limit {
  const first = limitNumber(c)
  if (c.takeSymbol(',')) return { offset: first, count: limitNumber(c) }
  return { count: first, offset: c.takeWord('OFFSET') ? limitNumber(c) : 0 }
}

function limitNumber(c: Cursor): number {
  if (c.token.kind !== 'number' || !/^\d+$/.test(c.token.text)) throw c.error()
  return Math.min(Number(c.next().text), Number.MAX_SAFE_INTEGER)
}

/** FOR UPDATE and its like change nothing here. */
function locking(c: Cursor): void {
  if (c.isWord('FOR') && (c.peek(1).upper === 'UPDATE' || c.peek(1).upper === 'SHARE')) {
    c.next()
    c.next()
  } else c.takeWord('LOCK', 'IN', 'SHARE', 'MODE')
}

function compound(c: Cursor): QueryBody {
  let left = intersection(c)
  for (;;) {
    const word = c.takeOne('UNION', 'EXCEPT')
    if (word === undefined) return left
    const all = c.takeWord('ALL')
    if (!all) c.takeWord('DISTINCT')
    left = { kind: 'compound', operator: all ? `${word} ALL` : word, left, right: intersection(c) }
  }
}

function intersection(c: Cursor): QueryBody {
  let left = primary(c)
  while (c.takeWord('INTERSECT')) {
    const all = c.takeWord('ALL')
    if (!all) c.takeWord('DISTINCT')
    left = { kind: 'compound', operator: all ? 'INTERSECT ALL' : 'INTERSECT', left, right: primary(c) }
  }
  return left
}

function primary(c: Cursor): QueryBody {
  if (c.takeSymbol('(')) {
    const query = c.nested(() => parseQuery(c))
    c.expectSymbol(')')
    return { kind: 'nested', query }
  }
  if (c.takeWord('TABLE')) {
    const star: SelectItem = { kind: 'star', database: undefined, table: undefined }
    return { ...EMPTY_SELECT, items: [star], from: tableName(c) }
  }
  if (c.takeWord('VALUES')) {
    const rows: Expression[][] = []
    do {
      c.expectWord('ROW')
      c.expectSymbol('(')
      rows.push(expressionList(c))
      c.expectSymbol(')')
    } while (c.takeSymbol(','))
    return { kind: 'values', rows }
  }
  return select(c)
}
