/** MySQL's expressions as SQLite's, with their types; names are resolved and MySQL's errors raised on the way. */

import { WINDOW_FUNCTIONS } from '../../parse/reserved-words.ts'
import type { BinaryOperator, Call, Expression, OrderTerm, WindowDefinition } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import { canonicalMoment } from '../../values/moments.ts'
import {
  arithmeticType,
  commonType,
  DATE,
  DATETIME,
  DOUBLE,
  decimal,
  INT,
  isReal,
  isTemporal,
  NULL,
  PLAIN,
  scaleOf,
  TEXT,
  TIME,
  type ValueType,
} from '../../values/value-type.ts'
import { asNumber, asText, collation, comparable } from '../comparison.ts'
import { type Compiled, quoteText, resolveColumn, type Scope } from '../compiled.ts'
import type { CompiledQuery, Compiler } from '../compiler.ts'
import { FUNCTIONS } from '../functions/functions.ts'
import { AGGREGATE_NAMES, aggregateSql, aggregateType } from './aggregates.ts'

const NEGATED: Readonly<Record<string, BinaryOperator>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
}

export function compileExpression(compiler: Compiler, scope: Scope, expression: Expression): Compiled {
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
      return { sql: 'NULL', type: NULL, parts: [] }
    case 'column':
      return resolveColumn(scope, expression)
    case 'unary':
      return unary(expression.operator, scalar(read(expression.operand)))
    case 'binary':
      return binary(expression.operator, read(expression.left), read(expression.right))
    case 'compare-any':
      return compareAny(compiler, scope, expression)
    case 'between': {
      const parts = [read(expression.operand), read(expression.low), read(expression.high)] as const
      const [operand, low, high] = parts
      const sql = `(${compare('>=', operand, low)} AND ${compare('<=', operand, high)})`
      return { sql: expression.not ? `(NOT ${sql})` : sql, type: INT, parts }
    }
    case 'in':
      return membership(compiler, scope, expression)
    case 'like':
      return like(expression, scalar(read(expression.operand)), scalar(read(expression.pattern)), expression.escape)
    case 'is': {
      const operand = scalar(read(expression.operand))
      const not = expression.not ? 'NOT ' : ''
      if (expression.what === 'null' || expression.what === 'unknown')
        return { sql: `(${operand.sql} IS ${not}NULL)`, type: INT, parts: [operand] }
      const test = expression.what === 'true' ? 'TRUE' : 'FALSE'
      return { sql: `(${asNumber(operand)} IS ${not}${test})`, type: INT, parts: [operand] }
    }
    case 'exists': {
      const query = compiler.query(expression.query, scope)
      return { sql: `EXISTS (${query.sql})`, type: INT, parts: query.outerUses }
    }
    case 'subquery':
      return scalarQuery(compiler.query(expression.query, scope))
    case 'row': {
      const parts = expression.items.map(read)
      return { sql: `(${parts.map(({ sql }) => sql).join(', ')})`, type: NULL, parts: [...parts, ROW] }
    }
    case 'case':
      return caseOf(expression, read)
    case 'cast':
      return cast(scalar(read(expression.operand)), expression.to)
    case 'interval':
      throw new SqlError(0, 'An INTERVAL can only be added to a date or subtracted from one')
    case 'collate': {
      const operand = scalar(read(expression.operand))
      if (!/_bin$|^binary$/i.test(expression.collation)) return operand
      return { ...operand, type: { kind: 'text', binary: true } }
    }
    case 'call':
      return call(compiler, scope, expression)
  }
}

/** Marks the parts of a row. */
const ROW: Compiled = { sql: '', type: NULL, parts: [] }

function rowParts(compiled: Compiled): readonly Compiled[] | undefined {
  return compiled.parts.at(-1) === ROW ? compiled.parts.slice(0, -1) : undefined
}

/** Refuses a row where one value belongs. */
export function scalar(compiled: Compiled): Compiled {
  if (rowParts(compiled) !== undefined) throw new SqlError(1241, 'Operand should contain 1 column(s)')
  return compiled
}

