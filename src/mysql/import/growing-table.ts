/** A table while a file is read: its rows so far, and the keys that no two of them may share. */
import { alteredTable } from '../compile/altered-table.ts'
import type { TableChange } from '../parse/statement-syntax.ts'
import { type Cell, indexesOf, type SqlKey, type SqlTable } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import { fold } from '../values/collation.ts'
import { typeOfColumn } from '../values/value-type.ts'
import { type FittingColumn, fittingCell, fittingColumn, initialCell } from './fitting-cell.ts'

interface UniqueKey {
  readonly key: SqlKey
  readonly places: readonly number[]
  /** Columns whose text compares without case and accents. */
  readonly folded: readonly boolean[]
  readonly seen: Set<string>
}

export interface GrowingTable {
  readonly table: SqlTable
  readonly columns: readonly FittingColumn[]
  readonly rows: readonly (readonly Cell[])[]
  /** Adds a row whose cells fit. Throws 1062 for a key that is there already. */
  add(row: Cell[]): void
  /** The table after ALTER TABLE, with its rows. Throws MySQL's errors. */
  altered(changes: readonly TableChange[]): GrowingTable
  /** The same with other rows. */
  with(rows: readonly (readonly Cell[])[]): GrowingTable
}

export function growingTable(table: SqlTable, given: readonly (readonly Cell[])[] = []): GrowingTable {
  const columns = table.columns.map(fittingColumn)
  const uniques = indexesOf(table)
    .filter(({ unique }) => unique)
    .map((key) => uniqueKey(table, key))
  const numbered = table.columns.findIndex(({ autoIncrement }) => autoIncrement)
  const rows: (readonly Cell[])[] = []
  let most = 0

  function add(row: Cell[]): void {
    if (numbered >= 0) {
      row[numbered] ??= most + 1
      most = Math.max(most, Number(row[numbered]))
    }
    for (const unique of uniques) refuseDuplicate(table, unique, row)
    rows.push(row)
  }

  for (const row of given) add([...row])
  return {
    table,
    columns,
    rows,
    add,
    altered(changes) {
      const { table: made, from } = alteredTable(table, changes)
      const fitting = made.columns.map(fittingColumn)
      const moved = rows.map((row, number) =>
        fitting.map((column, i) => {
          const place = from[i]
          return place === undefined ? addedCell(column) : fittingCell(column, row[place] ?? null, number + 1)
        }),
      )
      return growingTable(made, moved)
    },
    with: (other) => growingTable(table, other),
  }
}

/** What a new column holds in the rows that are there: its default, or the nothing of its type. */
function addedCell(fitting: FittingColumn): Cell {
  const { nullable, default: initial } = fitting.column
  if (initial === undefined && !nullable && !fitting.column.autoIncrement) return fitting.kind === 'text' ? '' : 0
  return initialCell(fitting)
}

function uniqueKey(table: SqlTable, key: SqlKey): UniqueKey {
  const places = key.columns.map((name) =>
    table.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase()),
  )
  const folded = places.map((place) => {
    const column = table.columns[place]
    if (column === undefined) return false
    const { kind, binary } = typeOfColumn(column.type)
    return kind === 'text' && binary !== true && !/_bin$/.test(column.collation ?? '')
  })
  return { key, places, folded, seen: new Set() }
}

function refuseDuplicate({ name }: SqlTable, { key, places, folded, seen }: UniqueKey, row: readonly Cell[]): void {
  const cells = places.map((place) => row[place] ?? null)
  if (cells.includes(null)) return
  const parts = cells.map((cell, i) => {
    const length = key.lengths?.[i]
    const text = length === undefined ? String(cell) : String(cell).slice(0, length)
    return folded[i] ? fold(text) : text
  })
  const address = parts.length === 1 ? (parts[0] ?? '') : JSON.stringify(parts)
  if (seen.has(address))
    throw new SqlError(1062, `Duplicate entry '${cells.join('-').slice(0, 60)}' for key '${name}.${key.name}'`)
  seen.add(address)
}
