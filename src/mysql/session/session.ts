/**
 * MySQL as a client sees it: one statement in, rows or an error out. Stateless towards its callers: a state of the
 * databases is named by the writes that made it (`place.ts`).
 */
import { SYSTEM_TABLES } from '../dictionary/information-schema/information-schema.ts'
import { LIMIT_WORDS, SQL_LIMITS, type SqlLimits } from '../limits.ts'
import { parseStatement } from '../parse/statement/statement.ts'
import { openConnection } from '../run/connection.ts'
import type { SqlEngine } from '../run/engine/engine.ts'
import { databasesOf, type Schema, type SqlDatabase, schemaOf } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import { explain } from './explain.ts'
import { look } from './look.ts'
import { createOutcomeMemory, type Outcome } from './outcome-memory.ts'
import { createPlaces, type Place } from './place.ts'
import { createReading } from './reading.ts'

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
  const stored = databases.flatMap(({ tables }) => tables)
  const connection = openConnection(engine, stored, limits)
  const reading = createReading(connection, limits)
  const places = createPlaces(connection, reading, schemaOf([...SYSTEM_TABLES, ...stored]))
  const memory = createOutcomeMemory()

  function run(place: Place, sql: string): Outcome {
    const outcome = attempt(place, sql)
    if (!connection.allowance.doubtful()) return outcome
    connection.renew()
    return attempt(place, sql)
  }

  function attempt(place: Place, sql: string): Outcome {
    connection.allowance.begin()
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
    const held = places.held()
    switch (statement.kind) {
      case 'query':
        return { kind: 'rows', result: reading.rows(held, place.database, statement.query) }
      case 'show':
      case 'describe': {
        const answer = look(statement, held, place.database, sql)
        const where = statement.kind === 'show' ? statement.where : undefined
        const result = where === undefined ? answer : reading.filtered(held, place.database, answer, where)
        return { kind: 'rows', result }
      }
      case 'explain':
        return { kind: 'rows', result: explain(statement, held, place.database) }
      case 'use': {
        const database = statement.database.toLowerCase()
        if (!databasesOf(held.schema).has(database)) throw new SqlError(1049, `Unknown database '${database}'`)
        return { kind: 'none', place: { ...place, database } }
      }
      case 'nothing':
        return { kind: 'none', place }
      default:
        if (place.writes.length >= limits.writes) throw new SqlError(0, LIMIT_WORDS.writes(limits.writes))
        return { kind: 'none', place: places.change(place, statement, sql) }
    }
  }

  return {
    run: (place, sql) => memory.remembered(place, sql, () => run(place, sql)),
    schema(place) {
      places.enter(place)
      return places.held().schema
    },
    close: () => connection.close(),
  }
}
