/** Rows out of a file as the engine keeps them, whatever the file was. */
import type { Cell, SqlTable, StoredTable } from '../schema.ts'
import { isPlain } from '../values/collation.ts'
import { canonicalMoment } from '../values/moments.ts'
import type { ValueKind } from '../values/value-type.ts'

/** A cell as its column keeps it: numbers as numbers, dates in full. */
export function storedCell(cell: Cell, kind: ValueKind | undefined): Cell {
  if (cell === null) return null
  switch (kind) {
    case 'int':
      if (typeof cell === 'bigint') return BigInt.asIntN(64, cell) === cell ? cell : Number(cell)
      return storedNumber(cell)
    case 'decimal':
    case 'double':
    case 'float':
      return storedNumber(cell)
    case 'date':
      return canonicalMoment(String(cell))?.slice(0, 10) ?? String(cell)
    case 'datetime':
      return canonicalMoment(String(cell)) ?? String(cell)
    default:
      return String(cell)
  }
}

function storedNumber(cell: string | number | bigint): number {
  const value = typeof cell === 'string' ? Number.parseFloat(cell) : Number(cell)
  return Number.isFinite(value) ? value : 0
}

/** A table with its rows in the order of its primary key, as InnoDB keeps them, and its columns' text looked through. */
export function storedTable({
  table,
  rows,
}: {
  readonly table: SqlTable
  readonly rows: readonly (readonly Cell[])[]
}): StoredTable {
  const columns = table.columns.map((column, i) => ({
    ...column,
    plain: rows.every((row) => typeof row[i] !== 'string' || isPlain(row[i])),
  }))
  const key = table.primaryKey.map((name) =>
    columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase()),
  )
  const sorted = key.length === 0 ? rows : [...rows].sort((a, b) => compareKeys(key, a, b))
  return { ...table, columns, rows: sorted, size: rows.length }
}

function compareKeys(key: readonly number[], a: readonly Cell[], b: readonly Cell[]): number {
  for (const place of key) {
    const [x, y] = [a[place] ?? null, b[place] ?? null]
    const difference = typeof x === 'number' && typeof y === 'number' ? x - y : compareCells(String(x), String(y))
    if (difference !== 0) return difference
  }
  return 0
}

function compareCells(a: string, b: string): number {
  const [x, y] = [a.toUpperCase(), b.toUpperCase()]
  return x < y ? -1 : x > y ? 1 : 0
}
