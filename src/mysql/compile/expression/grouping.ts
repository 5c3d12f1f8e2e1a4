/** GROUPING(): which terms of GROUP BY a row of WITH ROLLUP puts together, the last one counting 1, the one before it 2... */
import type { Call } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import { INT } from '../../values/value-type.ts'
import type { Compiled } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import type { Scope } from '../scope.ts'
import { scalar } from './rows.ts'

/** Throws 1111 without WITH ROLLUP, and 3580 for what is not grouped by. */
export function grouping(compiler: Compiler, scope: Scope, { args }: Call): Compiled {
  const { rollup } = scope
  if (rollup === undefined || scope.aggregates === 'refused') throw new SqlError(1111, 'Invalid use of group function')
  scope.rollup = undefined
  const read = args.map((arg) => scalar(compiler.expression(scope, arg)))
  scope.rollup = rollup
  const bits = read.map(({ sql: now, rolledUp: sql = now }, i) => {
    if (rollup.groups?.includes(sql) === false)
      throw new SqlError(3580, `Argument #${i + 1} of GROUPING function is not in GROUP BY`)
    return rollup.gone.has(sql) ? '1' : '0'
  })
  return { sql: String(Number.parseInt(bits.join(''), 2)), type: INT, parts: [], any: true }
}
