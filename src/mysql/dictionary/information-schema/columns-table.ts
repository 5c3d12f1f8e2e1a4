/** information_schema.columns. */
import { type Cell, keyOf, type StoredTable } from '../../schema.ts'
import { collationOf, extraOf, isText } from '../columns.ts'
import { byName } from '../names.ts'
import type { Described } from './described.ts'

const COLUMNS = Object.entries({
  TABLE_CATALOG: 'varchar(64)',
  TABLE_SCHEMA: 'varchar(64)',
  TABLE_NAME: 'varchar(64)',
  COLUMN_NAME: 'varchar(64)',
  ORDINAL_POSITION: 'int',
  COLUMN_DEFAULT: 'text',
  IS_NULLABLE: 'varchar(3)',
  DATA_TYPE: 'longtext',
  CHARACTER_MAXIMUM_LENGTH: 'bigint',
  CHARACTER_OCTET_LENGTH: 'bigint',
  NUMERIC_PRECISION: 'bigint',
  NUMERIC_SCALE: 'bigint',
  DATETIME_PRECISION: 'int',
  CHARACTER_SET_NAME: 'varchar(64)',
  COLLATION_NAME: 'varchar(64)',
  COLUMN_TYPE: 'mediumtext',
  COLUMN_KEY: 'varchar(3)',
  EXTRA: 'varchar(256)',
  PRIVILEGES: 'varchar(154)',
  COLUMN_COMMENT: 'text',
  GENERATION_EXPRESSION: 'longtext',
  SRS_ID: 'int',
})

const PRECISION: Readonly<Record<string, number>> = {
  tinyint: 3,
  smallint: 5,
  mediumint: 7,
  int: 10,
  bigint: 19,
  float: 12,
  double: 22,
}

export function columnsTable(tables: readonly StoredTable[]): Described {
  return { name: 'columns', columns: COLUMNS, rows: byName(tables).flatMap(columnRows) }
}

/** Of one table by name, as the server's own tables keep them. */
function columnRows(table: StoredTable): Cell[][] {
  const numbered = table.columns.map((column, i) => ({ ...column, place: i + 1 }))
  return byName(numbered.map((column) => ({ ...column, key: column.name, name: column.name.toLowerCase() }))).map(
    ({ key: name, type, nullable, autoIncrement, default: initial, place }) => {
      const [, data = type, first, second] = /^(\w+)(?:\((\d+)(?:,(\d+))?\))?/.exec(type) ?? []
      const long = isText(type) ? (first === undefined ? 65_535 : Number(first)) : null
      const bytes = long === null ? null : first === undefined ? 65_535 : long * 4
      // FLOAT(M,D) and DOUBLE(M,D) tell their M, as DECIMAL does.
      const precision = data in PRECISION ? Number(second === undefined ? PRECISION[data] : first) : null
      const digits = data === 'decimal' ? Number(first ?? 10) : precision
      const scale =
        data === 'decimal' ? Number(second ?? 0) : /int$/.test(data) ? 0 : second === undefined ? null : Number(second)
      const set = isText(type) ? 'utf8mb4' : null
      const timed = data === 'datetime' || data === 'timestamp' ? 0 : null
      const extra = extraOf({ default: initial }, autoIncrement)
      return [
        'def',
        table.database,
        table.name,
        name,
        place,
        initial ?? null,
        nullable ? 'YES' : 'NO',
        data,
        long,
        bytes,
        digits,
        scale,
        timed,
        set,
        collationOf(type),
        type,
        keyOf(table, name),
        extra,
        'select,insert,update,references',
        '',
        '',
        null,
      ]
    },
  )
}
