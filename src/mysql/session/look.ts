/** What SHOW and DESCRIBE answer. */
import { requireTable } from '../compile/check-tables.ts'
import { describeTable, showDatabases, showTables } from '../dictionary/show.ts'
import { showCreateTable } from '../dictionary/show-create-table.ts'
import { showIndex } from '../dictionary/show-index.ts'
import type { Statement } from '../parse/statement-syntax.ts'
import type { NamedTable } from '../parse/syntax.ts'
import { databasesOf, type Schema, schemaKey } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import type { ResultSet } from '../values/result-set.ts'

type Look = Extract<Statement, { readonly kind: 'show' | 'describe' }>

/** @param current the database in use, lower case */
export function look(statement: Look, schema: Schema, current: string): ResultSet {
  const find = (named: NamedTable) => {
    requireTable(named, schema, databasesOf(schema), current)
    const table = schema.get(schemaKey(named.database ?? current, named.name))
    if (table === undefined) throw new Error('A table that was just found is gone.')
    return table
  }
  if (statement.kind === 'describe') return describeTable(find(statement.table), statement.column, false)
  const { what, table, like, full } = statement
  if (what === 'databases') return showDatabases(schema, like)
  if (what === 'tables') {
    const database = statement.database?.toLowerCase() ?? current
    if (!databasesOf(schema).has(database)) throw new SqlError(1049, `Unknown database '${database}'`)
    return showTables(schema, database, like, full)
  }
  if (table === undefined) return { columns: [], rows: [] }
  if (what === 'columns') return describeTable(find(table), like, full)
  return what === 'index' ? showIndex(find(table)) : showCreateTable(find(table))
}
