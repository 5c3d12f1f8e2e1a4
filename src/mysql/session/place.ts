/**
 * Where a statement runs: a database in use, and the writes that came before it. A place names a state of the databases
 * instead of holding one; the one connection is brought to it when a statement runs there.
 */
import { compilerFor } from '../compile/compile.ts'
import { compileWrite } from '../compile/write/write.ts'
import { parseStatement } from '../parse/statement/statement.ts'
import type { Write } from '../parse/statement-syntax.ts'
import type { Connection } from '../run/connection.ts'
import { databasesOf, type Schema } from '../schema.ts'

export interface Place {
  /** The database in use, lower case. */
  readonly database: string
  /** The writes since what was loaded, as they were sent, with the database they were sent in. */
  readonly writes: readonly SentWrite[]
}

export interface SentWrite {
  readonly database: string
  readonly sql: string
}

export interface Places {
  /** The schema where the connection is now. */
  schema(): Schema
  /**
   * Brings the connection to a place: on from where it is when that is a beginning of the place's writes, and from what
   * was loaded otherwise.
   */
  enter(place: Place): void
  /** Runs a write in the place that was entered, and tells where that leads. Throws SqlError. */
  write(place: Place, write: Write, sql: string): Place
}

export function createPlaces(connection: Connection, loaded: Schema): Places {
  /** What the connection holds now. */
  let applied: readonly SentWrite[] = []
  let schema = loaded

  function enter({ writes }: Place): void {
    if (writes === applied) return
    const extendsApplied = writes.length >= applied.length && applied.every((write, i) => write === writes[i])
    if (!extendsApplied) {
      connection.restore()
      schema = loaded
      applied = []
    }
    for (const { database, sql } of writes.slice(applied.length)) perform(parseStatement(sql) as Write, database) // only writes are ever sent on
    applied = writes
  }

  function perform(write: Write, database: string): void {
    const { statements, schema: after } = compileWrite(compilerFor(schema, database), databasesOf(schema), write)
    try {
      connection.write(statements)
    } catch (thrown) {
      schema = loaded
      applied = []
      throw thrown
    }
    schema = after
  }

  function write(place: Place, write: Write, sql: string): Place {
    perform(write, place.database)
    applied = [...place.writes, { database: place.database, sql }]
    return { ...place, writes: applied }
  }

  return { schema: () => schema, enter, write }
}
