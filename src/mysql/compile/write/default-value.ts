/** What DEFAULT stands for. */
import type { SqlColumn } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import { NOW } from '../../values/moments.ts'
import { NULL } from '../../values/value-type.ts'
import type { Compiled } from '../compiled.ts'
import { textLiteral } from '../expression/literals.ts'

/** Throws 1364 for a column that has none and cannot be NULL. */
export function defaultOf({ name, nullable, default: initial }: SqlColumn): Compiled {
  if (initial !== undefined) return textLiteral(/^(CURRENT_TIMESTAMP|NOW)$/i.test(initial) ? NOW : initial)
  if (!nullable) throw new SqlError(1364, `Field '${name}' doesn't have a default value`)
  return { sql: 'NULL', type: NULL, parts: [], literal: null }
}
