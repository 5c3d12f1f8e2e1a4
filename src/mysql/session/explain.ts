/**
 * EXPLAIN of a statement: a row for each table that it reads, in the columns of MySQL's tabular form. The plan is that of
 * the model in `compile/order`, and its figures are estimates of ours.
 */
import { checkTables } from '../compile/check-tables.ts'
import { compilerFor } from '../compile/compile.ts'
import type { Planned } from '../compile/compiled.ts'
import { compileWrite } from '../compile/write/write.ts'
import { shownColumns } from '../dictionary/shown-columns.ts'
import type { Explain, Write } from '../parse/statement-syntax.ts'
import type { Expression, Query, QueryBody, Select, TableExpression } from '../parse/syntax.ts'
import { databasesOf, type SqlColumn, type SqlTable, schemaKey } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import type { ResultSet, SqlValue } from '../values/result-set.ts'
import { DOUBLE } from '../values/value-type.ts'
import { queriesIn } from './queries-in.ts'
import type { Held } from './reading.ts'

type Row = readonly SqlValue[]

/** @param database in use, lower case */
export function explain({ form, statement }: Explain, held: Held, database: string): ResultSet {
  if (form !== 'TRADITIONAL')
    throw new SqlError(
      0,
      `EXPLAIN ${form === 'ANALYZE' ? form : `FORMAT=${form}`} is not supported here; EXPLAIN alone shows the plan as a table`,
    )
  const compiler = compilerFor(held.schema, database, held.settings)
  const databases = databasesOf(held.schema)
  const columns = shownColumns(
    ...['id:int', 'select_type', 'table', 'partitions', 'type', 'possible_keys', 'key', 'key_len', 'ref', 'rows:int'],
    ...['filtered', 'Extra'],
  ).map((column) => (column.name === 'filtered' ? { ...column, type: DOUBLE } : column))
  if (statement.kind === 'query') {
    checkTables(statement.query, held.schema, databases, database)
    compiler.query(statement.query, undefined)
    return { columns, rows: planRows(statement.query, compiler.plans) }
  }
  compileWrite(compiler, databases, statement)
  return { columns, rows: [writeRow(statement, held, database)] }
}

/** The rows of all SELECTs, numbered as they are written. */
function planRows(query: Query, plans: ReadonlyMap<Select, () => readonly Planned[]>): Row[] {
  let count = 0
  const rows: { readonly id: number; readonly row: Row }[] = []
  const unions: Row[] = []

  function whole({ with: common, body, order }: Query, type: string): void {
    walk(body, type, order.length > 0)
    for (const { query: inner } of common) whole(inner, 'DERIVED')
  }

  function walk(body: QueryBody, type: string, sorted: boolean): void {
    switch (body.kind) {
      case 'nested':
        whole(body.query, type)
        break
      case 'values':
        rows.push({ id: ++count, row: withoutTable(count, type, 'No tables used') })
        break
      case 'compound': {
        const first = count + 1
        walk(body.left, type === 'SIMPLE' ? 'PRIMARY' : type, false)
        const second = count + 1
        walk(body.right, 'UNION', false)
        if (body.operator !== 'UNION ALL')
          unions.push([
            null,
            `${body.operator} RESULT`,
            `<union${first},${second}>`,
            null,
            'ALL',
            ...none(4),
            null,
            null,
            'Using temporary',
          ])
        break
      }
      case 'select':
        select(body, type, sorted)
    }
  }

  function select(body: Select, type: string, sorted: boolean): void {
    const id = ++count
    const inner = [...derived(body.from).map((each) => ({ query: each, type: 'DERIVED' })), ...subqueries(body)]
    const own = type === 'SIMPLE' && inner.length > 0 ? 'PRIMARY' : type
    const planned = plans.get(body)?.() ?? []
    if (planned.length === 0) rows.push({ id, row: withoutTable(id, own, 'No tables used') })
    let next = id
    planned.forEach((table, i) => {
      if (table.source.table === undefined) next++
      const name = table.source.table === undefined ? `<derived${next}>` : table.source.alias
      const extra =
        i === 0 ? [body.group.length > 0 || body.distinct ? 'Using temporary' : '', sorted ? 'Using filesort' : ''] : []
      rows.push({ id, row: tableRow(id, own, name, table, i > 0 && table.type === 'ALL', extra) })
    })
    for (const each of inner) whole(each.query, each.type)
  }

  whole(query, 'SIMPLE')
  return [...rows.sort((a, b) => a.id - b.id).map(({ row }) => row), ...unions]
}

