/** Whatever a statement is made to do, what it costs is bounded; counted, not timed. */
import { expect, test } from 'vitest'
import { SQL_LIMITS } from '../../src/mysql/index.ts'
import { slowestStatement } from '../../src/scripts/bench/slowest-statement.ts'

/** With and without ranks, without and with indexes, in an engine that was used before; and once more in one that was not. */
const TRIES = 1.03 * (0.2 + 0.03 + 1 + 0.15) + 1
/** For loading the databases anew, and for what was running when the limit was reached. */
const MORE = 30_000_000

test('hostile statements cost no more than all that a statement may try, and none meets the engine’s own words', async () => {
  const told: string[] = []
  const { statements, dearest } = await slowestStatement(250, (line) => told.push(line))
  expect(statements).toBe(250)
  expect(dearest * 1e6).toBeGreaterThan(SQL_LIMITS.work / 2) // some come to the limit
  expect(dearest * 1e6).toBeLessThan(TRIES * SQL_LIMITS.work + MORE)
  expect(told.filter((line) => line.includes('cannot be run in this environment'))).toEqual([])
})
