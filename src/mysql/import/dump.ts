/**
 * A dump of MySQL databases (mysqldump: CREATE DATABASE, USE, CREATE TABLE, INSERT) as tables. It is read word by word
 * and never run. Statements that hold neither schema nor rows are passed over.
 */

import { definedTable } from '../compile/defined-table.ts'
import type { Cursor } from '../parse/cursor.ts'
import { cursorOver } from '../parse/grammar.ts'
import { tableName } from '../parse/parts.ts'
import { parseTableDefinition } from '../parse/statement/table-definition.ts'
import { readToken, type Token } from '../parse/tokens.ts'
import { type Cell, type SqlDatabase, type SqlTable, schemaKey } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import { typeOfColumn, type ValueKind } from '../values/value-type.ts'
import { databaseOf, found, quoted, type ReadResult, unreadable } from './read-result.ts'
import { storedCell, storedTable } from './stored-table.ts'

interface Open {
  readonly table: SqlTable
  readonly kinds: readonly ValueKind[]
  readonly rows: Cell[][]
}

/** Rows of all tables of a file together. */
const MOST_ROWS = 1_000_000

/** Failures: `sql-dump` with the file and line, where a statement that matters cannot be read. */
export function readDump(name: string, text: string): ReadResult<readonly SqlDatabase[]> {
  const tables = new Map<string, Open>()
  const databases = new Set<string>()
  let database = databaseOf(name)
  let at = 0
  let rows = 0
  for (;;) {
    const first = readToken(text, at)
    if (first.kind === 'end') break
    const end = statementEnd(text, first)
    const source = text.slice(first.start, end)
    at = end + 1
    try {
      const word = first.upper
      if (word === 'USE') {
        const c = cursorOver(source)
        c.next()
        database = c.name().toLowerCase()
        databases.add(database)
      } else if (word === 'CREATE') {
        const c = cursorOver(source)
        c.next()
        c.takeWord('TEMPORARY')
        if (c.takeWord('TABLE')) {
          const definition = parseTableDefinition(c)
          if (definition.columns.length === 0) throw new SqlError(0, 'a table without columns')
          const table = definedTable(definition, definition.database ?? database)
          databases.add(table.database)
          const kinds = table.columns.map(({ type }) => typeOfColumn(type).kind)
          tables.set(schemaKey(table.database, table.name), { table, kinds, rows: [] })
        }
      } else if (word === 'INSERT' || word === 'REPLACE') {
        rows += insert(source, database, tables)
        if (rows > MOST_ROWS) throw new SqlError(0, `more than ${MOST_ROWS} rows`)
      }
    } catch (thrown) {
      if (!(thrown instanceof SqlError)) throw thrown
      const line = text.slice(0, first.start).split('\n').length
      return unreadable('sql-dump', `${name}, line ${line}: ${thrown.message}. Nothing of this file was read.`)
    }
  }
  if (tables.size === 0)
    return unreadable('sql-dump', `${name} has no CREATE TABLE; it is no MySQL dump, or an empty one.`)
  const all = [...databases].map((each) => ({
    name: each,
    tables: [...tables.values()].filter(({ table }) => table.database === each).map(storedTable),
  }))
  return found(all.filter((each) => each.tables.length > 0))
}

/** Where the statement that starts with a token ends: at its semicolon, or the end of the text. */
function statementEnd(text: string, first: Token): number {
  let token = first
  while (token.kind !== 'end' && !(token.kind === 'symbol' && token.text === ';'))
    token = readToken(text, token.end, token)
  return token.start
}

/** Adds the rows of an INSERT; gives how many. */
function insert(source: string, database: string, tables: ReadonlyMap<string, Open>): number {
  const c = cursorOver(source)
  c.next()
  c.takeWord('IGNORE')
  c.takeWord('INTO')
  const target = tableName(c)
  const open = tables.get(schemaKey(target.database ?? database, target.name))
  if (open === undefined)
    throw new SqlError(0, `rows for the table ${quoted(target.name)}, which was not created before`)
  const { table, kinds } = open
  let places = table.columns.map((_, i) => i)
  if (c.takeSymbol('(')) {
    places = []
    do {
      const column = c.name()
      const place = table.columns.findIndex((each) => each.name.toLowerCase() === column.toLowerCase())
      if (place < 0) throw new SqlError(0, `table ${table.name} has no column ${quoted(column)}`)
      places.push(place)
    } while (c.takeSymbol(','))
    c.expectSymbol(')')
  }
  if (!c.takeWord('VALUES')) c.expectWord('VALUE')
  let count = 0
  do {
    c.expectSymbol('(')
    const row: Cell[] = table.columns.map(({ default: initial }) => initial ?? null)
    places.forEach((place, i) => {
      if (i > 0) c.expectSymbol(',')
      row[place] = storedCell(literal(c), kinds[place])
    })
    c.expectSymbol(')')
    open.rows.push(row)
    count++
  } while (c.takeSymbol(','))
  if (!c.atEnd()) throw c.error()
  return count
}

function literal(c: Cursor): Cell {
  if (c.token.kind === 'word' && c.token.text.startsWith('_') && c.peek(1).kind === 'string') c.next()
  const minus = c.takeSymbol('-')
  const token = c.next()
  if (token.kind === 'number') return numberCell(minus ? `-${token.text}` : token.text)
  if (minus) throw c.error(token)
  if (token.kind === 'string') return token.text
  if (token.kind === 'hex') return token.text.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)))
  if (token.upper === 'NULL') return null
  if (token.upper === 'TRUE' || token.upper === 'FALSE') return token.upper === 'TRUE' ? 1 : 0
  throw c.error(token)
}

/** A double loses the last digits of a BIGINT. */
function numberCell(text: string): Cell {
  const value = Number(text)
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(text) ? BigInt(text) : value
}
