/** MySQL's aggregates as SQLite calls them; they are window functions too. */
import type { SqlEngine } from '../engine/engine.ts'
import type { Accumulator } from './accumulators.ts'
import type { Value } from './arguments.ts'

/** What an aggregate does at each call; `context` is SQLite's place for the group or the window. */
export interface Aggregate {
  add(context: number, value: Value): void
  remove(context: number, value: Value): void
  /** So far. */
  value(context: number): ReturnType<Accumulator['result']>
  /** At the end: the place is free again. */
  final(context: number): ReturnType<Accumulator['result']>
}

export function aggregate(engine: SqlEngine, start: () => Accumulator): Aggregate {
  const { call } = engine.raw
  const states = new Map<number, Accumulator>()
  let age = engine.age()

  function stateOf(context: number): Accumulator {
    if (age !== engine.age()) {
      age = engine.age()
      states.clear()
    }
    const at = call.sqlite3_aggregate_context(context, 8)
    const known = states.get(at)
    if (known !== undefined) return known
    const made = start()
    states.set(at, made)
    return made
  }

  return {
    add: (context, value) => (value === null ? undefined : stateOf(context).add(value)),
    remove: (context, value) => (value === null ? undefined : stateOf(context).remove(value)),
    value: (context) => stateOf(context).result(),
    final(context) {
      const at = call.sqlite3_aggregate_context(context, 0)
      const state = states.get(at)
      states.delete(at)
      return (state ?? start()).result()
    },
  }
}
