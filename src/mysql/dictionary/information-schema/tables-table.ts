/** information_schema.TABLES and SCHEMATA. */
import { type Cell, databasesOf, type SqlTable, storedRows } from '../../schema.ts'
import { CHARSET, COLLATION } from '../../server/identity.ts'
import { NOW } from '../../values/moments.ts'
import { columns, type DictionaryTable, listed } from './dictionary-table.ts'

export const TABLES: DictionaryTable = {
  name: 'TABLES',
  columns: columns(`
    TABLE_CATALOG varchar(64), TABLE_SCHEMA varchar(64), TABLE_NAME varchar(64), TABLE_TYPE enum('BASE TABLE','VIEW','SYSTEM VIEW'),
    ENGINE varchar(64), VERSION int, ROW_FORMAT varchar(10), TABLE_ROWS bigint unsigned, AVG_ROW_LENGTH bigint unsigned,
    DATA_LENGTH bigint unsigned, MAX_DATA_LENGTH bigint unsigned, INDEX_LENGTH bigint unsigned, DATA_FREE bigint unsigned,
    AUTO_INCREMENT bigint unsigned, CREATE_TIME timestamp, UPDATE_TIME datetime, CHECK_TIME datetime, TABLE_COLLATION varchar(64),
    CHECKSUM bigint, CREATE_OPTIONS varchar(256), TABLE_COMMENT text`),
  rows: ({ schema }) => listed(schema).map(tableRow),
}

export const SCHEMATA: DictionaryTable = {
  name: 'SCHEMATA',
  columns: columns(`
    CATALOG_NAME varchar(64), SCHEMA_NAME varchar(64), DEFAULT_CHARACTER_SET_NAME varchar(64), DEFAULT_COLLATION_NAME varchar(64),
    SQL_PATH binary(0), DEFAULT_ENCRYPTION enum('NO','YES')`),
  rows: ({ schema }) => [...databasesOf(schema)].sort().map((name) => ['def', name, CHARSET, COLLATION, null, 'NO']),
}

/** Sizes are what small InnoDB tables have; the clock stands still. SHOW TABLE STATUS has the same. */
export function tableRow(table: SqlTable): Cell[] {
  const { database, name, size, keys, comment } = table
  if (table.system === true) {
    const sizes = [10, null, 0, 0, 0, 0, 0, 0, null, NOW, null, null, null, null, '', '']
    return ['def', database, name, 'SYSTEM VIEW', null, ...sizes]
  }
  if (table.view !== undefined) {
    const sizes = Array.from({ length: 9 }, () => null)
    return ['def', database, name, 'VIEW', null, ...sizes, NOW, null, null, null, null, null, 'VIEW']
  }
  const average = size === 0 ? 0 : Math.floor(16_384 / size)
  const sizes = [10, 'Dynamic', size, average, 16_384, 0, keys.length * 16_384, 0, nextNumber(table)]
  return ['def', database, name, 'BASE TABLE', 'InnoDB', ...sizes, NOW, null, null, COLLATION, null, '', comment ?? '']
}

/** InnoDB counts on from the largest value that it has seen. */
export function nextNumber(table: SqlTable): number | null {
  const counter = table.columns.findIndex(({ autoIncrement }) => autoIncrement)
  if (counter < 0) return null
  const rows = storedRows(table) ?? []
  return rows.reduce((most, row) => Math.max(most, Number(row[counter] ?? 0)), 0) + 1
}
