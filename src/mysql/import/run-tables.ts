/** Statements of a dump that say more than literals (UPDATE, DELETE, INSERT ... SELECT), run by the engine on its tables so far. */
import { compilerFor } from '../compile/compile.ts'
import { quoteName, tableSql } from '../compile/sqlite-text.ts'
import { compileWrite } from '../compile/write/write.ts'
import { SQL_LIMITS, type SqlLimits } from '../limits.ts'
import type { Write } from '../parse/statement-syntax.ts'
import { type Connection, openConnection } from '../run/connection.ts'
import type { SqlEngine } from '../run/engine/engine.ts'
import { type Cell, databasesOf, type Schema, type SqlTable, type StoredTable, schemaKey, schemaOf } from '../schema.ts'
import { NO_SETTINGS } from '../server/settings.ts'
import { SqlError } from '../sql-error.ts'
import { typeOfColumn } from '../values/value-type.ts'
import { storedCell } from './stored-table.ts'

/** What a statement of a dump may cost: more than one of an agent. */
const LIMITS: SqlLimits = {
  ...SQL_LIMITS,
  work: 1_500_000_000,
  memoryBytes: 256 * 2 ** 20,
  rows: Number.POSITIVE_INFINITY,
  characters: Number.POSITIVE_INFINITY,
  extraPages: 65_536,
}

export interface RunTables {
  /** Throws SqlError, with code 0 for what is not done here; then nothing is changed. */
  run(write: Write, database: string): void
  table(database: string, name: string): SqlTable | undefined
  /** The rows of a table as they are now. */
  rows(table: SqlTable): Cell[][]
  close(): void
}

/** @param tables as they are so far */
export function runTables(engine: SqlEngine, tables: readonly StoredTable[]): RunTables {
  const connection: Connection = openConnection(engine, tables, LIMITS)
  let schema: Schema = schemaOf(tables)
  return {
    run(write, database) {
      const compiled = compileWrite(compilerFor(schema, database, NO_SETTINGS), databasesOf(schema), write)
      try {
        connection.allowance.begin()
        connection.write(compiled.statements)
      } catch (thrown) {
        if (thrown instanceof SqlError && thrown.code === 0) throw new SqlError(3024, thrown.message)
        throw thrown
      }
      schema = compiled.schema
    },
    table: (database, name) => schema.get(schemaKey(database, name)),
    rows(table) {
      const stored = schema.get(schemaKey(table.database, table.name)) ?? table
      const names = stored.columns.map(({ name }) => quoteName(name)).join(', ')
      const kinds = stored.columns.map(({ type }) => typeOfColumn(type).kind)
      connection.allowance.begin()
      const rows = connection.query(`SELECT ${names} FROM ${tableSql(stored)} ORDER BY rowid`, stored.columns.length)
      return rows.map((row) => row.map((cell, i) => storedCell(cell, kinds[i])))
    },
    close: () => connection.close(),
  }
}
