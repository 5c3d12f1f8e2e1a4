/** SHOW DATABASES, SHOW TABLES, and DESCRIBE with its like. */
import { type Cell, databasesOf, keyOf, type Schema, type SqlTable } from '../schema.ts'
import type { ResultSet } from '../values/result-set.ts'
import { collationOf, extraOf } from './columns.ts'
import { byName, filtered, SYSTEM_DATABASES } from './names.ts'
import { textColumns } from './text-columns.ts'

export function showDatabases(schema: Schema, like: string | undefined): ResultSet {
  const names = [...new Set([...databasesOf(schema), ...SYSTEM_DATABASES])].sort()
  return { columns: textColumns('Database'), rows: filtered(names, like, (name) => name).map((name) => [name]) }
}

export function showTables(schema: Schema, database: string, like: string | undefined, full: boolean): ResultSet {
  const tables = byName([...schema.values()].filter((table) => table.database === database))
  const rows = filtered(tables, like, ({ name }) => name).map(({ name }) => (full ? [name, 'BASE TABLE'] : [name]))
  return { columns: textColumns(`Tables_in_${database}`, ...(full ? ['Table_type'] : [])), rows }
}

export function describeTable(table: SqlTable, like: string | undefined, full: boolean): ResultSet {
  const columns = filtered(table.columns, like, ({ name }) => name)
  const rows = columns.map((column): Cell[] => {
    const { name, type, nullable, autoIncrement } = column
    const start = [name, type]
    const rest = [nullable ? 'YES' : 'NO', keyOf(table, name), column.default ?? null, extraOf(column, autoIncrement)]
    return full ? [...start, collationOf(type), ...rest, 'select,insert,update,references', ''] : [...start, ...rest]
  })
  const names = full
    ? ['Field', 'Type', 'Collation', 'Null', 'Key', 'Default', 'Extra', 'Privileges', 'Comment']
    : ['Field', 'Type', 'Null', 'Key', 'Default', 'Extra']
  return { columns: textColumns(...names), rows }
}
