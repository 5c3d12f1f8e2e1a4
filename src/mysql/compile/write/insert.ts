/** INSERT and REPLACE. */
import type { Write } from '../../parse/statement-syntax.ts'
import type { SqlTable } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import { typeOfColumn } from '../../values/value-type.ts'
import type { Compiler } from '../compiler.ts'
import { scalar } from '../expression/rows.ts'
import { newScope } from '../scope.ts'
import { quoteName, quoteText, tableSql } from '../sqlite-text.ts'
import { keptAs, sourceQuery } from './compiled-write.ts'

type Insert = Extract<Write, { readonly kind: 'insert' }>

export function insertSql(compiler: Compiler, databases: ReadonlySet<string>, write: Insert, table: SqlTable): string {
  const names =
    write.columns !== undefined && write.columns.length > 0 ? write.columns : table.columns.map(({ name }) => name)
  const columns = names.map((name) => {
    const found = table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase())
    if (found === undefined) throw new SqlError(1054, `Unknown column '${name}' in 'field list'`)
    return found
  })
  const missing = table.columns.find(
    (column) => !columns.includes(column) && !column.nullable && !column.autoIncrement && column.default === undefined,
  )
  if (missing !== undefined && write.columns?.length !== 0)
    throw new SqlError(1364, `Field '${missing.name}' doesn't have a default value`)
  const head = `${write.verb === 'REPLACE' ? 'INSERT OR REPLACE' : write.verb} INTO ${tableSql(table)}`
  const numbered = table.columns.find(({ autoIncrement }) => autoIncrement)
  const next =
    numbered === undefined ? '' : `(SELECT ifnull(max(${quoteName(numbered.name)}), 0) FROM ${tableSql(table)})`
  const added = numbered !== undefined && !columns.includes(numbered) ? [numbered] : []
  const list = [...columns, ...added].map(({ name }) => quoteName(name)).join(', ')
  if (write.query !== undefined) {
    const query = sourceQuery(compiler, databases, write.query)
    if (query.columns.length !== columns.length)
      throw new SqlError(1136, "Column count doesn't match value count at row 1")
    const cells = query.columns.map(({ type }, i) =>
      keptAs({ sql: `c${i}`, type, parts: [] }, typeOfColumn(columns[i]?.type ?? '')),
    )
    const number = added.length > 0 ? [`${next} + row_number() OVER ()`] : []
    return `${head} (${list}) SELECT ${[...cells, ...number].join(', ')} FROM (${query.sql})`
  }
  const scope = newScope(undefined)
  const rows = write.rows.map((row, i) => {
    if (row.length !== columns.length && row.length !== 0)
      throw new SqlError(1136, `Column count doesn't match value count at row ${i + 1}`)
    const cells = row.map((value, place) => {
      const column = columns[place]
      if (value.kind === 'default' || (value.kind === 'null' && column?.autoIncrement))
        return column === numbered
          ? `${next} + ${i + 1}`
          : column?.default === undefined
            ? 'NULL'
            : quoteText(column.default)
      return keptAs(scalar(compiler.expression(scope, value)), typeOfColumn(column?.type ?? ''))
    })
    return `(${[...cells, ...(added.length > 0 ? [`${next} + ${i + 1}`] : [])].join(', ')})`
  })
  return `${head} (${list}) VALUES ${rows.join(', ')}`
}