function numberLiteral(text: string): Compiled {
  const value = Number(text)
  if (/^\d+$/.test(text)) {
    if (text.length < 19) return { sql: String(BigInt(text)), type: INT, parts: [], literal: value }
    return { sql: `${text}.0`, type: decimal(0), parts: [], literal: value }
  }
  if (!Number.isFinite(value)) throw new SqlError(1367, `Illegal double '${text}' value found during parsing`)
  const real = /e/i.test(text)
  const digits = /\.(\d*)$/.exec(text)?.[1] ?? ''
  const sql = /[.e]/i.test(String(value)) ? String(value) : `${value}.0`
  return { sql, type: real ? DOUBLE : decimal(digits.length), parts: [], literal: value }
}

export function textLiteral(value: string, temporal?: 'date' | 'datetime' | 'time'): Compiled {
  if (temporal === undefined)
    return {
      sql: quoteText(value),
      type: /^(?:[\x20-\x5a\x61-\x7e]*[\x21-\x5a\x61-\x7e])?$/.test(value) ? PLAIN : TEXT,
      parts: [],
      literal: value,
    }
  if (temporal === 'time') return { sql: quoteText(value), type: TIME, parts: [] }
  const canonical = canonicalMoment(value)
  if (canonical === undefined) throw new SqlError(1525, `Incorrect ${temporal.toUpperCase()} value: '${value}'`)
  if (temporal === 'date') return { sql: quoteText(canonical.slice(0, 10)), type: DATE, parts: [] }
  return { sql: quoteText(canonical), type: DATETIME, parts: [] }
}

function unary(operator: string, operand: Compiled): Compiled {
  const parts = [operand]
  switch (operator) {
    case '-': {
      const type =
        isReal(operand.type) || operand.type.kind === 'text' ? DOUBLE : arithmeticType('-', INT, operand.type)
      if (typeof operand.literal === 'number')
        return { sql: `(-${operand.sql})`, type: operand.type, parts: [], literal: -operand.literal }
      return { sql: `(- ${asNumber(operand)})`, type, parts }
    }
    case '+':
      return operand
    case '~':
      return { sql: `(~ ${asNumber(operand)})`, type: INT, parts }
    case 'BINARY':
      return { sql: `(${asText(operand)})`, type: { kind: 'text', binary: true }, parts }
    default:
      return { sql: `(NOT ${asNumber(operand)})`, type: INT, parts }
  }
}

/** A comparison's text; rows are compared place by place. */
function compare(operator: BinaryOperator, a: Compiled, b: Compiled): string {
  const [rowA, rowB] = [rowParts(a), rowParts(b)]
  if (rowA !== undefined || rowB !== undefined) {
    if (rowA === undefined || rowB === undefined || rowA.length !== rowB.length)
      throw new SqlError(1241, `Operand should contain ${rowA?.length ?? 1} column(s)`)
    const left = rowA.map(({ sql }) => sql).join(', ')
    const right = rowB.map(({ sql }) => sql).join(', ')
    if (operator === '=') return `(${rowA.map((part, i) => compare('=', part, rowB[i] ?? ROW)).join(' AND ')})`
    return `((${left}) ${operator} (${right}))`
  }
  const [left, right, collate] = comparable(a, b)
  return `(${left} ${operator === '<=>' ? 'IS' : operator} ${right}${collate})`
}

function binary(operator: BinaryOperator, left: Compiled, right: Compiled): Compiled {
  const parts = [left, right]
  if (operator === '=' || operator === '<=>' || operator === '<>' || NEGATED[operator] !== undefined)
    return { sql: compare(operator, left, right), type: INT, parts }
  const [a, b] = [asNumber(scalar(left)), asNumber(scalar(right))]
  switch (operator) {
    case 'AND':
      return { sql: `(${a} AND ${b})`, type: INT, parts, conjunction: true }
    case 'OR':
      return { sql: `(${a} OR ${b})`, type: INT, parts }
    case 'XOR':
      return { sql: `((NOT ${a}) <> (NOT ${b}))`, type: INT, parts }
    case '+':
    case '-':
    case '*':
      return {
        sql: `(${a} ${operator} ${b})`,
        type: arithmeticType(operator, numeric(left.type), numeric(right.type)),
        parts,
      }
    case '/': {
      const real = [left.type, right.type].some((type) => isReal(type) || type.kind === 'text')
      return {
        sql: `(CAST(${a} AS REAL) / ${b})`,
        type: real ? quotientType(left.type, right.type) : decimal((left.type.decimals ?? 0) + 4),
        parts,
      }
    }
    case 'DIV':
      return { sql: `CAST(${a} / ${b} AS INTEGER)`, type: INT, parts }
    case '%':
      return { sql: `my_mod(${a}, ${b})`, type: arithmeticType('-', numeric(left.type), numeric(right.type)), parts }
    case '^':
      return { sql: `((${a} | ${b}) - (${a} & ${b}))`, type: INT, parts }
    default:
      return { sql: `(${a} ${operator} ${b})`, type: INT, parts }
  }
}

