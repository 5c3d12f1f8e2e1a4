/** One session over a small dump, and its answers as an agent sees them. */
import { pythonList, pythonRows } from '../../src/environments/intercode-sql/python-text.ts'
import { openSession, readDump } from '../../src/mysql/index.ts'
import { engine } from '../environments/intercode-sql/shop.ts'

/** Rows as Python prints them, `None`, or the words of the error. */
export function answersOf(database: string, tables: string): (sql: string) => string {
  const databases = readDump(`${database}.sql`, `CREATE DATABASE ${database}; USE ${database}; ${tables}`)
  if (!databases.ok) throw new Error(databases.failure.message)
  const session = openSession(engine, databases.value)
  return (sql) => {
    const outcome = session.run({ database, writes: [] }, sql)
    if (outcome.kind === 'rows') return pythonList(pythonRows(outcome.result).tuples)
    return outcome.kind === 'none' ? 'None' : outcome.message
  }
}
