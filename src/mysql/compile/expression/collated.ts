/** COLLATE: the same value, compared in another way. */
import { SqlError } from '../../sql-error.ts'
import { collationNamed } from '../../values/collations.ts'
import type { ValueType } from '../../values/value-type.ts'
import { sqliteCollation } from '../collation-text.ts'
import type { Compiled } from '../compiled.ts'
import { asText } from '../conversion.ts'

/** Throws 1253 where the collation is one of another character set. */
export function collated(operand: Compiled, name: string): Compiled {
  const wanted = collationNamed(name)
  const own = operand.type.binary ? 'binary' : (operand.type.collation?.replace(/_.*/, '') ?? 'utf8mb4')
  if (wanted === undefined || wanted.charset !== own)
    throw new SqlError(1253, `COLLATION '${wanted?.name ?? name}' is not valid for CHARACTER SET '${own}'`)
  if (own === 'binary') return operand
  const type: ValueType = { kind: 'text', collation: wanted.name, explicit: true }
  const sql = `(${asText(operand)} COLLATE ${sqliteCollation(type)})`
  return { sql, type, parts: [operand], ...(operand.literal === undefined ? {} : { literal: operand.literal }) }
}
