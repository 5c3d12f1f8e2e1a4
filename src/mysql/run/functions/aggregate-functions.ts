/** MySQL's aggregates that SQLite lacks, or sums in another way. */
import type { Database } from '@sqlite.org/sqlite-wasm'
import type { SqlEngine } from '../engine.ts'
import { numberOf, type Value } from './arguments.ts'
import { SPENT } from './raised-errors.ts'

interface Summary {
  count: number
  sum: number
  mean: number
  squares: number
  and: bigint
  or: bigint
  xor: bigint
}

/** By name in SQLite, without the `my_`. */
export const AGGREGATE_FUNCTIONS: Readonly<Record<string, (s: Summary) => number | bigint | null>> = {
  sum: ({ count, sum }) => (count === 0 ? null : sum),
  avg: ({ count, sum }) => (count === 0 ? null : sum / count),
  std: ({ count, squares }) => (count === 0 ? null : Math.sqrt(squares / count)),
  stddev: ({ count, squares }) => (count === 0 ? null : Math.sqrt(squares / count)),
  stddev_pop: ({ count, squares }) => (count === 0 ? null : Math.sqrt(squares / count)),
  stddev_samp: ({ count, squares }) => (count < 2 ? null : Math.sqrt(squares / (count - 1))),
  variance: ({ count, squares }) => (count === 0 ? null : squares / count),
  var_pop: ({ count, squares }) => (count === 0 ? null : squares / count),
  var_samp: ({ count, squares }) => (count < 2 ? null : squares / (count - 1)),
  bit_and: ({ and }) => and,
  bit_or: ({ or }) => or,
  bit_xor: ({ xor }) => xor,
}

/** Aggregates of groups are kept by SQLite's own place for them. */
export function registerAggregate(
  { sqlite: { capi } }: SqlEngine,
  db: Database,
  name: string,
  finish: (s: Summary) => number | bigint | null,
  charge: () => boolean,
): void {
  const states = new Map<number, Summary>()
  const place = (context: number): number => Number(capi.sqlite3_aggregate_context(context, 8))
  const empty = (): Summary => ({ count: 0, sum: 0, mean: 0, squares: 0, and: -1n, or: 0n, xor: 0n })
  db.createFunction({
    name: `my_${name}`,
    arity: 1,
    deterministic: true,
    xStep: (context: number, ...[value]: readonly Value[]) => {
      if (!charge()) throw new Error(SPENT)
      if (value === null || value === undefined) return
      const at = place(context)
      let state = states.get(at)
      if (state === undefined) {
        state = empty()
        states.set(at, state)
      }
      const x = numberOf(value)
      state.count++
      state.sum += x
      // Welford's, as Item_sum_variance.
      const delta = x - state.mean
      state.mean += delta / state.count
      state.squares += delta * (x - state.mean)
      const bits = BigInt(Math.trunc(x))
      state.and &= bits
      state.or |= bits
      state.xor ^= bits
    },
    xFinal: (context: number) => {
      const at = Number(capi.sqlite3_aggregate_context(context, 0))
      const state = states.get(at)
      states.delete(at)
      return finish(state ?? empty())
    },
  })
}
