/** SHOW INDEX. */
import type { Cell, SqlTable, StoredTable } from '../schema.ts'
import type { ResultSet } from '../values/result-set.ts'
import { INT } from '../values/value-type.ts'
import { textColumns } from './text-columns.ts'

/** 15 columns (manual, 13.7.7.22 SHOW INDEX Statement). Cardinality is the number of different values, as far as they are known. */
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
  const columns = textColumns(
    ...['Table', 'Non_unique', 'Key_name', 'Seq_in_index', 'Column_name', 'Collation', 'Cardinality', 'Sub_part'],
    ...['Packed', 'Null', 'Index_type', 'Comment', 'Index_comment', 'Visible', 'Expression'],
  ).map(({ name, type }) => ({ name, type: whole.has(name) ? INT : type }))
  return { columns, rows }
}
