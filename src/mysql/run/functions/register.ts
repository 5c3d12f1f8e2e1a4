/** MySQL's functions, aggregates and collation, registered in a SQLite connection under names that begin with `my_`. */
import type { Database } from '@sqlite.org/sqlite-wasm'
import type { SqlEngine } from '../engine.ts'
import { ACCUMULATORS } from './accumulators.ts'
import { registerAggregate } from './aggregate-functions.ts'
import { numberOf, textOf, type Value } from './arguments.ts'
import { CODED_FUNCTIONS } from './coded-functions.ts'
import { registerCollations } from './collation-callback.ts'
import { DATE_FUNCTIONS } from './date-functions.ts'
import { EXACT_FUNCTIONS } from './exact-functions.ts'
import { NUMBER_FUNCTIONS } from './number-functions.ts'
import { SPENT } from './raised-errors.ts'
import { TEXT_FUNCTIONS } from './text-functions.ts'
import { concatWithSeparator, VALUE_FUNCTIONS } from './value-functions.ts'

/** @param charge counts a call towards the budget of the statement; false when there is none left */
export function registerFunctions(engine: SqlEngine, db: Database, charge: () => boolean): void {
  const scalar = (
    name: string,
    apply: (args: readonly Value[]) => string | number | bigint | null,
    nulls = false,
  ): void => {
    db.createFunction({
      name: `my_${name}`,
      arity: -1,
      deterministic: true,
      xFunc: (_context: number, ...args: readonly Value[]) => {
        if (!charge()) throw new Error(SPENT)
        return !nulls && args.some((arg) => arg === null || arg === undefined) ? null : apply(args)
      },
    })
  }
  for (const [name, of] of Object.entries(TEXT_FUNCTIONS)) scalar(name, (args) => of(...args.map(textOf)))
  for (const [name, of] of Object.entries(NUMBER_FUNCTIONS)) scalar(name, (args) => of(...args.map(numberOf)))
  for (const [name, of] of Object.entries({
    ...CODED_FUNCTIONS,
    ...DATE_FUNCTIONS,
    ...EXACT_FUNCTIONS,
    ...VALUE_FUNCTIONS,
  }))
    scalar(name, (args) => of(...args))
  scalar('concat_ws', concatWithSeparator, true)
  for (const [name, start] of Object.entries(ACCUMULATORS)) registerAggregate(engine, db, name, start, charge)
  registerCollations(engine, db, charge)
}
