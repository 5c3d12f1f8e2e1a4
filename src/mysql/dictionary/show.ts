/** What MySQL says of its databases: SHOW, DESCRIBE, and the tables and columns of information_schema. */

import { type Cell, databasesOf, keyOf, type Schema, type SqlTable, type StoredTable } from '../schema.ts'
import { likeText } from '../values/collation.ts'
import type { ResultSet } from '../values/result-set.ts'
import { INT, TEXT } from '../values/value-type.ts'

const text = (...names: readonly string[]) => names.map((name) => ({ name, type: TEXT }))

/** Databases that every server has. */
const SYSTEM = ['information_schema', 'mysql', 'performance_schema', 'sys']

function filtered<T>(items: readonly T[], like: string | undefined, name: (item: T) => string): T[] {
  return items.filter((item) => like === undefined || likeText(name(item), like, '\\', false))
}

function byName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

export function showDatabases(schema: Schema, like: string | undefined): ResultSet {
  const names = [...new Set([...databasesOf(schema), ...SYSTEM])].sort()
  return { columns: text('Database'), rows: filtered(names, like, (name) => name).map((name) => [name]) }
}

export function showTables(schema: Schema, database: string, like: string | undefined, full: boolean): ResultSet {
  const tables = byName([...schema.values()].filter((table) => table.database === database))
  const rows = filtered(tables, like, ({ name }) => name).map(({ name }) => (full ? [name, 'BASE TABLE'] : [name]))
  return { columns: text(`Tables_in_${database}`, ...(full ? ['Table_type'] : [])), rows }
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
  return { columns: text(...names), rows }
}

function extraOf(column: { readonly default: string | undefined }, autoIncrement: boolean): string {
  if (autoIncrement) return 'auto_increment'
  return column.default === 'CURRENT_TIMESTAMP' ? 'DEFAULT_GENERATED' : ''
}

function isText(type: string): boolean {
  return /char|text|enum|set/.test(type)
}

function collationOf(type: string): string | null {
  return isText(type) ? 'utf8mb4_general_ci' : null
}

export function showCreateTable(table: SqlTable): ResultSet {
  const lines = table.columns.map(({ name, type, nullable, autoIncrement, default: initial }) => {
    // TEXT and BLOB take no default, and are shown without one.
    const empty = nullable && !/text|blob/.test(type) ? ' DEFAULT NULL' : ''
    const value = initial === undefined ? empty : ` DEFAULT '${initial}'`
    return `  \`${name}\` ${type}${nullable ? '' : ' NOT NULL'}${autoIncrement ? ' AUTO_INCREMENT' : value}`
  })
  const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(',')
  if (table.primaryKey.length > 0) lines.push(`  PRIMARY KEY (${list(table.primaryKey)})`)
  for (const { name, columns, unique } of table.keys)
    lines.push(`  ${unique ? 'UNIQUE ' : ''}KEY \`${name}\` (${list(columns)})`)
  for (const { columns, table: other, references } of table.foreignKeys)
    lines.push(`  FOREIGN KEY (${list(columns)}) REFERENCES \`${other.toLowerCase()}\` (${list(references)})`)
  const create = `CREATE TABLE \`${table.name}\` (\n${lines.join(',\n')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci`
  return { columns: text('Table', 'Create Table'), rows: [[table.name, create]] }
}

/** The 15 columns of SHOW INDEX (manual, 13.7.7.22). Cardinality is the number of different values, as far as they are known. */
export function showIndex(table: SqlTable & Partial<Pick<StoredTable, 'rows'>>): ResultSet {
  const keys = [
    ...(table.primaryKey.length > 0 ? [{ name: 'PRIMARY', columns: table.primaryKey, unique: true }] : []),
    ...table.keys,
  ]
  const places = new Map(table.columns.map(({ name }, i) => [name.toLowerCase(), i]))
  const rows = keys.flatMap(({ name, columns, unique }) =>
    columns.map((column, i): Cell[] => {
      const read = columns.slice(0, i + 1).map((part) => places.get(part.toLowerCase()) ?? 0)
      const different = new Set(table.rows?.map((row) => JSON.stringify(read.map((place) => row[place]))))
      const nullable = table.columns[read[i] ?? 0]?.nullable === true ? 'YES' : ''
      const start = [
        table.name,
        unique ? 0 : 1,
        name,
        i + 1,
        column,
        'A',
        table.rows === undefined ? null : different.size,
      ]
      return [...start, null, null, nullable, 'BTREE', '', '', 'YES', null]
    }),
  )
  const whole = new Set(['Non_unique', 'Seq_in_index', 'Cardinality'])
  const columns = text(
    ...['Table', 'Non_unique', 'Key_name', 'Seq_in_index', 'Column_name', 'Collation', 'Cardinality', 'Sub_part'],
    ...['Packed', 'Null', 'Index_type', 'Comment', 'Index_comment', 'Visible', 'Expression'],
  ).map(({ name, type }) => ({ name, type: whole.has(name) ? INT : type }))
  return { columns, rows }
}

interface Described {
  readonly name: string
  readonly columns: readonly (readonly [name: string, type: string])[]
  readonly rows: readonly (readonly Cell[])[]
}

/** The database `information_schema` of these tables: tables, columns, schemata, key_column_usage, statistics. */
export function informationSchema(tables: readonly StoredTable[]): StoredTable[] {
  const names = [...new Set(tables.map(({ database }) => database))].sort()
  const made: Described[] = [
    {
      name: 'schemata',
      columns: [
        ['CATALOG_NAME', 'varchar(64)'],
        ['SCHEMA_NAME', 'varchar(64)'],
        ['DEFAULT_CHARACTER_SET_NAME', 'varchar(64)'],
        ['DEFAULT_COLLATION_NAME', 'varchar(64)'],
        ['SQL_PATH', 'varchar(64)'],
        ['DEFAULT_ENCRYPTION', 'varchar(3)'],
      ],
      rows: [...new Set([...names, ...SYSTEM])]
        .sort()
        .map((name) => ['def', name, 'utf8mb4', 'utf8mb4_general_ci', null, 'NO']),
    },
    { name: 'tables', columns: TABLES, rows: byName(tables).map(tableRow) },
    { name: 'columns', columns: COLUMNS, rows: byName(tables).flatMap(columnRows) },
    { name: 'key_column_usage', columns: USAGE, rows: byName(tables).flatMap(usageRows) },
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

/** Sizes are what small InnoDB tables have; the time is this environment's. */
function tableRow({ database, name, rows, keys, columns }: StoredTable): Cell[] {
  const count = rows.length
  // InnoDB counts on from the largest value that it has seen.
  const counter = columns.findIndex(({ autoIncrement }) => autoIncrement)
  const next = counter < 0 ? null : rows.reduce((most, row) => Math.max(most, Number(row[counter] ?? 0)), 0) + 1
  const average = count === 0 ? 0 : Math.floor(16_384 / count)
  const moment = '2024-01-01 00:00:00'
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
    moment,
    null,
    null,
    'utf8mb4_general_ci',
    null,
    '',
    '',
  ]
}

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
