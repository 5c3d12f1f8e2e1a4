/** SQLite's errors as MySQL's, or as sentences of our own about what went over a limit. None is passed on as it is. */
import { LIMIT_WORDS } from '../limits.ts'
import { SqlError } from '../sql-error.ts'
import { raisedBy } from './functions/raised-errors.ts'

/** @param ranOut what the statement had used up */
export function explainedError(thrown: unknown, ranOut: 'work' | 'memory' | undefined): SqlError {
  if (thrown instanceof SqlError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const raised = raisedBy(message)
  if (raised !== undefined) return raised
  if (ranOut === 'work') return new SqlError(3024, LIMIT_WORDS.work)
  if (ranOut === 'memory') return new SqlError(0, LIMIT_WORDS.memory)
  if (/too big/.test(message)) return new SqlError(1301, LIMIT_WORDS.value)
  if (/database or disk is full/.test(message)) return new SqlError(1114, LIMIT_WORDS.full('tmp'))
  const unique = /UNIQUE constraint failed: (.*)/.exec(message)
  if (unique !== null) return new SqlError(1062, `Duplicate entry for key '${unique[1] ?? ''}'`)
  const missing = /NOT NULL constraint failed: .*\.(.*)/.exec(message)
  if (missing !== null) return new SqlError(1048, `Column '${missing[1] ?? ''}' cannot be null`)
  if (/misuse of aggregate/.test(message)) return new SqlError(1111, 'Invalid use of group function')
  if (thrown instanceof RangeError || /too many|too deep|Expression tree|parser stack|too large|limit/i.test(message))
    return new SqlError(0, LIMIT_WORDS.complex)
  return new SqlError(0, LIMIT_WORDS.unable)
}
