/** Errors that a statement raises while it runs: SQLite only carries their text. */

/** Thrown by functions when the budget of the statement is spent. */
export const SPENT = 'budget spent'

/** Begins the message by which `my_fail` stops a statement; MySQL's number follows. */
const MARK = 'mysql error '

const RAISED: Readonly<Record<number, string>> = { 1242: 'Subquery returns more than 1 row' }

export function raise(code: number): never {
  throw new Error(MARK + String(code))
}

/** The sentence of an error that was raised; undefined for other errors. */
export function raisedBy(message: string): string | undefined {
  const place = message.indexOf(MARK)
  return place < 0 ? undefined : RAISED[Number.parseInt(message.slice(place + MARK.length), 10)]
}
