/** One session over a small dump, and its answers as an agent sees them. */
import { pythonList, pythonRows } from '../../src/environments/intercode-sql/python-text.ts'
import { openSession, type Place, readDump, type Session } from '../../src/mysql/index.ts'
import { engine } from '../environments/intercode-sql/shop.ts'

export function sessionOver(database: string, tables: string): Session {
  const databases = readDump(`${database}.sql`, `CREATE DATABASE ${database}; USE ${database}; ${tables}`)
  if (!databases.ok) throw new Error(databases.failure.message)
  return openSession(engine, databases.value)
}

/**
 * What the last of some statements answers, each run where the one before it led: rows as Python prints them, `None`, or
 * the words of the error.
 */
export function answersOf(database: string, tables: string | Session): (...statements: readonly string[]) => string {
  const session = typeof tables === 'string' ? sessionOver(database, tables) : tables
  return (...statements) => {
    let place: Place = { database, writes: [] }
    let said = ''
    for (const sql of statements) {
      const outcome = session.run(place, sql)
      if (outcome.kind === 'rows') said = pythonList(pythonRows(outcome.result).tuples)
      else said = outcome.kind === 'none' ? 'None' : outcome.message
      if (outcome.kind === 'none') place = outcome.place
    }
    return said
  }
}
