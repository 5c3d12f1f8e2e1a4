/**
 * Where a statement runs: a database in use, and what was sent before it that changed something. A place names a state of
 * the databases and the session instead of holding one; the one connection is brought to it when a statement runs there.
 */
import { compilerFor } from '../compile/compile.ts'
import { compileWrite } from '../compile/write/write.ts'
import { parseStatement } from '../parse/statement/statement.ts'
import type { SetVariables, Write } from '../parse/statement-syntax.ts'
import type { Connection } from '../run/connection.ts'
import { databasesOf, type Schema } from '../schema.ts'
import { NO_SETTINGS } from '../server/settings.ts'
import { changedSettings } from './change-settings.ts'
import type { Held, Reading } from './reading.ts'

export interface Place {
  /** The database in use, lower case. */
  readonly database: string
  /** The writes and SETs since what was loaded, as they were sent, with the database they were sent in. */
  readonly writes: readonly SentWrite[]
}

export interface SentWrite {
  readonly database: string
  readonly sql: string
}

/** What changes a place. */
export type Change = Write | SetVariables

export interface Places {
  /** What the connection holds now. */
  held(): Held
  /**
   * Brings the connection to a place: on from where it is when that is a beginning of the place's writes, and from what
   * was loaded otherwise.
   */
  enter(place: Place): void
  /** Makes a change in the place that was entered, and tells where that leads. Throws SqlError. */
  change(place: Place, change: Change, sql: string): Place
}

export function createPlaces(connection: Connection, reading: Reading, loaded: Schema): Places {
  const start: Held = { schema: loaded, settings: NO_SETTINGS }
  /** What led from the start to what is held. */
  let applied: readonly SentWrite[] = []
  let held = start
  let age = connection.age()

  function enter({ writes }: Place): void {
    if (age !== connection.age()) {
      age = connection.age()
      held = start
      applied = []
    }
    if (writes === applied) return
    const extendsApplied = writes.length >= applied.length && applied.every((write, i) => write === writes[i])
    if (!extendsApplied) {
      connection.restore()
      held = start
      applied = []
    }
    for (const { database, sql } of writes.slice(applied.length)) perform(parseStatement(sql) as Change, database, true) // only changes are ever sent on
    applied = writes
  }

  function perform(change: Change, database: string, again: boolean): void {
    if (change.kind === 'set') {
      held = { ...held, settings: changedSettings(reading, held, database, change) }
      return
    }
    const compiler = compilerFor(held.schema, database, held.settings)
    const { statements, schema } = compileWrite(compiler, databasesOf(held.schema), change)
    reading.fill(held, compiler)
    try {
      connection.write(statements, again)
    } catch (thrown) {
      held = start
      applied = []
      throw thrown
    }
    held = { ...held, schema }
  }

  function change(place: Place, asked: Change, sql: string): Place {
    perform(asked, place.database, false)
    applied = [...place.writes, { database: place.database, sql }]
    return { ...place, writes: applied }
  }

  return { held: () => held, enter, change }
}
