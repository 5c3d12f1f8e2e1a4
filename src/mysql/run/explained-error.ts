/** SQLite's errors as MySQL's, or as sentences of our own about what went over a limit. */
import { LIMIT_WORDS } from '../limits.ts'
import { SqlError } from '../sql-error.ts'
import type { Budget } from './budget.ts'
import { raisedBy } from './functions/raised-errors.ts'

export function explainedError(thrown: unknown, stopped: ReturnType<Budget['stopped']>): SqlError {
  if (thrown instanceof SqlError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const raised = raisedBy(message)
  if (raised !== undefined) return raised
  if (stopped === 'operations') return new SqlError(3024, LIMIT_WORDS.operations)
  if (stopped === 'memory' || /out of memory|NOMEM|memory access|RangeError/i.test(message))
    return new SqlError(0, LIMIT_WORDS.memory)
  if (/too big/.test(message)) return new SqlError(1301, LIMIT_WORDS.value)
  if (/database or disk is full/.test(message)) return new SqlError(1114, LIMIT_WORDS.full('tmp'))
  const unique = /UNIQUE constraint failed: (.*)/.exec(message)
  if (unique !== null) return new SqlError(1062, `Duplicate entry for key '${unique[1] ?? ''}'`)
  const missing = /NOT NULL constraint failed: .*\.(.*)/.exec(message)
  if (missing !== null) return new SqlError(1048, `Column '${missing[1] ?? ''}' cannot be null`)
  if (/misuse of aggregate/.test(message)) return new SqlError(1111, 'Invalid use of group function')
  if (/too many|Expression tree|parser stack|too large|limit/i.test(message))
    return new SqlError(0, LIMIT_WORDS.complex)
  // What SQLite or JavaScript says is no word of MySQL's.
  return new SqlError(0, 'The engine could not run this statement')
}