/** Reals of a fixed scale keep one. */
function quotientType(a: ValueType, b: ValueType): ValueType {
  const [x, y] = [scaleOf(a), scaleOf(b)]
  return x === undefined || y === undefined ? DOUBLE : { kind: 'double', decimals: Math.max(x, y) + 4 }
}

const numeric = (type: ValueType): ValueType => (isTemporal(type) ? INT : type)

/** A subquery as one value: NULL for no row; more than one is an error (1242). */
function scalarQuery(query: CompiledQuery): Compiled {
  const [column] = query.columns
  if (column === undefined || query.columns.length !== 1) {
    const parts = query.columns.map(({ type }, i): Compiled => ({ sql: `c${i}`, type, parts: [] }))
    return { sql: `(${query.sql})`, type: NULL, parts: [...parts, ROW] }
  }
  // The marks are no columns of this level, but those that the query reads from it are.
  const sql = query.single
    ? `(${query.sql})`
    : `(SELECT CASE WHEN count(*) > 1 THEN my_fail(1242) ELSE min(c0) END FROM (${query.sql}))`
  return { sql, type: column.type, parts: query.outerUses }
}

type Of<K extends Expression['kind']> = Extract<Expression, { readonly kind: K }>

/** The left side of IN, ALL and ANY is read under a clause name of its own when a query stands on the right. */
function leftOfQuery(compiler: Compiler, scope: Scope, left: Expression): Compiled {
  // The server forgets to take the name back: what follows in the same clause is reported under it, too.
  scope.clause = 'IN/ALL/ANY subquery'
  return compileExpression(compiler, scope, left)
}

function compareAny(compiler: Compiler, scope: Scope, { operator, all, left, query }: Of<'compare-any'>): Compiled {
  const operand = scalar(leftOfQuery(compiler, scope, left))
  const compiled = compiler.query(query, scope)
  if (compiled.columns.length !== 1) throw new SqlError(1241, 'Operand should contain 1 column(s)')
  const id = compiler.id('q')
  const column: Compiled = { sql: `${id}.c0`, type: compiled.columns[0]?.type ?? NULL, parts: [] }
  const test = compare(operator, operand, column)
  const sql = all
    ? `(NOT EXISTS (SELECT 1 FROM (${compiled.sql}) AS ${id} WHERE ${test} IS NOT TRUE))`
    : `EXISTS (SELECT 1 FROM (${compiled.sql}) AS ${id} WHERE ${test})`
  return { sql, type: INT, parts: [operand, ...compiled.outerUses] }
}

function membership(compiler: Compiler, scope: Scope, { not, operand, items }: Of<'in'>): Compiled {
  if (!('body' in items)) {
    const left = compileExpression(compiler, scope, operand)
    const list = items.map((item) => compileExpression(compiler, scope, item))
    const parts = [left, ...list]
    const tests = list.map((item) => comparable(left, item))
    const [first] = tests
    const alike = rowParts(left) === undefined && tests.every((test) => test[0] === first?.[0] && test[2] === first[2])
    const sql =
      alike && first !== undefined
        ? `((${first[0]}${first[2]}) IN (${tests.map((test) => test[1]).join(', ')}))`
        : `(${list.map((item) => compare('=', left, item)).join(' OR ')})`
    return { sql: not ? `(NOT ${sql})` : sql, type: INT, parts }
  }
  const left = leftOfQuery(compiler, scope, operand)
  const query = compiler.query(items, scope)
  const sides = rowParts(left) ?? [left]
  if (sides.length !== query.columns.length)
    throw new SqlError(1241, `Operand should contain ${sides.length} column(s)`)
  const id = compiler.id('q')
  const pairs = sides.map((side, i) => comparable(side, { sql: `${id}.c${i}`, type: query.columns[i]?.type ?? NULL }))
  const lefts = pairs.map(([side, , collate]) => side + collate).join(', ')
  const rights = pairs.map(([, side, collate]) => side + collate).join(', ')
  const plain = pairs.every(([, side], i) => side === `${id}.c${i}`)
  const source = plain ? query.sql : `SELECT ${rights} FROM (${query.sql}) AS ${id}`
  const sql = `(${sides.length > 1 ? `(${lefts})` : `(${lefts})`} ${not ? 'NOT IN' : 'IN'} (${source}))`
  return { sql, type: INT, parts: [...sides, ...query.outerUses] }
}

