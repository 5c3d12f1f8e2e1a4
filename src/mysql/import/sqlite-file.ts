/**
 * A `.sqlite` database as tables, with MySQL's types for those that SQLite was told. The file is opened in a connection
 * of its own, only tables are read, and what is damaged or too costly is a sentence.
 */
import type { Database } from '@sqlite.org/sqlite-wasm'
import { quoteName } from '../compile/sqlite-text.ts'
import type { SqlEngine } from '../run/engine/engine.ts'
import type { Cell, SqlColumn, SqlDatabase, SqlKey, SqlTable, StoredTable } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import { typeOfColumn } from '../values/value-type.ts'
import { growingTable } from './growing-table.ts'
import { databaseOf, found, type ReadResult, unreadable } from './read-result.ts'
import { storedCell, storedTable } from './stored-table.ts'

/** Units of work for a whole file; they take about 5 s. */
const MOST_WORK = 1_000_000_000
const ASKED_EVERY = 10_000
const MOST_ROWS = 1_000_000
const MOST_TABLES = 500

/** Bytes of a file: SQLite holds all of it in WebAssembly's memory. */
const MOST_BYTES = 256 * 2 ** 20

/** Failure: `sql-sqlite`, also for rows that MySQL would not keep. */
export function readSqlite(engine: SqlEngine, name: string, bytes: Uint8Array): ReadResult<SqlDatabase> {
  if (bytes.byteLength > MOST_BYTES)
    return unreadable('sql-sqlite', `${name} has more than ${MOST_BYTES / 2 ** 20} MB. Take tables out of it.`)
  const { oo1, capi, wasm } = engine.sqlite
  const database = databaseOf(name)
  const db = new oo1.DB(':memory:')
  try {
    const pointer = wasm.allocFromTypedArray(bytes)
    const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE
    db.checkRc(capi.sqlite3_deserialize(db, 'main', pointer, bytes.byteLength, bytes.byteLength, flags))
    db.exec('PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA cell_size_check = ON')
    engine.meter.start(MOST_WORK)
    capi.sqlite3_progress_handler(db, ASKED_EVERY, () => (engine.meter.spent() ? 1 : 0), 0)
    const names = db.selectValues(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid LIMIT ${MOST_TABLES + 1}`,
    )
    if (names.length > MOST_TABLES) throw new SqlError(0, `more than ${MOST_TABLES} tables`)
    const tables = names.map((each) => tableOf(db, database, String(each)))
    if (tables.length === 0) return unreadable('sql-sqlite', `${name} has no tables. Choose another file.`)
    return found({ name: database, tables })
  } catch (thrown) {
    if (thrown instanceof SqlError)
      return unreadable('sql-sqlite', `${name}: ${thrown.message}. Nothing of this file was read.`)
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    return unreadable(
      'sql-sqlite',
      `${name} could not be read as a SQLite database: ${reason}. It may be damaged; fetch it again.`,
    )
  } finally {
    if (engine.meter.trapped()) engine.renew()
    else {
      engine.meter.start()
      db.close()
    }
  }
}

function tableOf(db: Database, database: string, name: string): StoredTable {
  const quoted = quoteName(name)
  const info = db.selectObjects(`PRAGMA table_info(${quoted})`)
  const columns = info.map((row): SqlColumn => {
    const type = declaredType(String(row.type ?? ''))
    const initial = row.dflt_value
    return {
      name: String(row.name),
      type,
      nullable: Number(row.notnull) === 0 && Number(row.pk) === 0,
      default:
        initial === null || initial === undefined || /^null$/i.test(String(initial))
          ? undefined
          : String(initial).replace(/^['"]|['"]$/g, ''),
      autoIncrement: false,
      plain: false,
    }
  })
  const primaryKey = info
    .filter((row) => Number(row.pk) > 0)
    .sort((a, b) => Number(a.pk) - Number(b.pk))
    .map((row) => String(row.name))
  const [only] = primaryKey
  const numbered =
    primaryKey.length === 1
      ? columns.findIndex((column) => column.name === only && typeOfColumn(column.type).kind === 'int')
      : -1
  const foreign = new Map<number, { columns: string[]; table: string; references: string[] }>()
  for (const row of db.selectObjects(`PRAGMA foreign_key_list(${quoted})`)) {
    const id = Number(row.id)
    const entry = foreign.get(id) ?? { columns: [], table: String(row.table).toLowerCase(), references: [] }
    entry.columns.push(String(row.from))
    entry.references.push(String(row.to ?? ''))
    foreign.set(id, entry)
  }
  const foreignKeys = [...foreign.values()].reverse()
  const keys = foreignKeys
    .filter(({ columns: [first] }) => first !== undefined && first !== primaryKey[0])
    .map((key): SqlKey => ({ name: key.columns[0] ?? '', columns: key.columns, unique: false }))
  const list = columns.map((column) => quoteName(column.name)).join(', ')
  const kinds = columns.map(({ type }) => typeOfColumn(type).kind)
  const arrays = db.selectArrays(`SELECT ${list} FROM ${quoted} LIMIT ${MOST_ROWS + 1}`)
  if (arrays.length > MOST_ROWS) throw new SqlError(0, `table ${name}: more than ${MOST_ROWS} rows`)
  const rows = arrays.map((row) => row.map((cell, i) => storedCell(cellOf(cell), kinds[i])))
  const table: SqlTable = {
    database,
    name: name.toLowerCase(),
    columns: columns.map((column, i) => (i === numbered ? { ...column, autoIncrement: true } : column)),
    primaryKey,
    keys,
    foreignKeys,
    size: rows.length,
  }
  return storedTable({ table, rows: kept(table, rows) })
}

/** Rows that the engine will take: SQLite compares the texts of its keys otherwise, and lets keys be NULL. */
function kept(table: SqlTable, rows: Cell[][]): readonly (readonly Cell[])[] {
  try {
    const growing = growingTable(table)
    for (const row of rows) {
      const missing = table.columns.find((column, i) => row[i] === null && !column.nullable && !column.autoIncrement)
      if (missing !== undefined) throw new SqlError(1048, `Column '${missing.name}' cannot be null`)
      growing.add(row)
    }
    return growing.rows
  } catch (thrown) {
    if (!(thrown instanceof SqlError)) throw thrown
    throw new SqlError(thrown.code, `table ${table.name}: ${thrown.message}`)
  }
}

function cellOf(cell: unknown): Cell {
  if (cell === null || cell === undefined) return null
  if (typeof cell === 'string' || typeof cell === 'number') return cell
  if (typeof cell === 'bigint') return Number(cell)
  return cell instanceof Uint8Array ? new TextDecoder().decode(cell) : String(cell)
}

/** MySQL's type for one that SQLite was told; SQLite takes any word. */
function declaredType(declared: string): string {
  const [, word = '', size] = /^\s*(\w+)[^(]*(?:\(\s*(\d+(?:\s*,\s*\d+)?)\s*\))?/.exec(declared.toLowerCase()) ?? []
  const sized = size === undefined ? '' : `(${size.replace(/\s/g, '')})`
  if (/^(tiny|small|medium|big)?int$/.test(word)) return word
  if (word.includes('int') || word === 'bool' || word === 'boolean' || word === 'bit' || word === 'year') return 'int'
  if (/^(varchar|char|varchar2|nvarchar|character)/.test(word)) return sized === '' ? 'varchar(255)' : `varchar${sized}`
  if (word === 'decimal' || word === 'numeric' || word === 'number') return sized === '' ? 'double' : `decimal${sized}`
  if (word === 'float' || word === 'double' || word === 'real') return 'double'
  if (word === 'date') return 'date'
  if (word === 'datetime' || word === 'timestamp') return 'datetime'
  return 'text'
}
