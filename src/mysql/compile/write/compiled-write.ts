/** What the compilers of writes share. */
import type { Expression, NamedTable, Query } from '../../parse/syntax.ts'
import { tablesIn } from '../../parse/tables-in.ts'
import { isSystemDatabase, type Schema, type SqlTable, schemaKey } from '../../schema.ts'
import { ACCOUNT } from '../../server/identity.ts'
import { SqlError } from '../../sql-error.ts'
import { checkTables, requireTable } from '../check-tables.ts'
import type { Compiler } from '../compiler.ts'

export interface CompiledWrite {
  readonly statements: readonly string[]
  readonly schema: Schema
}

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
  if (table.view !== undefined) throw new SqlError(0, `'${table.name}' is a view, and views are only read here`)
  return table
}

/** A query that rows are taken from. */
export function sourceQuery(compiler: Compiler, databases: ReadonlySet<string>, query: Query) {
  checkTables(query, compiler.schema, databases, compiler.database)
  return compiler.query(query, undefined)
}

/** Refuses expressions whose queries read the table that is written, but for those in derived tables (1093). */
export function refuseTarget(
  { database }: Compiler,
  table: SqlTable,
  alias: string,
  ...expressions: readonly (Expression | undefined)[]
): void {
  const key = schemaKey(table.database, table.name)
  if (tablesIn(expressions, false).some((named) => schemaKey(named.database ?? database, named.name) === key))
    throw new SqlError(1093, `You can't specify target table '${alias}' for update in FROM clause`)
}

/** What was written may be any text: its columns are not plain any more. */
export function mixed(schema: Schema, table: SqlTable): Schema {
  if (table.columns.every(({ plain }) => !plain)) return schema
  const columns = table.columns.map((column) => ({ ...column, plain: false }))
  return new Map(schema).set(schemaKey(table.database, table.name), { ...table, columns })
}