function like(
  { not, regexp }: Of<'like'>,
  operand: Compiled,
  pattern: Compiled,
  escaping: Expression | undefined,
): Compiled {
  const parts = [operand, pattern]
  const no = not ? 'NOT ' : ''
  const [text, wanted] = [asText(operand), asText(pattern)]
  if (regexp) return { sql: `(${no}my_regexp(${text}, ${wanted}))`, type: INT, parts }
  const mark = escaping?.kind === 'string' ? escaping.value : '\\'
  const simple = (type: ValueType) => type.plain || type.kind !== 'text'
  if (simple(operand.type) && typeof pattern.literal === 'string' && simple(pattern.type) && mark.length === 1) {
    const escaping = pattern.literal.includes(mark) ? ` ESCAPE ${quoteText(mark)}` : ''
    return { sql: `(${text} ${no}LIKE ${wanted}${escaping})`, type: INT, parts }
  }
  const exact = operand.type.binary || pattern.type.binary ? 1 : 0
  return { sql: `(${no}my_like(${text}, ${wanted}, ${quoteText(mark)}, ${exact}))`, type: INT, parts }
}

function caseOf({ operand, branches, otherwise }: Of<'case'>, read: (e: Expression) => Compiled): Compiled {
  const subject = operand === undefined ? undefined : scalar(read(operand))
  const tests = branches.map(({ condition }) => scalar(read(condition)))
  const results = branches.map(({ result }) => scalar(read(result)))
  const last = otherwise === undefined ? undefined : scalar(read(otherwise))
  const all = last === undefined ? results : [...results, last]
  const type = commonType(all.map((result) => result.type))
  const show = (value: Compiled) => (type.kind === 'text' ? asText(value) : value.sql)
  const words = results.map((result, i) => {
    const test = tests[i] ?? ROW
    return `WHEN ${subject === undefined ? asNumber(test) : compare('=', subject, test)} THEN ${show(result)}`
  })
  const sql = `(CASE ${words.join(' ')}${last === undefined ? '' : ` ELSE ${show(last)}`} END)`
  return { sql, type, parts: [...(subject === undefined ? [] : [subject]), ...tests, ...all] }
}

