/** Values of a file as the columns of a table keep them, or why they do not fit: as strict mode has it, with the value. */
import type { Cell, SqlColumn } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import { columnValue } from '../values/column-value.ts'
import { NOW } from '../values/moments.ts'
import { typeOfColumn, type ValueKind } from '../values/value-type.ts'
import { storedCell } from './stored-table.ts'

/** What is known of a column before its first value. */
export interface FittingColumn {
  readonly column: SqlColumn
  readonly kind: ValueKind
  /** Whole numbers up to this fit without a closer look, and texts of so many characters. */
  readonly plainly: number
}

/** What every integer type holds, and what INT holds. */
const PLAIN_INTEGERS: Readonly<Record<string, number>> = {
  tinyint: 127,
  smallint: 32_767,
  mediumint: 8_388_607,
  int: 2 ** 31 - 1,
}

export function fittingColumn(column: SqlColumn): FittingColumn {
  const [, word = '', size = '0'] = /^(\w+)(?:\((\d+)\))?/.exec(column.type) ?? []
  const characters = /^(var)?char$/.test(word) ? Number(size) : /text$/.test(word) ? 255 : 0
  return { column, kind: typeOfColumn(column.type).kind, plainly: PLAIN_INTEGERS[word] ?? characters }
}

/**
 * Throws SqlError for NULL where there may be none (1048) and for what does not fit (1264, 1265, 1292, 1366, 1406).
 * @param row its number in its statement, for the error
 */
export function fittingCell({ column, kind, plainly }: FittingColumn, cell: Cell, row: number): Cell {
  if (cell === null) {
    if (column.nullable || column.autoIncrement) return null
    throw new SqlError(1048, `Column '${column.name}' cannot be null`)
  }
  if (typeof cell === 'number' && kind === 'int' && cell >= 0 && cell <= plainly && Number.isInteger(cell)) return cell
  if (typeof cell === 'string') {
    if (kind === 'text' && cell.length <= plainly) return cell
    // Clients write bits as the bytes of a text.
    if (column.type.startsWith('bit')) return bitsOf(cell)
    // No date, which a server keeps that is not told otherwise.
    if ((kind === 'date' || kind === 'datetime') && /^0000-00-00/.test(cell)) return cell
  }
  const { value, error } = columnValue(cell, column.type, column.name, row)
  if (error === undefined) return storedCell(value, kind)
  const given = typeof cell === 'string' ? `'${cell.length > 60 ? `${cell.slice(0, 60)}…` : cell}'` : String(cell)
  throw new SqlError(error.code, error.words.includes(given) ? error.words : `${error.words}: ${given}`)
}

/** What a column holds where a row does not say. Throws 1364 where it must. */
export function initialCell({ column, kind }: FittingColumn): Cell {
  const { name, default: initial, nullable, autoIncrement, generated } = column
  if (initial !== undefined) return storedCell(initial === 'CURRENT_TIMESTAMP' ? NOW : initial, kind)
  if (nullable || autoIncrement || generated !== undefined) return null
  throw new SqlError(1364, `Field '${name}' doesn't have a default value`)
}

function bitsOf(bytes: string): Cell {
  const value = [...bytes].reduce((sum, byte) => sum * 256n + BigInt(byte.charCodeAt(0) & 255), 0n)
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
}
