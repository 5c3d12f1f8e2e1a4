/** MySQL's queries: SELECT and what may stand around it (sql_yacc.yy of MySQL 8.0: query_expression, table_reference). */

import { SqlError } from '../../sql-error.ts'
import type { Cursor, Grammar } from '../cursor.ts'
import { parseExpression } from '../expression/expression.ts'
import { windowDefinition } from '../expression/window.ts'
import { expressionList, orderTerms } from '../parts.ts'
import type {
  CommonTable,
  DerivedTable,
  Expression,
  Join,
  Limit,
  NamedTable,
  OrderTerm,
  Query,
  QueryBody,
  Select,
  SelectItem,
  TableExpression,
  WindowDefinition,
} from '../syntax.ts'

/** What a cursor reads with. */
export const GRAMMAR: Grammar = { query: parseQuery, expression: parseExpression }

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

export function names(c: Cursor): string[] {
  c.expectSymbol('(')
  const found = [c.name()]
  while (c.takeSymbol(',')) found.push(c.name())
  c.expectSymbol(')')
  return found
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
    if (all && word === 'EXCEPT') throw new SqlError(0, 'EXCEPT ALL is not supported here')
    left = { kind: 'compound', operator: all ? 'UNION ALL' : word, left, right: intersection(c) }
  }
}