function cast(operand: Compiled, to: Of<'cast'>['to']): Compiled {
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

function call(compiler: Compiler, scope: Scope, expression: Call): Compiled {
  const { name, written } = expression
  if (name.startsWith('STORED ')) throw unknownFunction(compiler, written, expression)
  if (expression.over !== undefined) return windowed(compiler, scope, expression, expression.over)
  if (AGGREGATE_NAMES.has(name)) return aggregated(compiler, scope, expression)
  if (name === 'DATE_ADD' || name === 'DATE_SUB' || name === 'ADDDATE' || name === 'SUBDATE') {
    const [, interval] = expression.args
    if (interval?.kind === 'interval') return moved(compiler, scope, expression, interval)
  }
  if (name === 'DATABASE' || name === 'SCHEMA') return textLiteral(compiler.database)
  const rule = FUNCTIONS.get(name)
  if (rule === undefined) {
    if (name === 'GROUPING' || name === 'VALUES') throw new SqlError(0, `${name}() is not supported here`)
    throw unknownFunction(compiler, written, expression)
  }
  if (expression.args.length < rule.least || expression.args.length > rule.most)
    throw new SqlError(1582, `Incorrect parameter count in the call to native function '${written}'`)
  const args = expression.args.map((arg) => scalar(compileExpression(compiler, scope, arg)))
  const any = name === 'ANY_VALUE'
  return { sql: rule.sql(args), type: rule.type(args), parts: args, ...(any ? { aggregate: true } : {}) }
}

function unknownFunction(compiler: Compiler, written: string, { name }: Call): SqlError {
  const qualified = written.includes('.') ? written : `${compiler.database}.${written}`
  const hint = name.startsWith('STORED ')
    ? ". Check the 'Function Name Parsing and Resolution' section in the Reference Manual"
    : ''
  return new SqlError(hint === '' ? 1305 : 1630, `FUNCTION ${qualified} does not exist${hint}`)
}

function moved(compiler: Compiler, scope: Scope, { name, args }: Call, { amount, unit }: Of<'interval'>): Compiled {
  const [first] = args
  const value = scalar(compileExpression(compiler, scope, first ?? { kind: 'null' }))
  const count = scalar(compileExpression(compiler, scope, amount))
  const minus = name.endsWith('SUB') || name.startsWith('SUB') ? '- ' : ''
  const timed = unit === 'SECOND' || unit === 'MINUTE' || unit === 'HOUR'
  const type = value.type.kind === 'date' && !timed ? DATE : isTemporal(value.type) ? DATETIME : TEXT
  const sql = `my_add(${asText(value)}, ${minus}${asNumber(count)}, ${quoteText(unit)})`
  return { sql, type, parts: [value, count] }
}

function aggregated(compiler: Compiler, scope: Scope, expression: Call): Compiled {
  if (scope.aggregates !== 'allowed') throw new SqlError(1111, 'Invalid use of group function')
  scope.aggregates = 'inside'
  const args = expression.args.map((arg) => scalar(compileExpression(compiler, scope, arg)))
  const order = orderText(compiler, scope, expression.order)
  scope.aggregates = 'allowed'
  scope.hasAggregate = true
  return {
    sql: aggregateSql(expression, args, order),
    type: aggregateType(expression.name, args),
    parts: args,
    aggregate: true,
    distinct: expression.distinct || expression.name === 'GROUP_CONCAT',
  }
}

/** ` ORDER BY ...` or nothing. */
export function orderText(compiler: Compiler, scope: Scope, order: readonly OrderTerm[]): string {
  if (order.length === 0) return ''
  const terms = order.map(({ expression, descending }) => {
    const { sql, type } = scalar(compileExpression(compiler, scope, expression))
    return `${sql}${collation(type)}${descending ? ' DESC' : ''}`
  })
  return ` ORDER BY ${terms.join(', ')}`
}

function windowed(compiler: Compiler, scope: Scope, expression: Call, over: WindowDefinition): Compiled {
  const { name } = expression
  if (!AGGREGATE_NAMES.has(name) && !WINDOW_FUNCTIONS.has(name))
    throw new SqlError(1064, `${name} is no window function`)
  if (scope.clause !== 'field list' && scope.clause !== 'order clause')
    throw new SqlError(3593, `You cannot use the window function '${name.toLowerCase()}' in this context.'`)
  const args = expression.args.map((arg) => scalar(compileExpression(compiler, scope, arg)))
  const partition = over.partition.map((part) => scalar(compileExpression(compiler, scope, part)))
  const by = partition.map(({ sql, type }) => sql + collation(type)).join(', ')
  const order = orderText(compiler, scope, over.order).trim()
  const base = over.name === undefined ? '' : `"w ${over.name.toLowerCase()}"`
  const inside = [base, by === '' ? '' : `PARTITION BY ${by}`, order, over.frame ?? ''].filter((part) => part !== '')
  const first = args[0]?.type ?? INT
  const whole = name === 'ROW_NUMBER' || name.endsWith('RANK') || name === 'NTILE'
  const type = AGGREGATE_NAMES.has(name)
    ? aggregateType(name, args)
    : name === 'PERCENT_RANK' || name === 'CUME_DIST'
      ? DOUBLE
      : whole
        ? INT
        : first
  const body = AGGREGATE_NAMES.has(name)
    ? aggregateSql(expression, args, '').replace(/^my_(sum|avg)\(/, '$1(')
    : `${name.toLowerCase()}(${args.map(({ sql }) => sql).join(', ')})`
  return { sql: `${body} OVER (${inside.join(' ')})`, type, parts: [...args, ...partition], window: true }
}
