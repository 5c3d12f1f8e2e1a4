/** The database information_schema as tables that statements read like all others. */
import type { StoredTable } from '../../schema.ts'
import { columnsTable } from './columns-table.ts'
import type { Described } from './described.ts'
import { keyColumnUsage } from './key-column-usage.ts'
import { schemata } from './schemata.ts'
import { tablesTable } from './tables-table.ts'

/** The database `information_schema` of these tables: schemata, tables, columns, key_column_usage. */
export function informationSchema(tables: readonly StoredTable[]): StoredTable[] {
  const made: readonly Described[] = [
    schemata(tables),
    tablesTable(tables),
    columnsTable(tables),
    keyColumnUsage(tables),
  ]
  return made.map(({ name, columns, rows }) => ({
    database: 'information_schema',
    name,
    columns: columns.map(([column, type]) => ({
      name: column,
      type,
      nullable: true,
      default: undefined,
      autoIncrement: false,
      plain: false,
    })),
    primaryKey: [],
    keys: [],
    foreignKeys: [],
    size: rows.length,
    rows,
  }))
}
