/**
 * Rows of an ordered query by its two short ways, for as many queries as are generated: read in one go where no two rows tie, and
 * with the numbers that they are ordered by in the place of their ranks. The same rows as by SQLite's dense_rank().
 */
import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { checkTables } from '../../src/mysql/compile/check-tables.ts'
import { compilerFor } from '../../src/mysql/compile/compile.ts'
import type { CompiledQuery } from '../../src/mysql/compile/compiler.ts'
import { readDump, SQL_LIMITS } from '../../src/mysql/index.ts'
import { parseStatement } from '../../src/mysql/parse/statement/statement.ts'
import { openConnection } from '../../src/mysql/run/connection.ts'
import { startSqlEngine } from '../../src/mysql/run/engine/engine.ts'
import { rankedRows } from '../../src/mysql/run/ranked-rows.ts'
import { databasesOf, schemaOf } from '../../src/mysql/schema.ts'
import { NO_SETTINGS } from '../../src/mysql/server/settings.ts'
import { SqlError } from '../../src/mysql/sql-error.ts'
import { statements } from '../../src/scripts/differential/statements/statements.ts'

const dump = readDump('databases.sql', readFileSync('public/data/intercode-sql/databases.sql', 'utf8'))
if (!dump.ok) throw new Error(dump.failure.message)
const tables = dump.value.flatMap((database) => database.tables)
const schema = schemaOf(tables)
const connection = openConnection(await startSqlEngine(), tables, SQL_LIMITS)
afterAll(() => connection.close())

/** Undefined for what is no query or has an error. */
function compiledQuery(database: string, sql: string): CompiledQuery | undefined {
  try {
    const statement = parseStatement(sql)
    if (statement.kind !== 'query') return undefined
    checkTables(statement.query, schema, databasesOf(schema), database)
    return compilerFor(schema, database, NO_SETTINGS).query(statement.query, undefined)
  } catch (thrown) {
    if (thrown instanceof SqlError) return undefined
    throw thrown
  }
}

test('rows without ties are the rows by their ranks', () => {
  let compared = 0
  for (const { database, sql } of statements(dump.value, 6000, 11)) {
    const compiled = compiledQuery(database, sql)
    const ranked = compiled?.ranked
    if (compiled === undefined || ranked?.keyed === undefined) continue
    const byRank = { ...compiled, ranked: { ...ranked, keyed: undefined } }
    expect(rankedRows(connection, compiled, SQL_LIMITS, 1), sql).toEqual(rankedRows(connection, byRank, SQL_LIMITS, 1))
    compared++
  }
  expect(compared).toBeGreaterThan(300)
})

/** The same rows with the place that SQLite gives each. */
function rankedBySqlite({ columns, ranked }: CompiledQuery) {
  if (ranked?.numbers === undefined) throw new Error('nothing to rank')
  const order = ranked.numbers.map((descending, i) => `k${i}${descending ? ' DESC' : ''}`).join(', ')
  const rank = `dense_rank() OVER (ORDER BY ${order}) AS place`
  const numbered = (sql: string) => `(SELECT *, row_number() OVER () AS n FROM (${sql}))`
  const cells = columns.map((_, i) => `c${i}`).join(', ')
  const { first, ...alike } = ranked
  const one = { ...alike, keyed: undefined, numbers: undefined }
  if (first !== undefined) {
    const row = first.slice('SELECT '.length, first.indexOf(','))
    const named = first.replace(row, `${row} AS r`)
    return { ...one, first: `SELECT r, ${rank} FROM ${numbered(named)} ORDER BY n` }
  }
  return { ...one, sql: `SELECT ${cells}, ${rank} FROM ${numbered(ranked.sql)} ORDER BY n` }
}

test('rows by the numbers that order them are the rows by their ranks', () => {
  const compared = { alone: 0, first: 0, descending: 0, terms: 0 }
  for (const { database, sql } of statements(dump.value, 9000, 12)) {
    const compiled = compiledQuery(database, sql)
    const ranked = compiled?.ranked
    if (compiled === undefined || ranked?.numbers === undefined) continue
    const byNumbers = { ...compiled, ranked: { ...ranked, keyed: undefined } }
    const bySqlite = { ...compiled, ranked: rankedBySqlite(compiled) }
    expect(rankedRows(connection, byNumbers, SQL_LIMITS, 1), sql).toEqual(
      rankedRows(connection, bySqlite, SQL_LIMITS, 1),
    )
    compared[ranked.first === undefined ? 'alone' : 'first']++
    if (ranked.numbers.some(Boolean)) compared.descending++
    if (ranked.numbers.length > 1) compared.terms++
  }
  expect(compared.alone).toBeGreaterThan(200)
  expect(compared.first).toBeGreaterThan(5)
  expect(compared.descending).toBeGreaterThan(50)
  expect(compared.terms).toBeGreaterThan(10)
})

test('a group of texts that differ by case shows the same one, whatever it is ordered by', () => {
  // With two minima in it, SQLite takes the shown text from any row: from another one where ranks are told another way.
  const sql = 'SELECT difficulty, COUNT(*) FROM trail GROUP BY difficulty ORDER BY MIN(trail_id % 3) DESC, COUNT(*)'
  const compiled = compiledQuery('mountain_huts', sql)
  if (compiled === undefined) throw new Error('no query')
  expect(compiled.ranked?.numbers).toBeUndefined()
  expect(rankedRows(connection, compiled, SQL_LIMITS, 1)).toEqual([
    ['moderate', 3],
    ['Easy', 4],
    ['hard', 4],
  ])
})