function tableRow(
  id: number,
  type: string,
  name: string,
  { source: { table }, type: access, possible, key, ref, rows, filtered, where, covering }: Planned,
  joined: boolean,
  sorting: readonly string[],
): Row {
  const extra = [
    where ? 'Using where' : '',
    covering ? 'Using index' : '',
    ...sorting,
    joined ? 'Using join buffer (hash join)' : '',
  ]
  const said = extra.filter((each) => each !== '')
  const length = key === undefined || table === undefined ? null : String(keyLength(table, key.columns))
  return [
    ...[id, type, name, null, access, possible.length > 0 ? possible.join(',') : null, key?.name ?? null, length],
    ...[ref.length > 0 ? ref.join(',') : null, rows, filtered, said.length > 0 ? said.join('; ') : null],
  ]
}

function withoutTable(id: number, type: string, extra: string): Row {
  return [id, type, ...none(9), extra]
}

function none(count: number): null[] {
  return new Array<null>(count).fill(null)
}

/** Bytes that the columns of a key take. */
function keyLength(table: SqlTable, names: readonly string[]): number {
  return names.reduce((sum, name) => {
    const column = table.columns.find((each) => each.name.toLowerCase() === name.toLowerCase())
    return column === undefined ? sum : sum + bytesOf(column)
  }, 0)
}

const BYTES: Readonly<Record<string, number>> = {
  tinyint: 1,
  smallint: 2,
  mediumint: 3,
  int: 4,
  bigint: 8,
  float: 4,
  double: 8,
  date: 3,
  time: 3,
  datetime: 5,
  timestamp: 4,
  year: 1,
}

function bytesOf({ type, nullable }: SqlColumn): number {
  const [, word = '', size] = /^(\w+)(?:\((\d+))?/.exec(type) ?? []
  const text = /^(var)?char$/.test(word)
    ? Number(size ?? 1) * 4 + (word === 'varchar' ? 2 : 0)
    : Math.ceil(Number(size ?? 8) / 2)
  return (BYTES[word] ?? text) + (nullable ? 1 : 0)
}

/** Queries in FROM, as they are written. */
function derived(from: TableExpression | undefined): Query[] {
  if (from === undefined || from.kind === 'table') return []
  return from.kind === 'derived' ? [from.query] : [...derived(from.left), ...derived(from.right)]
}

function subqueries({ items, where, group, having }: Select): { readonly query: Query; readonly type: string }[] {
  const expressions: (Expression | undefined)[] = [
    ...items.map((item) => (item.kind === 'expression' ? item.expression : undefined)),
    where,
    ...group.map(({ expression }) => expression),
    having,
  ]
  return expressions.flatMap((each) => queriesIn(each).map((query) => ({ query, type: 'SUBQUERY' })))
}

function writeRow(write: Write, { schema }: Held, database: string): Row {
  if (write.kind !== 'insert' && write.kind !== 'update' && write.kind !== 'delete')
    throw new SqlError(0, 'EXPLAIN of this statement is not supported here')
  const { table: named } = write
  const table = schema.get(schemaKey(named.database ?? database, named.name))
  const type = write.kind === 'insert' && write.verb === 'REPLACE' ? 'REPLACE' : write.kind.toUpperCase()
  if (write.kind === 'insert') return [1, type, named.name, null, 'ALL', ...none(4), null, null, null]
  const where = write.where === undefined ? null : 'Using where'
  return [1, type, named.alias ?? named.name, null, 'ALL', ...none(4), Math.max(1, table?.size ?? 1), 100, where]
}
