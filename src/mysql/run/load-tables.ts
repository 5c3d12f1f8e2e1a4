/** Stored tables into a SQLite database, indexes last. */
import type { Database } from '@sqlite.org/sqlite-wasm'
import { createTableSql, quoteText, tableSql } from '../compile/sqlite-text.ts'
import type { Cell, StoredTable } from '../schema.ts'
import { typeOfColumn } from '../values/value-type.ts'
import type { SqlEngine } from './engine/engine.ts'

/** Rows after which the count of work begins anew: loading is not bounded by it. */
const ROWS_A_COUNT = 10_000

export function loadTables(engine: SqlEngine, db: Database, tables: readonly StoredTable[]): void {
  db.exec('BEGIN')
  // A view has no rows of its own.
  for (const table of tables) if (table.view === undefined) loadTable(engine, db, table)
  db.exec('COMMIT')
}

function loadTable({ meter }: SqlEngine, db: Database, table: StoredTable): void {
  const [create = '', ...indexes] = createTableSql(table)
  db.exec(create)
  const places = table.columns.map(() => '?').join(', ')
  const statement = db.prepare(`INSERT INTO ${tableSql(table)} VALUES (${places})`)
  const types = table.columns.map(({ type }) => typeOfColumn(type).kind)
  try {
    for (const [at, row] of table.rows.entries()) {
      if (at % ROWS_A_COUNT === 0) meter.start()
      statement.bind(row.map((cell, i) => bound(cell, types[i] === 'float')))
      statement.stepReset()
    }
  } finally {
    statement.finalize()
  }
  for (const index of indexes) {
    meter.start()
    db.exec(index)
  }
}

/** FLOAT holds 24 bits, as in MySQL: 78.4 in it is not 78.4. */
function bound(cell: Cell, float: boolean): Cell {
  return float && typeof cell === 'number' ? Math.fround(cell) : cell
}

/** Characters of one INSERT. */
const MOST_TEXT = 200_000

/** A small table as statements: SQLite reads its literals faster than it takes them one by one. */
export function* tableAsText(table: StoredTable): Generator<string> {
  yield* createTableSql(table)
  const head = `INSERT INTO ${tableSql(table)} VALUES `
  let rows: string[] = []
  let length = 0
  for (const row of table.rows) {
    const text = `(${row.map((cell) => (typeof cell === 'string' ? quoteText(cell) : String(cell ?? 'NULL'))).join(',')})`
    if (length + text.length > MOST_TEXT && rows.length > 0) {
      yield head + rows.join(',')
      rows = []
      length = 0
    }
    rows.push(text)
    length += text.length
  }
  if (rows.length > 0) yield head + rows.join(',')
}
