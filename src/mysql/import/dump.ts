/**
 * A dump of MySQL databases as tables: what mysqldump, phpMyAdmin, HeidiSQL, DBeaver and people write. Literals are read
 * word by word; statements that say more are run by the engine. What is left out is said.
 */
import { MOST_DUMP_CHARACTERS } from '../limits.ts'
import { type SqlEngine, startedEngine } from '../run/engine/engine.ts'
import type { SqlDatabase } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import { DumpReader } from './dump-reader.ts'
import { type DumpStatement, dumpStatements } from './dump-statements.ts'
import { databaseOf, found, type ReadResult, unreadable } from './read-result.ts'
import { storedTable } from './stored-table.ts'

/** Characters of one statement of a dump. */
const MOST_STATEMENT = 32_000_000
/** Notes that are told one by one. */
const MOST_NOTES = 20

/**
 * Failures: `sql-dump` with the file and line, where a statement that matters cannot be read, and where rows do not fit
 * their tables. Notes: statements that are left out, with their lines.
 * @param engine runs what is no literal; by default the one that was started, if one was
 */
export function readDump(
  name: string,
  text: string,
  engine: SqlEngine | undefined = startedEngine(),
): ReadResult<readonly SqlDatabase[]> {
  if (text.length > MOST_DUMP_CHARACTERS)
    return unreadable(
      'sql-dump',
      `${name} has ${millions(text.length)} million characters; ${millions(MOST_DUMP_CHARACTERS)} million are read at most. Take tables out of the dump.`,
    )
  const reader = new DumpReader(engine, databaseOf(name))
  const notes: string[] = []
  let left = 0
  try {
    // Editors on Windows put a mark before the first word.
    for (const statement of dumpStatements(text.startsWith('\ufeff') ? text.slice(1) : text)) {
      try {
        if (statement.text.length > MOST_STATEMENT)
          throw new SqlError(
            0,
            `a statement of ${millions(statement.text.length)} million characters; ${millions(MOST_STATEMENT)} million are read at most`,
          )
        const note = reader.read(statement.text)
        if (note === undefined) continue
        if (notes.length < MOST_NOTES) notes.push(`${name}, line ${lineOf(text, statement)}: ${note}.`)
        else left++
      } catch (thrown) {
        if (!(thrown instanceof SqlError)) throw thrown
        return unreadable(
          'sql-dump',
          `${name}, line ${lineOf(text, statement)}: ${thrown.message}. Nothing of this file was read.`,
        )
      }
    }
    const tables = reader.tables()
    if (tables.length === 0)
      return unreadable('sql-dump', `${name} has no CREATE TABLE; it is no MySQL dump, or an empty one.`)
    const names = [...new Set(tables.map(({ table }) => table.database))]
    const databases = names.map((each) => ({
      name: each,
      tables: tables.filter(({ table }) => table.database === each).map(storedTable),
    }))
    return found(databases, left === 0 ? notes : [...notes, `${name}: ${left} more statements are left out.`])
  } catch (thrown) {
    if (!(thrown instanceof SqlError)) throw thrown
    return unreadable('sql-dump', `${name}: ${thrown.message}. Nothing of this file was read.`)
  } finally {
    reader.close()
  }
}

function lineOf(text: string, { start }: DumpStatement): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < start; at = text.indexOf('\n', at + 1)) line++
  return line
}

function millions(count: number): number {
  return Math.round(count / 1e6)
}
