/** Data manipulation: INSERT and REPLACE, UPDATE, DELETE. */
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { expressionList, names, orderTerms, tableName } from '../parts.ts'
import { tableReferences } from '../query/table-reference.ts'
import type { Assignment, Write } from '../statement-syntax.ts'
import type { ColumnReference, Expression, NamedTable, OrderTerm, TableExpression } from '../syntax.ts'

export function insert(c: Cursor): Write {
  const replace = c.next().upper === 'REPLACE'
  c.takeOne('LOW_PRIORITY', 'DELAYED', 'HIGH_PRIORITY')
  const ignore = c.takeWord('IGNORE')
  c.takeWord('INTO')
  const table = tableName(c)
  const columns =
    c.isSymbol('(') && c.peek(1).upper !== 'SELECT' && c.peek(1).upper !== 'WITH' ? columnList(c) : undefined
  const verb = replace ? 'REPLACE' : ignore ? 'INSERT OR IGNORE' : 'INSERT'
  const source = insertSource(c, columns)
  const row = !replace && c.takeWord('AS') ? c.name() : undefined
  const duplicate = !replace && c.takeWord('ON') ? duplicateUpdate(c) : []
  return { kind: 'insert', verb, table, ...source, duplicate, row }
}

type Source = Pick<Extract<Write, { readonly kind: 'insert' }>, 'columns' | 'rows' | 'query'>

function insertSource(c: Cursor, columns: readonly string[] | undefined): Source {
  if (c.takeWord('SET')) {
    const set = assignments(c)
    return { columns: set.map(({ column }) => column.name), rows: [set.map(({ value }) => value)], query: undefined }
  }
  if ((c.isWord('VALUES') && !c.isWord('VALUES', 'ROW')) || c.isWord('VALUE')) {
    c.next()
    const rows: Expression[][] = []
    do rows.push(valueRow(c))
    while (c.takeSymbol(','))
    return { columns, rows, query: undefined }
  }
  return { columns, rows: [], query: c.query() }
}

function duplicateUpdate(c: Cursor): Assignment[] {
  for (const word of ['DUPLICATE', 'KEY', 'UPDATE']) c.expectWord(word)
  return assignments(c)
}

function columnList(c: Cursor): string[] {
  if (!c.isSymbol(')', 1)) return names(c)
  c.next()
  c.next()
  return []
}

function valueRow(c: Cursor): Expression[] {
  c.takeWord('ROW')
  c.expectSymbol('(')
  const row = c.isSymbol(')') ? [] : expressionList(c)
  c.expectSymbol(')')
  return row
}

function assignments(c: Cursor): Assignment[] {
  const set: Assignment[] = []
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
  const ignore = c.takeWord('IGNORE')
  const tables = tableReferences(c)
  c.expectWord('SET')
  const set = assignments(c)
  const where = c.takeWord('WHERE') ? c.expression() : undefined
  const first = firstTable(tables)
  if (first === undefined) throw c.error()
  if (tables.kind === 'table')
    return { kind: 'update', table: tables, from: undefined, set, where, ignore, ...ordered(c) }
  refuseOrder(c, 'UPDATE')
  return { kind: 'update', table: first, from: tables, set, where, ignore, order: [], limit: undefined }
}

function firstTable(tables: TableExpression): NamedTable | undefined {
  if (tables.kind === 'join') return firstTable(tables.left) ?? firstTable(tables.right)
  return tables.kind === 'table' ? tables : undefined
}

export function remove(c: Cursor): Write {
  c.next()
  c.takeWord('LOW_PRIORITY')
  c.takeWord('QUICK')
  c.takeWord('IGNORE')
  if (!c.takeWord('FROM')) return removeFrom(c, targets(c), 'FROM')
  const [table, ...others] = targets(c)
  if (table === undefined) throw c.error()
  if (others.length > 0 || c.isWord('USING')) return removeFrom(c, [table, ...others], 'USING')
  const alias = c.takeWord('AS') || c.isName() ? c.name() : undefined
  const where = c.takeWord('WHERE') ? c.expression() : undefined
  return { kind: 'delete', table: { ...table, alias }, from: undefined, where, ...ordered(c) }
}

/** The tables whose rows go, by the names that the join has for them; `t.*` is the same. */
function targets(c: Cursor): NamedTable[] {
  const found: NamedTable[] = []
  do {
    const starred = c.isSymbol('.', 1) && c.isSymbol('*', 2)
    found.push(starred ? { kind: 'table', database: undefined, name: c.name(), alias: undefined } : tableName(c))
    if (starred) {
      c.next()
      c.next()
    }
  } while (c.takeSymbol(','))
  return found
}

function removeFrom(c: Cursor, [table, ...others]: readonly NamedTable[], word: 'FROM' | 'USING'): Write {
  if (table === undefined) throw c.error()
  c.expectWord(word)
  const from = tableReferences(c)
  const where = c.takeWord('WHERE') ? c.expression() : undefined
  refuseOrder(c, 'DELETE')
  if (others.length > 0) throw new SqlError(0, 'DELETE from several tables at once is not supported here')
  return { kind: 'delete', table, from, where, order: [], limit: undefined }
}

function ordered(c: Cursor): { readonly order: readonly OrderTerm[]; readonly limit: number | undefined } {
  let order: readonly OrderTerm[] = []
  if (c.takeWord('ORDER')) {
    c.expectWord('BY')
    order = orderTerms(c)
  }
  if (!c.takeWord('LIMIT')) return { order, limit: undefined }
  if (c.token.kind !== 'number' || !/^\d+$/.test(c.token.text)) throw c.error()
  return { order, limit: Number(c.next().text) }
}

function refuseOrder(c: Cursor, verb: 'UPDATE' | 'DELETE'): void {
  const word = ['ORDER', 'LIMIT'].find((one) => c.isWord(one))
  if (word !== undefined)
    throw verb === 'DELETE'
      ? c.error()
      : new SqlError(1221, `Incorrect usage of UPDATE and ${word === 'ORDER' ? 'ORDER BY' : word}`)
}
