/** One query out of SQLite: its text in, its rows out. */
import type { Database } from '@sqlite.org/sqlite-wasm'
import { LIMIT_WORDS, type SqlLimits } from '../limits.ts'
import { SqlError } from '../sql-error.ts'
import type { SqlValue } from '../values/result-set.ts'
import type { SqlEngine } from './engine/engine.ts'
import { KIND } from './engine/raw-sqlite.ts'

/** Units of work of a cell that leaves WebAssembly, and of a UTF-16 unit of its text. */
const [CELL, UNIT] = [200, 5]
/** What `sqlite3_step` says while there are rows, and behind the last. */
const [ROW, DONE] = [100, 101]

const ENCODER = new TextEncoder()

/** A prepared statement, to be finalized; 0 for a text without one. Throws what SQLite says. */
export function prepare(
  { raw, scratch: { statement }, sqlite: { wasm } }: SqlEngine,
  db: Database,
  sql: string,
): number {
  /** The text with a 0 behind it, which SQLite would otherwise put there itself, and a word for the statement. */
  const room = 3 * sql.length + 1
  const compiled = (at: number): number => {
    const statementAt = (at + room + 3) & ~3
    const { written } = ENCODER.encodeInto(sql, raw.bytes().subarray(at, at + room - 1))
    raw.bytes()[at + written] = 0
    db.checkRc(raw.call.sqlite3_prepare_v2(db.pointer ?? 0, at, written + 1, statementAt, 0))
    return raw.words()[statementAt >> 2] as number // it is inside
  }
  if (room + 8 <= statement.bytes) return compiled(statement.at)
  return wasm.scopedAllocCall(() => compiled(wasm.scopedAlloc(room + 8)))
}

/** All rows. Throws what SQLite says, and SqlError beyond a limit of rows and characters. */
export function rowsOf(
  { raw, meter }: SqlEngine,
  db: Database,
  statement: number,
  width: number,
  limits: SqlLimits,
): SqlValue[][] {
  const { call } = raw
  const rows: SqlValue[][] = []
  let characters = 0
  for (;;) {
    const code = call.sqlite3_step(statement)
    if (code === DONE) return rows
    if (code !== ROW) db.checkRc(code)
    if (rows.length >= limits.rows) throw new SqlError(0, LIMIT_WORDS.rows(limits.rows))
    const row: SqlValue[] = new Array<SqlValue>(width)
    let length = 4 * width
    for (let i = 0; i < width; i++) {
      const value = cell(i)
      if (typeof value === 'string') length += value.length
      row[i] = value
    }
    characters += length
    if (characters > limits.characters) throw new SqlError(0, LIMIT_WORDS.characters(limits.characters))
    meter.charge(CELL * width + UNIT * length)
    rows.push(row)
  }

  function cell(i: number): SqlValue {
    switch (call.sqlite3_column_type(statement, i)) {
      case KIND.integer: {
        const value = call.sqlite3_column_double(statement, i)
        return Number.isSafeInteger(value) ? value : BigInt(call.sqlite3_column_int64(statement, i))
      }
      case KIND.float:
        return call.sqlite3_column_double(statement, i)
      case KIND.null:
        return null
      default: {
        const at = call.sqlite3_column_text(statement, i)
        return raw.text(at, at === 0 ? 0 : call.sqlite3_column_bytes(statement, i))
      }
    }
  }
}
