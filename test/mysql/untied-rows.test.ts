/** Where no two rows tie they are read in one go: the same rows as by their ranks, for as many queries as are generated. */
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
  for (const { database, sql } of statements(dump.value, 4000, 11)) {
    const compiled = compiledQuery(database, sql)
    const ranked = compiled?.ranked
    if (compiled === undefined || ranked?.keyed === undefined) continue
    const byRank = { ...compiled, ranked: { ...ranked, keyed: undefined } }
    expect(rankedRows(connection, compiled, SQL_LIMITS, 1), sql).toEqual(rankedRows(connection, byRank, SQL_LIMITS, 1))
    compared++
  }
  expect(compared).toBeGreaterThan(300)
})
