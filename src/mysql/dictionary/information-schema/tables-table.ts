/** information_schema.tables. */
import type { Cell, StoredTable } from '../../schema.ts'
import { NOW } from '../../values/moments.ts'
import { byName } from '../names.ts'
import type { Described } from './described.ts'

const TABLES = Object.entries({
  TABLE_CATALOG: 'varchar(64)',
  TABLE_SCHEMA: 'varchar(64)',
  TABLE_NAME: 'varchar(64)',
  TABLE_TYPE: 'varchar(64)',
  ENGINE: 'varchar(64)',
  VERSION: 'int',
  ROW_FORMAT: 'varchar(64)',
  TABLE_ROWS: 'bigint',
  AVG_ROW_LENGTH: 'bigint',
  DATA_LENGTH: 'bigint',
  MAX_DATA_LENGTH: 'bigint',
  INDEX_LENGTH: 'bigint',
  DATA_FREE: 'bigint',
  AUTO_INCREMENT: 'bigint',
  CREATE_TIME: 'timestamp',
  UPDATE_TIME: 'datetime',
  CHECK_TIME: 'datetime',
  TABLE_COLLATION: 'varchar(64)',
  CHECKSUM: 'bigint',
  CREATE_OPTIONS: 'varchar(256)',
  TABLE_COMMENT: 'text',
})

export function tablesTable(tables: readonly StoredTable[]): Described {
  return { name: 'tables', columns: TABLES, rows: byName(tables).map(tableRow) }
}

/** Sizes are what small InnoDB tables have; the clock stands still. */
function tableRow({ database, name, rows, keys, columns }: StoredTable): Cell[] {
  const count = rows.length
  // InnoDB counts on from the largest value that it has seen.
  const counter = columns.findIndex(({ autoIncrement }) => autoIncrement)
  const next = counter < 0 ? null : rows.reduce((most, row) => Math.max(most, Number(row[counter] ?? 0)), 0) + 1
  const average = count === 0 ? 0 : Math.floor(16_384 / count)
  return [
    'def',
    database,
    name,
    'BASE TABLE',
    'InnoDB',
    10,
    'Dynamic',
    count,
    average,
    16_384,
    0,
    keys.length * 16_384,
    0,
    next,
    NOW,
    null,
    null,
    'utf8mb4_general_ci',
    null,
    '',
    '',
  ]
}
