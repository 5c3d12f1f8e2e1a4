/** Outcomes by place and statement: the same question in the same place has the same answer. */
import type { ResultSet } from '../values/result-set.ts'
import type { Place } from './place.ts'

export type Outcome =
  | { readonly kind: 'rows'; readonly result: ResultSet }
  /** Nothing to show: USE and writes, and where they lead. */
  | { readonly kind: 'none'; readonly place: Place }
  | { readonly kind: 'error'; readonly message: string }

/** Outcomes that are kept, oldest out first. */
const MOST_OUTCOMES = 4000
/** Values of a result that is kept. */
const KEPT_VALUES = 20_000
/** Characters of a place and a statement that are kept. */
const KEPT_KEY = 4000

export interface OutcomeMemory {
  /** Always for the same limits and databases. */
  remembered(place: Place, sql: string, run: () => Outcome): Outcome
}

export function createOutcomeMemory(): OutcomeMemory {
  const outcomes = new Map<string, Outcome>()
  return {
    remembered(place, sql, run) {
      const key = addressOf(place, sql)
      const known = outcomes.get(key)
      if (known !== undefined && known.kind !== 'none') return known
      const outcome = run()
      if (key.length < KEPT_KEY && isSmall(outcome)) {
        if (outcomes.size >= MOST_OUTCOMES) {
          const [oldest] = outcomes.keys()
          if (oldest !== undefined) outcomes.delete(oldest)
        }
        outcomes.set(key, outcome)
      }
      return outcome
    },
  }
}

function addressOf({ database, writes }: Place, sql: string): string {
  return `${database}\0${writes.map((write) => `${write.database}\0${write.sql}`).join('\0')}\0\0${sql}`
}

function isSmall(outcome: Outcome): boolean {
  return outcome.kind !== 'rows' || outcome.result.rows.length * outcome.result.columns.length <= KEPT_VALUES
}
