/** Our answer and a server's to one statement: whether both are errors or rows, and whether the rows are the same. */
import { decimalText, type Outcome, type ResultColumn, type SqlValue, sentReal } from '../../mysql/index.ts'
import type { ServerAnswer } from './mariadb-server.ts'
import type { Statement } from './statements/queries.ts'

export type Verdict = 'same' | 'rows differ' | 'order differs' | 'only theirs is an error' | 'only ours is an error'

export function compared({ ordered }: Statement, ours: Outcome, theirs: ServerAnswer): Verdict {
  if (theirs.kind === 'error') return ours.kind === 'error' ? 'same' : 'only theirs is an error'
  if (ours.kind === 'error') return 'only ours is an error'
  if (ours.kind === 'none' || theirs.kind === 'none') return ours.kind === theirs.kind ? 'same' : 'rows differ'
  const { columns, rows } = ours.result
  const mine = rows.map((row) => row.map((cell, i) => cellText(cell, columns[i])))
  const other = theirs.rows.map((row) => row.map((cell, i) => (cell === null ? null : canonical(cell, columns[i]))))
  const [a, b] = [mine.map(rowText), other.map(rowText)]
  if (a.join('\n') === b.join('\n')) return 'same'
  if ([...a].sort().join('\n') !== [...b].sort().join('\n')) return 'rows differ'
  return ordered ? 'order differs' : 'same'
}

const rowText = (row: readonly (string | null)[]): string => JSON.stringify(row)

const isReal = (column: ResultColumn | undefined) => column?.type.kind === 'double' || column?.type.kind === 'float'

/** As the server sends it. */
export function cellText(cell: SqlValue, column: ResultColumn | undefined): string | null {
  if (cell === null || column === undefined) return cell === null ? null : String(cell)
  if (column.type.kind === 'decimal') return decimalText(cell, column.type.decimals ?? 0)
  if (isReal(column)) return canonical(String(sentReal(cell, column.type)), column)
  return String(cell)
}

/** Doubles to 4 decimals: MariaDB gives some no more, and the last digits hang on the order in which a server adds. */
function canonical(text: string, column: ResultColumn | undefined): string {
  if (!isReal(column) || text.trim() === '' || !Number.isFinite(Number(text))) return text
  const value = Number(text)
  return String(Math.abs(value) < 1e8 ? Number(value.toFixed(4)) + 0 : Number(value.toPrecision(10)))
}
