/** SHOW DATABASES, SHOW TABLES, SHOW TABLE STATUS, and DESCRIBE with its like. LIKE and WHERE choose among the rows later. */
import { type Cell, databasesOf, keyOf, type Schema, type SqlTable } from '../schema.ts'
import type { ResultSet } from '../values/result-set.ts'
import { collationOf, extraOf, PRIVILEGES } from './columns.ts'
import { tableRow } from './information-schema/tables-table.ts'
import { byName } from './names.ts'
import { shownColumns } from './shown-columns.ts'

export function showDatabases(schema: Schema): ResultSet {
  return { columns: shownColumns('Database'), rows: [...databasesOf(schema)].sort().map((name) => [name]) }
}

function tablesOf(schema: Schema, database: string): SqlTable[] {
  return byName([...schema.values()].filter((table) => table.database === database))
}

/** @param like of its column's name only */
export function showTables(schema: Schema, database: string, full: boolean, like: string | undefined): ResultSet {
  const kind = ({ system, view }: SqlTable) =>
    system === true ? 'SYSTEM VIEW' : view === undefined ? 'BASE TABLE' : 'VIEW'
  const rows = tablesOf(schema, database).map((table) => (full ? [table.name, kind(table)] : [table.name]))
  const name = `Tables_in_${database}${like === undefined ? '' : ` (${like})`}`
  return { columns: shownColumns(name, ...(full ? ['Table_type'] : [])), rows }
}

export function showTableStatus(schema: Schema, database: string): ResultSet {
  const columns = shownColumns(
    ...['Name', 'Engine', 'Version:int', 'Row_format', 'Rows:int', 'Avg_row_length:int', 'Data_length:int'],
    ...['Max_data_length:int', 'Index_length:int', 'Data_free:int', 'Auto_increment:int', 'Create_time:datetime'],
    ...['Update_time:datetime', 'Check_time:datetime', 'Collation', 'Checksum:int', 'Create_options', 'Comment'],
  )
  const rows = tablesOf(schema, database).map((table) => {
    const [, , name = null, , ...rest] = tableRow(table)
    return [name, ...rest]
  })
  return { columns, rows }
}

export function describeTable(table: SqlTable, full: boolean): ResultSet {
  const rows = table.columns.map((column): Cell[] => {
    const { name, type, nullable } = column
    const start = [name, type]
    const rest = [nullable ? 'YES' : 'NO', keyOf(table, name), column.default ?? null, extraOf(column)]
    return full ? [...start, collationOf(type), ...rest, PRIVILEGES, column.comment ?? ''] : [...start, ...rest]
  })
  const names = full
    ? ['Field', 'Type', 'Collation', 'Null', 'Key', 'Default', 'Extra', 'Privileges', 'Comment']
    : ['Field', 'Type', 'Null', 'Key', 'Default', 'Extra']
  return { columns: shownColumns(...names), rows }
}
