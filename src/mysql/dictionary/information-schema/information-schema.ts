/** The databases information_schema and performance_schema as tables that statements read like all others. */
import { madeUpTable, type SqlTable, type StoredTable } from '../../schema.ts'
import { COLUMNS } from './columns-table.ts'
import { KEY_COLUMN_USAGE, REFERENTIAL_CONSTRAINTS, STATISTICS, TABLE_CONSTRAINTS } from './constraints.ts'
import type { DictionaryTable, Known } from './dictionary-table.ts'
import { EMPTY_TABLES } from './empty-tables.ts'
import { PERFORMANCE_TABLES, SERVER_TABLES } from './server-tables.ts'
import { SCHEMATA, TABLES } from './tables-table.ts'
import { VIEWS } from './views-table.ts'

const INFORMATION_SCHEMA: readonly DictionaryTable[] = [
  ...[COLUMNS, KEY_COLUMN_USAGE, REFERENTIAL_CONSTRAINTS, SCHEMATA, STATISTICS, TABLES, TABLE_CONSTRAINTS, VIEWS],
  ...SERVER_TABLES,
  ...EMPTY_TABLES,
]

const MADE = new Map<SqlTable, DictionaryTable>([
  ...INFORMATION_SCHEMA.map((table) => [systemTable('information_schema', table), table] as const),
  ...PERFORMANCE_TABLES.map((table) => [systemTable('performance_schema', table), table] as const),
])

/** What every schema begins with. They have no rows before they are read. */
export const SYSTEM_TABLES: readonly SqlTable[] = [...MADE.keys()]

/** One of them with the rows that it has now. */
export function filledTable(table: SqlTable, known: Known): StoredTable {
  const rows = MADE.get(table)?.rows(known) ?? []
  return { ...table, rows }
}

function systemTable(database: string, { name, columns }: DictionaryTable): SqlTable {
  return { ...madeUpTable(database, name, columns), system: true }
}
