/** Errors that a statement raises while it runs: SQLite only carries their text. */
import { SqlError } from '../../sql-error.ts'

/** Thrown by functions when the budget of the statement is spent. */
export const SPENT = 'budget spent'

/** Begins the message by which a function stops a statement; MySQL's number and the words follow. */
const MARK = 'mysql error '

/** Those that always have the same words. */
const RAISED: Readonly<Record<string, string>> = { 1242: 'Subquery returns more than 1 row' }

export function raise(code: number, words = ''): never {
  throw new Error(`${MARK}${code} ${words}`)
}

/** Error 1690: a value that its type cannot hold. `what` is the expression as MySQL writes it. */
export function outOfRange(type: 'BIGINT' | 'BIGINT UNSIGNED' | 'DOUBLE' | 'DECIMAL', what: string): never {
  return raise(1690, `${type} value is out of range in '${what}'`)
}

/** The error that was raised; undefined for other errors. */
export function raisedBy(message: string): SqlError | undefined {
  const place = message.indexOf(MARK)
  if (place < 0) return undefined
  const [, code = '', words = ''] = /^(\d+) ([\s\S]*)$/.exec(message.slice(place + MARK.length)) ?? []
  return new SqlError(Number(code), RAISED[code] ?? words)
}
