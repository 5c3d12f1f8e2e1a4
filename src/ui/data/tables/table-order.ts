/** Which rows of a table are seen, and in which order. */
import type { TableRow } from '../../../worker/protocol/lab-api.ts'

export interface TableOrder {
  /** Rows that hold all of these words, in whatever cells. */
  readonly words: string
  /** The column that they are sorted by; undefined for the order of the log. */
  readonly column: number | undefined
  /** Whether the largest comes first. */
  readonly down: boolean
}

export const AS_LOGGED: TableOrder = { words: '', column: undefined, down: false }

const texts = new WeakMap<TableRow, string>()

export function ordered(rows: readonly TableRow[], { words, column, down }: TableOrder): readonly TableRow[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const found = wanted.length === 0 ? rows : rows.filter((row) => wanted.every((word) => textOf(row).includes(word)))
  const sign = down ? -1 : 1
  if (column === undefined) return down ? found.toReversed() : found
  return found.toSorted((a, b) => compared(a.cells[column], b.cells[column], sign))
}

/** Of a heading that is pressed: up, down, and back to the order of the log. */
export function pressed(order: TableOrder, column: number | undefined): TableOrder {
  if (order.column !== column) return { ...order, column, down: false }
  return order.down ? { ...order, column: undefined, down: false } : { ...order, down: true }
}

type Cell = TableRow['cells'][number] | undefined

/** Cells without a value come last, whichever way. */
function compared(a: Cell, b: Cell, sign: number): number {
  const [none, other] = [a === '' || a === undefined, b === '' || b === undefined]
  if (none || other) return Number(none) - Number(other)
  if (typeof a === 'string' && typeof b === 'string') return sign * (a < b ? -1 : a > b ? 1 : 0)
  return sign * (Number(a) - Number(b))
}

function textOf(row: TableRow): string {
  const known = texts.get(row) ?? `${row.cells.join('\n').toLowerCase()}\ntask ${row.place.task + 1}`
  texts.set(row, known)
  return known
}
