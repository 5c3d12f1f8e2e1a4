/** Outcomes by place and statement: the same question in the same place has the same answer. */
import type { ResultSet } from '../values/result-set.ts'
import type { Place } from './place.ts'

export type Outcome =
  | { readonly kind: 'rows'; readonly result: ResultSet }
  /** Nothing to show: USE and writes, and where they lead. */
  | { readonly kind: 'none'; readonly place: Place }
  | { readonly kind: 'error'; readonly message: string }

/**
 * Outcomes that are kept, and values in all of their results, a long text being as many as it has pieces; oldest out first. A comparison
 * asks some ten thousand small things.
 */
const MOST = { outcomes: 20_000, values: 4_000_000 }
/** Values of a result that is kept. */
const KEPT_VALUES = 20_000
/** Characters of a piece of a text. */
const PIECE = 64
/** Characters of a place and a statement that are kept. */
const KEPT_KEY = 4000

export interface OutcomeMemory {
  /** Always for the same limits and databases. */
  remembered(place: Place, sql: string, run: () => Outcome): Outcome
}

export function createOutcomeMemory(most: Readonly<typeof MOST> = MOST): OutcomeMemory {
  const outcomes = new Map<string, Outcome>()
  let values = 0
  return {
    remembered(place, sql, run) {
      const key = addressOf(place, sql)
      const known = outcomes.get(key)
      if (known !== undefined && known.kind !== 'none') return known
      const outcome = run()
      const size = valuesOf(outcome)
      if (key.length < KEPT_KEY && size <= KEPT_VALUES) {
        values += size
        outcomes.set(key, outcome)
        for (const [oldest, left] of outcomes) {
          if (outcomes.size <= most.outcomes && values <= most.values) break
          outcomes.delete(oldest)
          values -= valuesOf(left)
        }
      }
      return outcome
    },
  }
}

function addressOf({ database, writes }: Place, sql: string): string {
  return `${database}\0${writes.map((write) => `${write.database}\0${write.sql}`).join('\0')}\0\0${sql}`
}

function valuesOf(outcome: Outcome): number {
  if (outcome.kind !== 'rows') return 0
  let values = 0
  for (const row of outcome.result.rows)
    for (const value of row) values += typeof value === 'string' ? 1 + Math.floor(value.length / PIECE) : 1
  return values
}
