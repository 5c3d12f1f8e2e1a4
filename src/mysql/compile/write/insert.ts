/** INSERT and REPLACE. */
import type { Write } from '../../parse/statement-syntax.ts'
import type { Expression } from '../../parse/syntax.ts'
import type { SqlColumn, SqlTable } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import type { Compiler } from '../compiler.ts'
import { scalar } from '../expression/rows.ts'
import { newScope } from '../scope.ts'
import { quoteName, tableSql } from '../sqlite-text.ts'
import { refuseTarget, sourceQuery } from './compiled-write.ts'
import { defaultOf } from './default-value.ts'
import { duplicateChecks, type GivenCell } from './duplicate-check.ts'
import { duplicateText } from './duplicate-key.ts'
import { kept } from './kept.ts'

type Insert = Extract<Write, { readonly kind: 'insert' }>

export function insertSql(
  compiler: Compiler,
  databases: ReadonlySet<string>,
  write: Insert,
  table: SqlTable,
): string[] {
  const columns = insertedColumns(write, table)
  const ignore = write.verb === 'INSERT OR IGNORE'
  const head = `${write.verb === 'REPLACE' ? 'INSERT OR REPLACE' : write.verb} INTO ${tableSql(table)} AS t0`
  const numbered = table.columns.find(({ autoIncrement }) => autoIncrement)
  const added = numbered !== undefined && !columns.includes(numbered) ? [numbered] : []
  const next =
    numbered === undefined ? '' : `(SELECT ifnull(max(${quoteName(numbered.name)}), 0) FROM ${tableSql(table)})`
  const list = [...columns, ...added].map(({ name }) => quoteName(name)).join(', ')
  const end = duplicateText(compiler, write, table)
  if (write.query !== undefined) {
    const query = sourceQuery(compiler, databases, write.query)
    if (query.columns.length !== columns.length)
      throw new SqlError(1136, "Column count doesn't match value count at row 1")
    const cells = query.columns.flatMap(({ type }, i) => {
      const column = columns[i]
      return column === undefined ? [] : [kept(compiler, { sql: `c${i}`, type, parts: [] }, column, 'row', ignore)]
    })
    const number = added.length > 0 ? [`${next} + row`] : []
    const rows = `SELECT *, row_number() OVER () AS row FROM (${query.sql})`
    return [`${head} (${list}) SELECT ${[...cells, ...number].join(', ')} FROM (${rows}) WHERE 1${end}`]
  }
  refuseTarget(compiler, table, write.table.name, ...write.rows.flat())
  const scope = newScope(undefined)
  scope.aggregates = 'refused'
  const cell = (value: Expression, column: SqlColumn, i: number): GivenCell => {
    const free =
      value.kind === 'default' || value.kind === 'null' || (value.kind === 'number' && Number(value.text) === 0)
    if (column === numbered && free) return { sql: `${next} + ${i + 1}`, literal: undefined }
    const given = value.kind === 'default' ? defaultOf(column) : scalar(compiler.expression(scope, value))
    return { sql: kept(compiler, given, column, String(i + 1), ignore), literal: given.literal }
  }
  const rows = write.rows.map((row, i) => {
    const values: readonly Expression[] = row.length === 0 ? columns.map(() => ({ kind: 'default' }) as const) : row
    if (values.length !== columns.length)
      throw new SqlError(1136, `Column count doesn't match value count at row ${i + 1}`)
    return columns.map((column, place) => cell(values[place] ?? { kind: 'default' }, column, i))
  })
  const texts = rows.map((cells, i) => {
    const number = added.length > 0 ? [`${next} + ${i + 1}`] : []
    return `(${[...cells.map(({ sql }) => sql), ...number].join(', ')})`
  })
  const checks = write.verb === 'INSERT' && end === '' ? duplicateChecks(table, columns, rows) : []
  return [...checks, `${head} (${list}) VALUES ${texts.join(', ')}${end}`]
}

/** The columns that are named, or all; those that are not need a default (1364). */
function insertedColumns({ columns, rows }: Insert, table: SqlTable): SqlColumn[] {
  const named = columns !== undefined && columns.length > 0
  const names = named ? columns : table.columns.map(({ name }) => name)
  const found = names.map((name) => {
    const column = table.columns.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
    if (column === undefined) throw new SqlError(1054, `Unknown column '${name}' in 'field list'`)
    return column
  })
  const twice = found.find((column, i) => found.indexOf(column) !== i)
  if (twice !== undefined) throw new SqlError(1110, `Column '${twice.name}' specified twice`)
  const missing = table.columns.find(
    (column) => !found.includes(column) && !column.nullable && !column.autoIncrement && column.default === undefined,
  )
  const counted = !named || rows.every((row) => row.length === names.length)
  if (missing !== undefined && counted) throw new SqlError(1364, `Field '${missing.name}' doesn't have a default value`)
  return found
}