function intersection(c: Cursor): QueryBody {
  let left = primary(c)
  while (c.takeWord('INTERSECT')) {
    if (c.takeWord('ALL')) throw new SqlError(0, 'INTERSECT ALL is not supported here')
    c.takeWord('DISTINCT')
    left = { kind: 'compound', operator: 'INTERSECT', left, right: primary(c) }
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
    return { ...EMPTY, items: [star], from: tableName(c) }
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

const EMPTY: Select = {
  kind: 'select',
  distinct: false,
  items: [],
  from: undefined,
  where: undefined,
  group: [],
  rollup: false,
  having: undefined,
  windows: [],
}

const OPTIONS = [
  'ALL',
  'HIGH_PRIORITY',
  'SQL_SMALL_RESULT',
  'SQL_BIG_RESULT',
  'SQL_BUFFER_RESULT',
  'SQL_NO_CACHE',
  'SQL_CALC_FOUND_ROWS',
  'STRAIGHT_JOIN',
] as const

function select(c: Cursor): Select {
  c.expectWord('SELECT')
  let distinct = false
  for (;;) {
    if (c.takeWord('DISTINCT') || c.takeWord('DISTINCTROW')) distinct = true
    else if (c.takeOne(...OPTIONS) === undefined) break
  }
  const items = [selectItem(c, true)]
  while (c.takeSymbol(',')) items.push(selectItem(c, false))
  if (c.isWord('INTO')) throw new SqlError(0, 'SELECT ... INTO is not run here')
  let from: TableExpression | undefined
  if (c.takeWord('FROM') && !c.takeWord('DUAL')) from = tableReferences(c)
  const where = c.takeWord('WHERE') ? parseExpression(c) : undefined
  let group: OrderTerm[] = []
  let rollup = false
  if (c.takeWord('GROUP')) {
    c.expectWord('BY')
    group = groupTerms(c)
    rollup = c.takeWord('WITH', 'ROLLUP')
  }
  const having = c.takeWord('HAVING') ? parseExpression(c) : undefined
  const windows: { name: string; window: WindowDefinition }[] = []
  if (c.takeWord('WINDOW'))
    do {
      const name = c.name()
      c.expectWord('AS')
      c.expectSymbol('(')
      windows.push({ name, window: windowDefinition(c) })
      c.expectSymbol(')')
    } while (c.takeSymbol(','))
  return { kind: 'select', distinct, items, from, where, group, rollup, having, windows }
}

/** MySQL 8.0.13 dropped GROUP BY ... ASC|DESC. */
function groupTerms(c: Cursor): OrderTerm[] {
  return expressionList(c).map((expression) => ({ expression, descending: false }))
}

function selectItem(c: Cursor, first: boolean): SelectItem {
  // A bare * may only come first.
  if (c.isSymbol('*')) {
    if (!first) throw c.error()
    c.next()
    return { kind: 'star', database: undefined, table: undefined }
  }
  const qualified = qualifiedStar(c)
  if (qualified !== undefined) return qualified
  const start = c.token.start
  const expression = parseExpression(c)
  const text = c.source.slice(start, c.last?.end)
  return { kind: 'expression', expression, alias: selectAlias(c), text }
}

function qualifiedStar(c: Cursor): SelectItem | undefined {
  if (!c.isName() || !c.isSymbol('.', 1)) return undefined
  if (c.isSymbol('*', 2)) {
    const table = c.name()
    c.next()
    c.next()
    return { kind: 'star', database: undefined, table }
  }
  if (!c.isSymbol('.', 3) || !c.isSymbol('*', 4)) return undefined
  const database = c.name()
  c.next()
  const table = c.nameAfterDot()
  c.next()
  c.next()
  return { kind: 'star', database, table }
}

function selectAlias(c: Cursor): string | undefined {
  if (c.takeWord('AS')) return c.token.kind === 'string' ? c.next().text : c.name()
  if (c.token.kind === 'string') return c.next().text
  return c.isName() ? c.name() : undefined
}

function tableReferences(c: Cursor): TableExpression {
  let left = joined(c)
  while (c.takeSymbol(',')) left = join('inner', left, joined(c))
  return left
}

function join(type: Join['type'], left: TableExpression, right: TableExpression, on: Partial<Join> = {}): Join {
  return { kind: 'join', type, left, right, on: undefined, using: undefined, natural: false, straight: false, ...on }
}

function joined(c: Cursor): TableExpression {
  let left = tableFactor(c)
  for (;;) {
    if (c.takeWord('NATURAL')) {
      const side = c.takeOne('LEFT', 'RIGHT')
      if (side === undefined) c.takeWord('INNER')
      else c.takeWord('OUTER')
      c.expectWord('JOIN')
      const type = side === 'LEFT' ? 'left' : side === 'RIGHT' ? 'right' : 'inner'
      left = join(type, left, tableFactor(c), { natural: true })
    } else if (c.isWord('LEFT') || c.isWord('RIGHT')) {
      const type = c.next().upper === 'LEFT' ? 'left' : 'right'
      c.takeWord('OUTER')
      c.expectWord('JOIN')
      // `a LEFT JOIN b JOIN c ON .. ON ..`: the inner join belongs to the right side.
      const right = tableFactor(c)
      left = join(type, left, right, condition(c, true))
    } else if (c.isWord('INNER') || c.isWord('CROSS') || c.isWord('JOIN') || c.isWord('STRAIGHT_JOIN')) {
      const straight = c.takeWord('STRAIGHT_JOIN')
      if (!straight) {
        if (!c.takeWord('INNER')) c.takeWord('CROSS')
        c.expectWord('JOIN')
      }
      left = join('inner', left, tableFactor(c), { ...condition(c, false), straight })
    } else return left
  }
}

function condition(c: Cursor, required: boolean): Partial<Join> {
  if (c.takeWord('ON')) return { on: parseExpression(c) }
  if (c.takeWord('USING')) return { using: names(c) }
  if (required) throw c.error()
  return {}
}

function tableFactor(c: Cursor): TableExpression {
  const lateral = c.takeWord('LATERAL')
  if (c.isSymbol('(')) return parenthesisedTable(c, lateral)
  if (c.isWord('JSON_TABLE')) throw new SqlError(0, 'JSON_TABLE is not supported here')
  const table = tableName(c)
  const alias = tableAlias(c)
  hints(c)
  return { ...table, alias }
}

function parenthesisedTable(c: Cursor, lateral: boolean): TableExpression {
  const derived = opensQuery(c)
    ? c.isSymbol('(', 1)
      ? c.attempt(() => derivedTable(c, lateral))
      : derivedTable(c, lateral)
    : undefined
  if (derived !== undefined) return derived
  c.expectSymbol('(')
  const inner = c.nested(() => tableReferences(c))
  c.expectSymbol(')')
  return inner
}

function opensQuery(c: Cursor): boolean {
  let ahead = 0
  while (c.isSymbol('(', ahead)) ahead++
  const { kind, upper } = c.peek(ahead)
  return kind === 'word' && ['SELECT', 'WITH', 'TABLE', 'VALUES'].includes(upper)
}

function derivedTable(c: Cursor, lateral: boolean): DerivedTable {
  c.expectSymbol('(')
  const query = c.nested(() => parseQuery(c))
  c.expectSymbol(')')
  const alias = tableAlias(c)
  if (alias === undefined) throw new SqlError(1248, 'Every derived table must have its own alias')
  const columns = c.isSymbol('(') ? names(c) : []
  return { kind: 'derived', query, alias, columns, lateral }
}

/** A table's name, qualified or not. */
export function tableName(c: Cursor): NamedTable {
  const first = c.name()
  if (!c.takeSymbol('.')) return { kind: 'table', database: undefined, name: first, alias: undefined }
  return { kind: 'table', database: first, name: c.nameAfterDot(), alias: undefined }
}

function tableAlias(c: Cursor): string | undefined {
  if (c.takeWord('AS')) return c.name()
  return c.isName() ? c.name() : undefined
}

function hints(c: Cursor): void {
  while ((c.isWord('USE') || c.isWord('FORCE') || c.isWord('IGNORE')) && /^(INDEX|KEY)$/.test(c.peek(1).upper)) {
    c.next()
    c.next()
    if (c.takeWord('FOR') && !c.takeWord('JOIN')) {
      c.next()
      c.expectWord('BY')
    }
    c.expectSymbol('(')
    while (!c.isSymbol(')')) {
      if (c.atEnd()) throw c.error()
      c.next()
    }
    c.next()
  }
}
