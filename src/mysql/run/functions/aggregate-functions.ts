/** MySQL's aggregates that SQLite lacks, or sums in another way; they are window functions too. */
import type { Database } from '@sqlite.org/sqlite-wasm'
import type { SqlEngine } from '../engine.ts'
import type { Accumulator } from './accumulators.ts'
import type { Value } from './arguments.ts'
import { SPENT } from './raised-errors.ts'

/** Aggregates of groups are kept by SQLite's own place for them. @param charge as for functions */
export function registerAggregate(
  { sqlite: { capi } }: SqlEngine,
  db: Database,
  name: string,
  start: () => Accumulator,
  charge: () => boolean,
): void {
  const states = new Map<number, Accumulator>()
  const stateOf = (context: number): Accumulator => {
    const at = Number(capi.sqlite3_aggregate_context(context, 8))
    const known = states.get(at)
    if (known !== undefined) return known
    const made = start()
    states.set(at, made)
    return made
  }
  const taken =
    (take: (state: Accumulator, value: Value) => void) =>
    (context: number, ...[value]: readonly Value[]): void => {
      if (!charge()) throw new Error(SPENT)
      if (value !== null && value !== undefined) take(stateOf(context), value)
    }
  db.createFunction({
    name: `my_${name}`,
    arity: 1,
    deterministic: true,
    xStep: taken((state, value) => state.add(value)),
    xInverse: taken((state, value) => state.remove(value)),
    xValue: (context: number) => stateOf(context).result(),
    xFinal: (context: number) => {
      const at = Number(capi.sqlite3_aggregate_context(context, 0))
      const state = states.get(at)
      states.delete(at)
      return (state ?? start()).result()
    },
  })
}
