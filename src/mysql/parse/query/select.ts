/** SELECT and its clauses (sql_yacc.yy of MySQL 8.0: query_specification). */
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { windowDefinition } from '../expression/window.ts'
import { expressionList } from '../parts.ts'
import type { OrderTerm, Select, SelectItem, TableExpression, WindowDefinition } from '../syntax.ts'
import { tableReferences } from './table-reference.ts'

export const EMPTY_SELECT: Select = {
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

export function select(c: Cursor): Select {
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
  const where = c.takeWord('WHERE') ? c.expression() : undefined
  let group: OrderTerm[] = []
  let rollup = false
  if (c.takeWord('GROUP')) {
    c.expectWord('BY')
    group = groupTerms(c)
    rollup = c.takeWord('WITH', 'ROLLUP')
  }
  const having = c.takeWord('HAVING') ? c.expression() : undefined
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
  const expression = c.expression()
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
