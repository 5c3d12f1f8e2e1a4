/** Expressions that begin with a word: constants, CASE, functions without parentheses or with a syntax of their own, names. */
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { expressionList, queryInParentheses, strings } from '../parts.ts'
import { RESERVED_FUNCTIONS, RESERVED_WORDS } from '../reserved-words.ts'
import type { Expression } from '../syntax.ts'
import { functionCall } from './call.ts'
import { parseInterval } from './interval.ts'
import { call } from './nodes.ts'
import { cast, extract, position, substring, trim } from './special-call.ts'

const TEMPORAL = { DATE: 'date', TIMESTAMP: 'datetime', TIME: 'time' } as const

export function wordExpression(c: Cursor): Expression {
  const { upper } = c.token
  const calls = c.isSymbol('(', 1)
  const spaceless = calls && c.peek(1).start === c.token.end
  switch (upper) {
    case 'NULL':
      c.next()
      return { kind: 'null' }
    case 'TRUE':
    case 'FALSE':
      c.next()
      return { kind: 'boolean', value: upper === 'TRUE' }
    case 'NOT':
      throw c.error()
    case 'EXISTS': {
      c.next()
      return { kind: 'exists', query: queryInParentheses(c) }
    }
    case 'CASE':
      return caseOf(c)
    case 'INTERVAL':
      if (!calls) return datePlus(c)
      return functionCall(c)
    case 'DISTINCT':
      throw c.error()
    case 'CAST':
    case 'CONVERT':
      if (calls && (upper === 'CONVERT' || spaceless)) return cast(c, upper)
      break
    case 'EXTRACT':
      if (spaceless) return extract(c)
      break
    case 'TRIM':
      if (spaceless) return trim(c)
      break
    case 'SUBSTRING':
    case 'SUBSTR':
    case 'MID':
      if (spaceless) return substring(c)
      break
    case 'POSITION':
      if (spaceless) return position(c)
      break
    case 'ROW':
      if (calls) {
        c.next()
        c.next()
        const items = expressionList(c)
        c.expectSymbol(')')
        return { kind: 'row', items }
      }
      break
    case 'CURRENT_DATE':
    case 'CURRENT_TIME':
    case 'CURRENT_TIMESTAMP':
    case 'LOCALTIME':
    case 'LOCALTIMESTAMP':
    case 'UTC_DATE':
    case 'UTC_TIME':
    case 'UTC_TIMESTAMP':
    case 'CURRENT_USER':
      if (!calls) {
        c.next()
        return call(upper, [])
      }
      break
    case 'DEFAULT':
      c.next()
      return { kind: 'default' }
    case 'MATCH':
      throw new SqlError(1191, "Can't find FULLTEXT index matching the column list")
    case 'DATE':
    case 'TIME':
    case 'TIMESTAMP':
      if (c.peek(1).kind === 'string') {
        c.next()
        return { kind: 'string', value: strings(c), cast: TEMPORAL[upper] }
      }
      break
    default:
      // Character set introducers: _utf8mb4'x'.
      if (
        upper.startsWith('_') &&
        c.peek(1).kind === 'string' &&
        /^_(UTF8|UTF8MB3|UTF8MB4|LATIN1|ASCII|BINARY)$/.test(upper)
      ) {
        c.next()
        const text: Expression = { kind: 'string', value: strings(c) }
        return upper === '_BINARY' ? { kind: 'unary', operator: 'BINARY', operand: text } : text
      }
      if (upper === 'N' && c.peek(1).kind === 'string' && c.peek(1).start === c.token.end) {
        c.next()
        return { kind: 'string', value: strings(c) }
      }
  }
  if (calls) {
    if (RESERVED_WORDS.has(upper) && !RESERVED_FUNCTIONS.has(upper)) throw c.error()
    return functionCall(c)
  }
  // Its error is near what stands where the parenthesis should.
  if (RESERVED_FUNCTIONS.has(upper)) c.next()
  return reference(c)
}

/** INTERVAL 1 DAY + date. */
function datePlus(c: Cursor): Expression {
  const interval = parseInterval(c)
  c.expectSymbol('+')
  return call('DATE_ADD', [c.bitExpression(4), interval])
}

export function reference(c: Cursor): Expression {
  const first = c.name()
  if (!c.isSymbol('.')) return { kind: 'column', database: undefined, table: undefined, name: first }
  c.next()
  const second = c.nameAfterDot()
  if (c.isSymbol('(')) return functionCall(c, `${first}.${second}`)
  if (!c.isSymbol('.')) return { kind: 'column', database: undefined, table: first, name: second }
  c.next()
  return { kind: 'column', database: first, table: second, name: c.nameAfterDot() }
}

function caseOf(c: Cursor): Expression {
  c.expectWord('CASE')
  const operand = c.isWord('WHEN') ? undefined : c.expression()
  const branches: { condition: Expression; result: Expression }[] = []
  while (c.takeWord('WHEN')) {
    const condition = c.expression()
    c.expectWord('THEN')
    branches.push({ condition, result: c.expression() })
  }
  if (branches.length === 0) throw c.error()
  const otherwise = c.takeWord('ELSE') ? c.expression() : undefined
  c.expectWord('END')
  return { kind: 'case', operand, branches, otherwise }
}
