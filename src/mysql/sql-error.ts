/**
 * What MySQL answers instead of rows. Thrown inside this folder while a statement is read, resolved or run, and turned
 * into an outcome at one place (`session/session.ts`); nothing outside sees it thrown. Wording: MySQL 8.0's error messages.
 */

export class SqlError extends Error {
  readonly code: number
  /** @param code MySQL's error number; 0 for limits of our own */
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

export function syntaxError(source: string, position: number): SqlError {
  const near = [...source.slice(position, position + 400)].slice(0, 80).join('')
  const line = source.slice(0, position).split('\n').length
  const manual =
    'You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use'
  return new SqlError(1064, `${manual} near '${near}' at line ${line}`)
}
