/** INTERVAL and what is counted in it. */
import type { Cursor } from '../cursor.ts'
import type { Expression } from '../syntax.ts'

export function parseInterval(c: Cursor): Expression {
  c.expectWord('INTERVAL')
  const amount = c.expression()
  const unit = c.token
  if (
    unit.kind !== 'word' ||
    !/^(MICROSECOND|SECOND|MINUTE|HOUR|DAY|WEEK|MONTH|QUARTER|YEAR|[A-Z]+_[A-Z]+)$/.test(unit.upper)
  )
    throw c.error()
  c.next()
  return { kind: 'interval', amount, unit: unit.upper }
}
