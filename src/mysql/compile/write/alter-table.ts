/** ALTER TABLE: the table is made anew beside the old one, and the rows go over. */
import type { TableChange } from '../../parse/statement-syntax.ts'
import { type SqlColumn, type SqlTable, schemaKey } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import { NOW } from '../../values/moments.ts'
import { isNumber, typeOfColumn } from '../../values/value-type.ts'
import { alteredTable } from '../altered-table.ts'
import type { Compiler } from '../compiler.ts'
import { createTableSql, quoteName, quoteText, tableSql } from '../sqlite-text.ts'
import type { CompiledWrite } from './compiled-write.ts'
import { kept } from './kept.ts'

export function alterTable(compiler: Compiler, changes: readonly TableChange[], table: SqlTable): CompiledWrite {
  const { table: made, from } = alteredTable(table, changes)
  const [key, target] = [schemaKey(table.database, table.name), schemaKey(made.database, made.name)]
  const after = new Map(compiler.schema)
  if (target !== key && after.has(target)) throw new SqlError(1050, `Table '${made.name}' already exists`)
  after.delete(key)
  // Rows that it was loaded with say nothing of what it holds now.
  const { rows: _, ...known } = { rows: undefined, ...made }
  after.set(target, known)
  const old = { database: table.database, name: `${table.name} before` }
  const [create = '', ...indexes] = createTableSql(made)
  const values = made.columns.map((column, i) => valueBefore(compiler, column, from[i], table))
  const names = made.columns.map(({ name }) => quoteName(name))
  const statements = [
    `ALTER TABLE ${tableSql(table)} RENAME TO ${tableSql(old)}`,
    create,
    `INSERT INTO ${tableSql(made)} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${tableSql(old)}`,
    `DROP TABLE ${tableSql(old)}`,
    ...indexes,
  ]
  return { statements, schema: after }
}

/** What a column holds in the rows that were there before. */
function valueBefore(compiler: Compiler, column: SqlColumn, place: number | undefined, { columns }: SqlTable): string {
  const before = place === undefined ? undefined : columns[place]
  const type = typeOfColumn(column.type)
  if (before !== undefined) {
    const value = { sql: quoteName(before.name), type: typeOfColumn(before.type), parts: [] }
    return column.type === before.type ? value.sql : kept(compiler, value, column, '1', false)
  }
  if (column.default !== undefined) return quoteText(column.default === 'CURRENT_TIMESTAMP' ? NOW : column.default)
  if (column.nullable) return 'NULL'
  if (column.autoIncrement) return 'rowid'
  return isNumber(type) ? '0' : "''"
}
