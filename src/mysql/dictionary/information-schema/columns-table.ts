/** information_schema.COLUMNS. */
import { type Cell, keyOf, type SqlTable } from '../../schema.ts'
import { CHARSET } from '../../server/identity.ts'
import { collationOf, extraOf, isText, PRIVILEGES } from '../columns.ts'
import { byName } from '../names.ts'
import { columns, type DictionaryTable, listed } from './dictionary-table.ts'

export const COLUMNS: DictionaryTable = {
  name: 'COLUMNS',
  columns: columns(`
    TABLE_CATALOG varchar(64), TABLE_SCHEMA varchar(64), TABLE_NAME varchar(64), COLUMN_NAME varchar(64),
    ORDINAL_POSITION int unsigned, COLUMN_DEFAULT text, IS_NULLABLE varchar(3), DATA_TYPE longtext,
    CHARACTER_MAXIMUM_LENGTH bigint, CHARACTER_OCTET_LENGTH bigint, NUMERIC_PRECISION bigint unsigned,
    NUMERIC_SCALE bigint unsigned, DATETIME_PRECISION int unsigned, CHARACTER_SET_NAME varchar(64), COLLATION_NAME varchar(64),
    COLUMN_TYPE mediumtext, COLUMN_KEY enum('','PRI','UNI','MUL'), EXTRA varchar(256), PRIVILEGES varchar(154),
    COLUMN_COMMENT text, GENERATION_EXPRESSION longtext, SRS_ID int unsigned`),
  rows: ({ schema }) => listed(schema).flatMap(columnRows),
}

const PRECISION: Readonly<Record<string, number>> = {
  tinyint: 3,
  smallint: 5,
  mediumint: 7,
  int: 10,
  bigint: 19,
  float: 12,
  double: 22,
}
/** Bytes of the types that have a fixed length. */
const LENGTHS: Readonly<Record<string, number>> = {
  tinytext: 255,
  text: 65_535,
  mediumtext: 16_777_215,
  longtext: 4_294_967_295,
  tinyblob: 255,
  blob: 65_535,
  mediumblob: 16_777_215,
  longblob: 4_294_967_295,
}

/** Of one table by name, as the server's own tables keep them. */
function columnRows(table: SqlTable): Cell[][] {
  const numbered = table.columns.map((column, i) => ({ ...column, place: i + 1 }))
  return byName(numbered.map((column) => ({ ...column, key: column.name, name: column.name.toLowerCase() }))).map(
    ({ key: name, place, ...column }) => {
      const { type, nullable, default: initial, comment, generated } = column
      const { data, characters, bytes, digits, scale, moment } = measures(type)
      const set = isText(type) ? CHARSET : null
      const start = ['def', table.database, table.name, name, place, initial ?? null, nullable ? 'YES' : 'NO', data]
      const size = [characters, bytes, digits, scale, moment, set, collationOf(type)]
      const end = [
        type,
        keyOf(table, name),
        extraOf(column),
        PRIVILEGES,
        comment ?? '',
        generated?.expression ?? '',
        null,
      ]
      return [...start, ...size, ...end]
    },
  )
}

function measures(type: string) {
  const [, data = type, first, second] = /^(\w+)(?:\((\d+)(?:,(\d+))?\))?/.exec(type) ?? []
  const text = isText(type)
  // The longest of the words, and all of them with commas.
  const words = /^(enum|set)\(/.test(type)
    ? [...type.matchAll(/'((?:[^']|'')*)'/g)].map(([, word = '']) => word.length)
    : []
  const listed = data === 'set' ? words.reduce((sum, length) => sum + length + 1, -1) : Math.max(...words)
  const binary = /binary$|blob$/.test(data)
  const fixed = LENGTHS[data]
  const counted = words.length > 0 ? listed : Number(first ?? 1)
  const characters = text || binary ? (fixed ?? counted) : null
  const bytes = text && fixed === undefined ? counted * 4 : characters
  const decimal = data === 'decimal'
  // FLOAT(M,D) and DOUBLE(M,D) tell their M, as DECIMAL does.
  const precision = data in PRECISION ? Number(second === undefined ? PRECISION[data] : first) : null
  const unsigned = data === 'bigint' && / unsigned/.test(type) ? 20 : precision
  const digits = decimal ? Number(first ?? 10) : data === 'bit' ? Number(first ?? 1) : unsigned
  const given = second === undefined ? null : Number(second)
  const scale = decimal ? (given ?? 0) : /int$/.test(data) ? 0 : given
  const moment = data === 'datetime' || data === 'timestamp' || data === 'time' ? Number(first ?? 0) : null
  return { data, characters, bytes, digits, scale, moment }
}
