/** information_schema.key_column_usage: primary and foreign keys. */
import type { Cell, StoredTable } from '../../schema.ts'
import { byName } from '../names.ts'
import type { Described } from './described.ts'

const USAGE = Object.entries({
  CONSTRAINT_CATALOG: 'varchar(64)',
  CONSTRAINT_SCHEMA: 'varchar(64)',
  CONSTRAINT_NAME: 'varchar(64)',
  TABLE_CATALOG: 'varchar(64)',
  TABLE_SCHEMA: 'varchar(64)',
  TABLE_NAME: 'varchar(64)',
  COLUMN_NAME: 'varchar(64)',
  ORDINAL_POSITION: 'int',
  POSITION_IN_UNIQUE_CONSTRAINT: 'int',
  REFERENCED_TABLE_SCHEMA: 'varchar(64)',
  REFERENCED_TABLE_NAME: 'varchar(64)',
  REFERENCED_COLUMN_NAME: 'varchar(64)',
})

export function keyColumnUsage(tables: readonly StoredTable[]): Described {
  return { name: 'key_column_usage', columns: USAGE, rows: byName(tables).flatMap(usageRows) }
}

function usageRows({ database, name, primaryKey, foreignKeys }: StoredTable): Cell[][] {
  const own = primaryKey.map((column, i): Cell[] => [
    'def',
    database,
    'PRIMARY',
    'def',
    database,
    name,
    column,
    i + 1,
    null,
    null,
    null,
    null,
  ])
  const foreign = foreignKeys.flatMap(({ columns, table, references }, k) =>
    columns.map((column, i): Cell[] => [
      'def',
      database,
      `${name}_ibfk_${k + 1}`,
      'def',
      database,
      name,
      column,
      i + 1,
      i + 1,
      database,
      // lower_case_table_names = 1.
      table.toLowerCase(),
      references[i] ?? null,
    ]),
  )
  return [...own, ...foreign]
}
