/** SHOW INDEX. */
import { type Cell, indexesOf, type SqlTable, storedRows } from '../schema.ts'
import type { ResultSet } from '../values/result-set.ts'
import { shownColumns } from './shown-columns.ts'

/** 15 columns (manual, 13.7.7.22 SHOW INDEX Statement). Cardinality is the number of different values, as far as they are known. */
export function showIndex(table: SqlTable): ResultSet {
  const places = new Map(table.columns.map(({ name }, i) => [name.toLowerCase(), i]))
  const stored = storedRows(table)
  const rows = indexesOf(table).flatMap(({ name, columns, unique, kind, lengths }) =>
    columns.map((column, i): Cell[] => {
      const read = columns.slice(0, i + 1).map((part) => places.get(part.toLowerCase()) ?? 0)
      const different = new Set(stored?.map((row) => JSON.stringify(read.map((place) => row[place]))))
      const nullable = table.columns[read[i] ?? 0]?.nullable === true ? 'YES' : ''
      const order = kind === 'FULLTEXT' ? null : 'A'
      const count = stored === undefined ? null : different.size
      const start = [table.name, unique ? 0 : 1, name, i + 1, column, order, count, lengths?.[i] ?? null]
      return [...start, null, nullable, kind ?? 'BTREE', '', '', 'YES', null]
    }),
  )
  const columns = shownColumns(
    ...['Table', 'Non_unique:int', 'Key_name', 'Seq_in_index:int', 'Column_name', 'Collation', 'Cardinality:int'],
    ...['Sub_part:int', 'Packed', 'Null', 'Index_type', 'Comment', 'Index_comment', 'Visible', 'Expression'],
  )
  return { columns, rows }
}
