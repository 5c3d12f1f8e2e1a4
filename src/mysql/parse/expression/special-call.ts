/**
 * Calls of functions with a syntax of their own (sql_yacc.yy of MySQL 8.0: function_call_keyword,
 * function_call_nonkeyword).
 */
import type { Cursor } from '../cursor.ts'
import { charsetName } from '../parts.ts'
import type { CastType, Expression } from '../syntax.ts'
import { call } from './nodes.ts'

export function cast(c: Cursor, name: 'CAST' | 'CONVERT'): Expression {
  c.next()
  c.expectSymbol('(')
  const operand = c.expression()
  if (name === 'CONVERT' && c.takeWord('USING')) {
    const charset = charsetName(c)
    c.expectSymbol(')')
    const bytes: CastType = { name: 'BINARY', length: undefined, decimals: undefined }
    return charset === 'binary' ? { kind: 'cast', operand, to: bytes } : operand
  }
  if (name === 'CAST') c.expectWord('AS')
  else c.expectSymbol(',')
  const to = castType(c)
  c.expectSymbol(')')
  return { kind: 'cast', operand, to }
}

function castType(c: Cursor): CastType {
  let name = c.takeOne(
    'SIGNED',
    'UNSIGNED',
    'DECIMAL',
    'DEC',
    'NUMERIC',
    'CHAR',
    'CHARACTER',
    'NCHAR',
    'BINARY',
    'DATE',
    'DATETIME',
    'TIME',
    'YEAR',
    'FLOAT',
    'DOUBLE',
    'REAL',
    'JSON',
  ) as string | undefined // widened: some names stand for others
  if (name === undefined) throw c.error()
  if (name === 'SIGNED' || name === 'UNSIGNED') {
    if (!c.takeWord('INTEGER')) c.takeWord('INT')
  }
  if (name === 'DEC' || name === 'NUMERIC') name = 'DECIMAL'
  if (name === 'CHARACTER' || name === 'NCHAR') name = 'CHAR'
  if (name === 'DOUBLE') c.takeWord('PRECISION')
  const numbers: number[] = []
  if (c.takeSymbol('(')) {
    do {
      if (c.token.kind !== 'number') throw c.error()
      numbers.push(Number(c.next().text))
    } while (c.takeSymbol(','))
    c.expectSymbol(')')
  }
  if (name === 'CHAR' && c.takeWord('CHARACTER')) {
    c.expectWord('SET')
    charsetName(c)
  }
  return { name, length: numbers[0], decimals: numbers[1] }
}

export function extract(c: Cursor): Expression {
  c.next()
  c.expectSymbol('(')
  const unit = c.next()
  c.expectWord('FROM')
  const operand = c.expression()
  c.expectSymbol(')')
  return call('EXTRACT', [{ kind: 'string', value: unit.upper }, operand])
}

export function trim(c: Cursor): Expression {
  c.next()
  c.expectSymbol('(')
  const side = c.takeOne('BOTH', 'LEADING', 'TRAILING')
  if (side !== undefined && c.takeWord('FROM')) {
    const operand = c.expression()
    c.expectSymbol(')')
    return trimmed(operand, side, undefined)
  }
  const first = c.expression()
  if (c.takeWord('FROM')) {
    const operand = c.expression()
    c.expectSymbol(')')
    return trimmed(operand, side, first)
  }
  if (side !== undefined) throw c.error()
  c.expectSymbol(')')
  return trimmed(first, undefined, undefined)
}

function trimmed(operand: Expression, side: string | undefined, what: Expression | undefined): Expression {
  const name = side === 'LEADING' ? 'LTRIM' : side === 'TRAILING' ? 'RTRIM' : 'TRIM'
  return call(name, what === undefined ? [operand] : [operand, what])
}

export function substring(c: Cursor): Expression {
  c.next()
  c.expectSymbol('(')
  const args = [c.expression()]
  if (c.takeWord('FROM')) {
    args.push(c.expression())
    if (c.takeWord('FOR')) args.push(c.expression())
  } else
    do {
      c.expectSymbol(',')
      args.push(c.expression())
    } while (args.length < 3 && c.isSymbol(','))
  c.expectSymbol(')')
  return call('SUBSTRING', args)
}

export function position(c: Cursor): Expression {
  c.next()
  c.expectSymbol('(')
  const what = c.bitExpression()
  c.expectWord('IN')
  const operand = c.expression()
  c.expectSymbol(')')
  return call('LOCATE', [what, operand])
}
