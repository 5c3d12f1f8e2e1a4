/** Queries inside expressions: as a value, EXISTS, IN, ALL and ANY. */
import type { Expression, Query } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import { INT, NULL } from '../../values/value-type.ts'
import { comparable } from '../comparison.ts'
import type { Compiled } from '../compiled.ts'
import type { CompiledQuery, Compiler } from '../compiler.ts'
import type { Scope } from '../scope.ts'
import { compare } from './predicates.ts'
import { rowOf, rowParts, scalar } from './rows.ts'

type Of<K extends Expression['kind']> = Extract<Expression, { readonly kind: K }>

/** A subquery as one value: NULL for no row; more than one is an error (1242). */
export function scalarQuery(query: CompiledQuery): Compiled {
  const [column] = query.columns
  if (column === undefined || query.columns.length !== 1) {
    const parts = query.columns.map(({ type }, i): Compiled => ({ sql: `c${i}`, type, parts: [] }))
    const cells = parts.map(
      ({ sql }, i) =>
        `${i === 0 ? 'CASE WHEN count(*) > 1 THEN my_fail(1242) ELSE min(c0) END' : `min(${sql})`} AS ${sql}`,
    )
    const queried = query.single ? query.sql : `SELECT ${cells.join(', ')} FROM (${query.sql})`
    return { ...rowOf(parts, `(${queried})`), queried }
  }
  // The marks are no columns of this level, but those that the query reads from it are.
  const sql = query.single
    ? `(${query.sql})`
    : `(SELECT CASE WHEN count(*) > 1 THEN my_fail(1242) ELSE min(c0) END FROM (${query.sql}))`
  return { sql, type: column.type, parts: query.outerUses }
}

/** The left side of IN, ALL and ANY is read under a clause name of its own when a query stands on the right. */
function leftOfQuery(compiler: Compiler, scope: Scope, left: Expression): Compiled {
  // The server forgets to take the name back: what follows in the same clause is reported under it, too.
  scope.clause = 'IN/ALL/ANY subquery'
  return compiler.expression(scope, left)
}

export function compareAny(
  compiler: Compiler,
  scope: Scope,
  { operator, all, left, query }: Of<'compare-any'>,
): Compiled {
  if (operator === '=' && !all) return inQuery(compiler, scope, { not: false, operand: left }, query)
  if (operator === '<>' && all) return inQuery(compiler, scope, { not: true, operand: left }, query)
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

export function exists(query: CompiledQuery): Compiled {
  return { sql: `EXISTS (${query.sql})`, type: INT, parts: query.outerUses }
}

export function inQuery(
  compiler: Compiler,
  scope: Scope,
  { not, operand }: Pick<Of<'in'>, 'not' | 'operand'>,
  items: Query,
): Compiled {
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
  const sql =
    query.outerUses.length > 0
      ? inCorrelated(not, pairs, query.sql, id)
      : `((${lefts}) ${not ? 'NOT IN' : 'IN'} (${source}))`
  return { sql, type: INT, parts: [...sides, ...query.outerUses] }
}

/** A query that is run for each row stops at the first that is equal, as the server's does; SQLite's IN would read it whole. */
function inCorrelated(not: boolean, pairs: readonly ReturnType<typeof comparable>[], sql: string, id: string): string {
  const equal = pairs.map(([left, right, collate]) => `(${left} = ${right}${collate})`).join(' AND ')
  const some = (condition: string) => `EXISTS (SELECT 1 FROM (${sql}) AS ${id} WHERE ${condition})`
  const unknown = `WHEN ${some(`(${equal}) IS NULL`)} THEN NULL`
  return `(CASE WHEN ${some(equal)} THEN ${not ? 0 : 1} ${unknown} ELSE ${not ? 1 : 0} END)`
}
