/** MySQL's functions, aggregates and collations, registered in a SQLite connection under names that begin with `my_`. */
import type { Database } from '@sqlite.org/sqlite-wasm'
import type { SqlEngine } from '../engine/engine.ts'
import { ACCUMULATORS } from './accumulators.ts'
import { aggregate } from './aggregate-functions.ts'
import { numberOf, textOf, type Value } from './arguments.ts'
import { CODED_FUNCTIONS } from './coded-functions.ts'
import { COLLATION_SIGNATURE, collations } from './collations.ts'
import { DATE_FUNCTIONS } from './date-functions.ts'
import { EXACT_FUNCTIONS } from './exact-functions.ts'
import { handedValues } from './handed-values.ts'
import { NUMBER_FUNCTIONS } from './number-functions.ts'
import { SPENT } from './raised-errors.ts'
import { regexpFunctions } from './regexp-functions.ts'
import { TEXT_FUNCTIONS } from './text-functions.ts'
import { concatWithSeparator, VALUE_FUNCTIONS } from './value-functions.ts'
import { CALL, DEAR_CALL, workOf } from './work.ts'

/** Functions as WebAssembly calls them: their places in its table. */
interface Installed {
  /** By name in SQLite, without the `my_`. */
  readonly scalars: ReadonlyMap<string, number>
  readonly aggregates: ReadonlyMap<string, { xStep: number; xInverse: number; xValue: number; xFinal: number }>
  readonly collations: ReadonlyMap<string, number>
}

/** The table of functions outlives what an engine holds in memory: each is installed once an engine. */
const INSTALLED = new WeakMap<SqlEngine, Installed>()

export function registerFunctions(engine: SqlEngine, db: Database): void {
  const { capi } = engine.sqlite
  const installed = INSTALLED.get(engine) ?? install(engine)
  INSTALLED.set(engine, installed)
  const encoding = (capi.SQLITE_UTF8 | capi.SQLITE_DETERMINISTIC) as typeof capi.SQLITE_UTF8
  for (const [name, xFunc] of installed.scalars)
    db.checkRc(capi.sqlite3_create_function_v2(db, `my_${name}`, -1, encoding, 0, xFunc, 0, 0, 0))
  for (const [name, { xStep, xFinal, xValue, xInverse }] of installed.aggregates)
    db.checkRc(
      capi.sqlite3_create_window_function(db, `my_${name}`, 1, encoding, 0, xStep, xFinal, xValue, xInverse, 0),
    )
  for (const [name, xCompare] of installed.collations)
    db.checkRc(capi.sqlite3_create_collation_v2(db, name, capi.SQLITE_UTF8, 0, xCompare, 0))
}

function install(engine: SqlEngine): Installed {
  const { sqlite, meter } = engine
  const { capi, wasm } = sqlite
  const handed = handedValues(engine)
  const scalars = new Map<string, number>()

  function charge(units: number): void {
    if (!meter.charge(units)) throw new Error(SPENT)
  }

  /** What a function that SQLite calls gives back, or the error that it ends with. */
  function give(context: number, value: Value): void {
    if (typeof value === 'string') charge(value.length)
    handed.give(context, value)
  }

  function fail(context: number, thrown: unknown): void {
    if (thrown instanceof WebAssembly.RuntimeError) throw thrown // a trap: nothing may be asked of SQLite any more
    capi.sqlite3_result_error(context, thrown instanceof Error ? thrown.message : String(thrown), -1)
  }

  function scalar(name: string, apply: (args: readonly Value[]) => Value, call = CALL, nulls = false): void {
    const work = workOf(name, call)
    const xFunc = (context: number, count: number, at: number): void => {
      try {
        const args = handed.take(count, at)
        charge(work(args))
        give(context, !nulls && args.includes(null) ? null : apply(args))
      } catch (thrown) {
        fail(context, thrown)
      }
    }
    scalars.set(name, wasm.installFunction('v(pip)', xFunc))
  }

  for (const [name, of] of Object.entries(TEXT_FUNCTIONS)) scalar(name, (args) => of(...args.map(textOf)))
  for (const [name, of] of Object.entries(NUMBER_FUNCTIONS)) scalar(name, (args) => of(...args.map(numberOf)))
  const plain = { ...VALUE_FUNCTIONS, ...regexpFunctions(charge) }
  for (const [name, of] of Object.entries(plain)) scalar(name, (args) => of(...args))
  const dear = { ...CODED_FUNCTIONS, ...DATE_FUNCTIONS, ...EXACT_FUNCTIONS }
  for (const [name, of] of Object.entries(dear)) scalar(name, (args) => of(...args), DEAR_CALL)
  scalar('concat_ws', concatWithSeparator, CALL, true)

  const aggregates = new Map(
    Object.entries(ACCUMULATORS).map(([name, start]) => {
      const { add, remove, value, final } = aggregate(engine, start)
      const work = workOf(name, CALL)
      const taking =
        (take: (context: number, value: Value) => void) => (context: number, count: number, at: number) => {
          try {
            const args = handed.take(count, at)
            charge(work(args))
            take(context, args[0])
          } catch (thrown) {
            fail(context, thrown)
          }
        }
      const giving = (make: (context: number) => Value) => (context: number) => {
        try {
          give(context, make(context))
        } catch (thrown) {
          fail(context, thrown)
        }
      }
      return [
        name,
        {
          xStep: wasm.installFunction('v(pip)', taking(add)),
          xInverse: wasm.installFunction('v(pip)', taking(remove)),
          xValue: wasm.installFunction('v(p)', giving(value)),
          xFinal: wasm.installFunction('v(p)', giving(final)),
        },
      ]
    }),
  )
  const compared = Object.entries(collations(engine))
  return {
    scalars,
    aggregates,
    collations: new Map(compared.map(([name, of]) => [name, wasm.installFunction(COLLATION_SIGNATURE, of)])),
  }
}
