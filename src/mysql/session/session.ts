/**
 * MySQL as a client sees it: one statement in, rows or an error out. Stateless towards its callers: a state of the
 * databases is named by the writes that made it (`place.ts`).
 */
import { checkTables } from '../compile/check-tables.ts'
import { compilerFor } from '../compile/compile.ts'
import { informationSchema } from '../dictionary/information-schema/information-schema.ts'
import { LIMIT_WORDS, SQL_LIMITS, type SqlLimits } from '../limits.ts'
import { parseStatement } from '../parse/statement/statement.ts'
import type { Query } from '../parse/syntax.ts'
import { openConnection } from '../run/connection.ts'
import type { SqlEngine } from '../run/engine.ts'
import { rankedRows } from '../run/ranked-rows.ts'
import { databasesOf, type Schema, type SqlDatabase, schemaOf } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import type { ResultSet } from '../values/result-set.ts'
import { look } from './look.ts'
import { createOutcomeMemory, type Outcome } from './outcome-memory.ts'
import { createPlaces, type Place } from './place.ts'

export interface Session {
  /** Never throws on any text. */
  run(place: Place, sql: string): Outcome
  /** All tables, as they are in a place. */
  schema(place: Place): Schema
  close(): void
}

export function openSession(
  engine: SqlEngine,
  databases: readonly SqlDatabase[],
  limits: SqlLimits = SQL_LIMITS,
): Session {
  const own = databases.flatMap(({ tables }) => tables)
  const stored = [...own, ...informationSchema(own)]
  const connection = openConnection(engine, stored, limits)
  const places = createPlaces(connection, schemaOf(stored))
  const memory = createOutcomeMemory()

  function run(place: Place, sql: string): Outcome {
    try {
      if (sql.length > limits.statementLength) throw new SqlError(0, LIMIT_WORDS.statement(limits.statementLength))
      return execute(place, sql)
    } catch (thrown) {
      if (thrown instanceof SqlError) return { kind: 'error', message: thrown.message }
      // The stack: nested too deeply.
      if (thrown instanceof RangeError) return { kind: 'error', message: LIMIT_WORDS.complex }
      throw thrown
    }
  }

  function execute(place: Place, sql: string): Outcome {
    const statement = parseStatement(sql)
    places.enter(place)
    const schema = places.schema()
    switch (statement.kind) {
      case 'query':
        return { kind: 'rows', result: rowsOf(statement.query, schema, place.database) }
      case 'show':
      case 'describe':
        return { kind: 'rows', result: look(statement, schema, place.database) }
      case 'use': {
        const database = statement.database.toLowerCase()
        if (!databasesOf(schema).has(database)) throw new SqlError(1049, `Unknown database '${database}'`)
        return { kind: 'none', place: { ...place, database } }
      }
      case 'explain':
        throw new SqlError(0, 'EXPLAIN of a query is not supported here')
      case 'nothing':
        return { kind: 'none', place }
      default:
        if (place.writes.length >= limits.writes) throw new SqlError(0, LIMIT_WORDS.writes(limits.writes))
        return { kind: 'none', place: places.write(place, statement, sql) }
    }
  }

  function rowsOf(query: Query, schema: Schema, database: string): ResultSet {
    checkTables(query, schema, databasesOf(schema), database)
    const compiled = compilerFor(schema, database).query(query, undefined)
    const { sql, columns } = compiled
    return { columns, rows: rankedRows(connection, compiled, limits) ?? connection.query(sql, columns.length) }
  }

  return {
    run: (place, sql) => memory.remembered(place, sql, () => run(place, sql)),
    schema(place) {
      places.enter(place)
      return places.schema()
    },
    close: () => connection.close(),
  }
}
