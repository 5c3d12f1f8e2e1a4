/** Errors that a statement raises while it runs: SQLite only carries their text. */
import { SqlError } from '../../sql-error.ts'

/** Thrown by functions when the statement may cost no more. */
export const SPENT = 'allowance spent'

/** Begins the message by which a function stops a statement; MySQL's number and the words follow. */
const MARK = 'mysql error '

/** Those that always have the same words. */
const RAISED: Readonly<Record<string, string>> = {
  1242: 'Subquery returns more than 1 row',
  3685: 'Illegal argument to a regular expression.',
  3686: 'Index out of bounds in regular expression search.',
  3688: 'Syntax error in regular expression on line 1, character 1.',
  3689: 'Unrecognized escape sequence in regular expression.',
  3690: 'The regular expression contains a feature that is not implemented in this library version.',
  3691: 'Mismatched parenthesis in regular expression.',
  3692: 'Incorrect description of a {min,max} interval.',
  3693: 'The maximum is less than the minumum in a {min,max} interval.', // as the server writes it
  3696: 'The regular expression contains an unclosed bracket expression.',
  3697: 'The regular expression contains an [x-y] character range where x comes after y.',
  3700: 'The regular expression pattern exceeds limits on size or complexity.',
  3900: 'Invalid match mode flag in regular expression.',
}

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
