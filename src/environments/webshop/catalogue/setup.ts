/**
 * `setup.json`, the file that our own catalogue has besides the official ones: one price a product and the goals of
 * each split, so that nothing of it is drawn.
 */
import { failure, type Result, success } from '../../../core/failure.ts'
import type { OfficialFile } from './official-files.ts'
import { fault, type ReadRecord } from './record.ts'
import type { Records } from './record-schemas.ts'

export type SetupGoal = Records['setupGoal']

export interface Setup {
  /** ASIN to dollars. */
  readonly prices: ReadonlyMap<string, number>
  readonly goals: readonly SetupGoal[]
}

/** Failures: `catalogue-file`, `catalogue-field`. */
export function readSetup(file: OfficialFile, read: ReadRecord): Result<Setup> {
  const content: unknown = file.content
  if (typeof content !== 'object' || content === null || !('prices' in content) || !('goals' in content))
    return failure('catalogue-file', `${file.name} has no prices and goals.`)
  if (typeof content.prices !== 'object' || content.prices === null || !Array.isArray(content.goals))
    return failure('catalogue-file', `${file.name} needs an object "prices" and a list "goals".`)
  const prices = new Map<string, number>()
  for (const [asin, price] of Object.entries(content.prices)) {
    if (typeof price !== 'number' || !Number.isFinite(price) || price < 0)
      return fault({ file: file.name, record: `prices of ${asin}` }, '', 'dollars', price)
    prices.set(asin, price)
  }
  const goals: SetupGoal[] = []
  for (let i = 0; i < content.goals.length; i++) {
    const where = { file: file.name, record: `goal ${i}` }
    const goal = read('setupGoal', content.goals[i], where)
    if (!goal.ok) return goal
    const limit = goal.value.price_upper
    if (limit !== null && !(limit > 0)) return fault(where, 'price_upper', 'dollars above 0, or null', limit)
    goals.push(goal.value)
  }
  return success({ prices, goals })
}
