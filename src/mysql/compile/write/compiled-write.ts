/** What the compilers of writes share. */
import type { NamedTable, Query } from '../../parse/syntax.ts'
import { isSystemDatabase, type Schema, type SqlTable, schemaKey } from '../../schema.ts'
import { ACCOUNT } from '../../server/identity.ts'
import { SqlError } from '../../sql-error.ts'
import { isNumber, type ValueType } from '../../values/value-type.ts'
import { checkTables, requireTable } from '../check-tables.ts'
import type { Compiled } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import { asText } from '../conversion.ts'

export interface CompiledWrite {
  readonly statements: readonly string[]
  readonly schema: Schema
}

/** Columns of a table. */
export const MOST_COLUMNS = 200

export function accessDenied(database: string): SqlError {
  return new SqlError(1044, `Access denied for user '${ACCOUNT.user}'@'${ACCOUNT.host}' to database '${database}'`)
}

/** The table that a write changes. Throws for one that does not exist (1049, 1146) or cannot be written (1044). */
export function writtenTable(
  { schema, database }: Compiler,
  databases: ReadonlySet<string>,
  named: NamedTable,
): SqlTable {
  requireTable(named, schema, databases, database)
  const table = schema.get(schemaKey(named.database ?? database, named.name))
  if (table === undefined || isSystemDatabase(table.database)) throw accessDenied(table?.database ?? database)
  return table
}

/** A query that rows are taken from. */
export function sourceQuery(compiler: Compiler, databases: ReadonlySet<string>, query: Query) {
  checkTables(query, compiler.schema, databases, compiler.database)
  return compiler.query(query, undefined)
}

/** A value as a column of a type keeps it. */
export function keptAs(value: Compiled, type: ValueType): string {
  if (type.kind === 'int' && isNumber(value.type) && value.type.kind !== 'int')
    return `CAST(my_round(${value.sql}, 0) AS INTEGER)`
  if (type.kind === 'decimal') return isNumber(value.type) ? `my_round(${value.sql}, ${type.decimals ?? 0})` : value.sql
  if (type.kind === 'date') return `my_part('DATE', ${asText(value)})`
  if (type.kind === 'datetime') return `my_moment(${asText(value)}, 0)`
  return type.kind === 'text' ? asText(value) : value.sql
}

/** What was written may be any text: its columns are not plain any more. */
export function mixed(schema: Schema, table: SqlTable): Schema {
  if (table.columns.every(({ plain }) => !plain)) return schema
  const columns = table.columns.map((column) => ({ ...column, plain: false }))
  return new Map(schema).set(schemaKey(table.database, table.name), { ...table, columns })
}
