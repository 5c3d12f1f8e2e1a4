/** MySQL's expressions as SQLite's, with their types; names are resolved and MySQL's errors raised on the way. */
import type { Expression } from '../../parse/syntax.ts'
import { settingOf } from '../../server/settings.ts'
import { SqlError } from '../../sql-error.ts'
import { INT, NULL } from '../../values/value-type.ts'
import type { Compiled } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import { resolveColumn } from '../names.ts'
import { rolledUp } from '../rolled-up.ts'
import type { Scope } from '../scope.ts'
import { call } from './calls.ts'
import { caseOf } from './case.ts'
import { cast } from './cast.ts'
import { collated } from './collated.ts'
import { numberLiteral, textLiteral } from './literals.ts'
import { binary, unary } from './operators.ts'
import { between, inList, is, like } from './predicates.ts'
import { rowOf, scalar } from './rows.ts'
import { compareAny, exists, inQuery, scalarQuery } from './subqueries.ts'
import { variable } from './variables.ts'

export function compileExpression(compiler: Compiler, scope: Scope, expression: Expression): Compiled {
  return rolledUp(scope, compiledOf(compiler, scope, expression))
}

function compiledOf(compiler: Compiler, scope: Scope, expression: Expression): Compiled {
  const read = (inner: Expression) => compileExpression(compiler, scope, inner)
  switch (expression.kind) {
    case 'number':
      return numberLiteral(expression.text)
    case 'string':
      return textLiteral(expression.value, expression.cast)
    case 'null':
      return { sql: 'NULL', type: NULL, parts: [], literal: null }
    case 'boolean':
      return { sql: expression.value ? '1' : '0', type: INT, parts: [], literal: expression.value ? 1 : 0 }
    case 'default':
      throw new SqlError(0, 'DEFAULT is not supported here')
    case 'variable':
      return variable(read, settingOf(compiler.settings, expression.name))
    case 'column':
      return resolveColumn(scope, expression)
    case 'unary':
      return unary(expression.operator, scalar(read(expression.operand)))
    case 'binary':
      return binary(compiler, expression.operator, read(expression.left), read(expression.right))
    case 'compare-any':
      return compareAny(compiler, scope, expression)
    case 'between':
      return between(expression.not, read(expression.operand), read(expression.low), read(expression.high))
    case 'in':
      if ('body' in expression.items) return inQuery(compiler, scope, expression, expression.items)
      return inList(expression.not, read(expression.operand), expression.items.map(read))
    case 'like':
      return like(expression, scalar(read(expression.operand)), scalar(read(expression.pattern)))
    case 'is':
      return is(expression, scalar(read(expression.operand)))
    case 'exists':
      return exists(compiler.query(expression.query, scope))
    case 'subquery':
      return scalarQuery(compiler.query(expression.query, scope))
    case 'row':
      return rowOf(expression.items.map(read))
    case 'case':
      return caseOf(expression, read)
    case 'cast':
      return cast(scalar(read(expression.operand)), expression.to)
    case 'interval':
      throw new SqlError(0, 'An INTERVAL can only be added to a date or subtracted from one')
    case 'collate':
      return collated(scalar(read(expression.operand)), expression.collation)
    case 'call':
      return call(compiler, scope, expression)
  }
}
