/** Data manipulation: INSERT and REPLACE, UPDATE, DELETE. */
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { expressionList, names, tableName } from '../parts.ts'
import type { Write } from '../statement-syntax.ts'
import type { ColumnReference, Expression, NamedTable } from '../syntax.ts'

export function insert(c: Cursor): Write {
  const replace = c.next().upper === 'REPLACE'
  c.takeOne('LOW_PRIORITY', 'DELAYED', 'HIGH_PRIORITY')
  const ignore = c.takeWord('IGNORE')
  c.takeWord('INTO')
  const table = tableName(c)
  const columns =
    c.isSymbol('(') && c.peek(1).upper !== 'SELECT' && c.peek(1).upper !== 'WITH' ? columnList(c) : undefined
  const common = { kind: 'insert', verb: replace ? 'REPLACE' : ignore ? 'INSERT OR IGNORE' : 'INSERT', table } as const
  if (c.takeWord('SET')) {
    const set = assignments(c)
    return {
      ...common,
      columns: set.map(({ column }) => column.name),
      rows: [set.map(({ value }) => value)],
      query: undefined,
    }
  }
  if (c.takeWord('VALUES') || c.takeWord('VALUE')) {
    const rows: Expression[][] = []
    do rows.push(valueRow(c))
    while (c.takeSymbol(','))
    if (c.isWord('ON')) throw new SqlError(0, 'ON DUPLICATE KEY UPDATE is not supported here')
    return { ...common, columns, rows, query: undefined }
  }
  return { ...common, columns, rows: [], query: c.query() }
}

function columnList(c: Cursor): string[] {
  if (!c.isSymbol(')', 1)) return names(c)
  c.next()
  c.next()
  return []
}

function valueRow(c: Cursor): Expression[] {
  c.expectSymbol('(')
  const row = c.isSymbol(')') ? [] : expressionList(c)
  c.expectSymbol(')')
  return row
}

function assignments(c: Cursor): { column: ColumnReference; value: Expression }[] {
  const set: { column: ColumnReference; value: Expression }[] = []
  do {
    const first = c.name()
    const second = c.takeSymbol('.') ? c.nameAfterDot() : undefined
    c.expectSymbol('=')
    const column: ColumnReference = {
      kind: 'column',
      database: undefined,
      table: second === undefined ? undefined : first,
      name: second ?? first,
    }
    set.push({ column, value: c.expression() })
  } while (c.takeSymbol(','))
  return set
}

export function update(c: Cursor): Write {
  c.next()
  c.takeWord('LOW_PRIORITY')
  c.takeWord('IGNORE')
  const table = aliased(c)
  if (!c.isWord('SET') && (c.isSymbol(',') || /^(INNER|JOIN|LEFT|RIGHT|CROSS|NATURAL)$/.test(c.token.upper)))
    throw new SqlError(0, 'UPDATE of several tables is not supported here')
  c.expectWord('SET')
  const set = assignments(c)
  const where = c.takeWord('WHERE') ? c.expression() : undefined
  refuseOrder(c, 'UPDATE')
  return { kind: 'update', table, set, where }
}

function aliased(c: Cursor): NamedTable {
  const table = tableName(c)
  if (c.takeWord('AS')) return { ...table, alias: c.name() }
  return c.isName() ? { ...table, alias: c.name() } : table
}

export function remove(c: Cursor): Write {
  c.next()
  c.takeWord('LOW_PRIORITY')
  c.takeWord('QUICK')
  c.takeWord('IGNORE')
  if (!c.takeWord('FROM'))
    throw c.isName() ? new SqlError(0, 'DELETE from several tables is not supported here') : c.error()
  const table = aliased(c)
  const where = c.takeWord('WHERE') ? c.expression() : undefined
  refuseOrder(c, 'DELETE')
  return { kind: 'delete', table, where }
}

function refuseOrder(c: Cursor, verb: string): void {
  if (c.isWord('ORDER') || c.isWord('LIMIT'))
    throw new SqlError(0, `${verb} with ORDER BY or LIMIT is not supported here`)
}
