/** CAST and CONVERT. */
import type { CastType } from '../../parse/syntax.ts'
import { DATE, DATETIME, DOUBLE, decimal, INT, TEXT, TIME } from '../../values/value-type.ts'
import type { Compiled } from '../compiled.ts'
import { asNumber, asText } from '../conversion.ts'

export function cast(operand: Compiled, to: CastType): Compiled {
  const parts = [operand]
  switch (to.name) {
    case 'SIGNED':
    case 'UNSIGNED':
    case 'YEAR': {
      const number = asNumber(operand)
      const sql =
        operand.type.kind === 'text' ? `CAST(${asText(operand)} AS INTEGER)` : `CAST(my_round(${number}, 0) AS INTEGER)`
      return { sql, type: INT, parts }
    }
    case 'DECIMAL':
      return { sql: `my_round(${asNumber(operand)}, ${to.decimals ?? 0})`, type: decimal(to.decimals ?? 0), parts }
    case 'FLOAT':
    case 'DOUBLE':
    case 'REAL':
      return { sql: `CAST(${asNumber(operand)} AS REAL)`, type: DOUBLE, parts }
    case 'DATE':
      return { sql: `my_part('DATE', ${asText(operand)})`, type: DATE, parts }
    case 'DATETIME':
      return { sql: `my_moment(${asText(operand)})`, type: DATETIME, parts }
    case 'TIME':
      return { sql: `my_part('TIME', ${asText(operand)})`, type: TIME, parts }
    default: {
      const text = asText(operand)
      const sql = to.length === undefined ? `(${text})` : `substr(${text}, 1, ${to.length})`
      return { sql, type: to.name === 'BINARY' ? { kind: 'text', binary: true } : TEXT, parts }
    }
  }
}
