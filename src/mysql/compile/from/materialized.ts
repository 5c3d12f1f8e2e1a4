/** What a derived table keeps of its decimals: the server stores its rows in a table, whose columns have a scale. */
import type { Query } from '../../parse/syntax.ts'
import type { ValueType } from '../../values/value-type.ts'
import type { CompiledQuery } from '../compiler.ts'

/** The query of a derived table or a WITH table; one that is merged into the query around it stays as it is. */
export function materialized(query: Query, compiled: CompiledQuery): CompiledQuery {
  const { body } = query
  const merged =
    body.kind === 'select' &&
    !compiled.single &&
    !body.distinct &&
    body.group.length === 0 &&
    body.having === undefined &&
    query.limit === undefined
  if (merged || !compiled.columns.some(({ type }) => isLong(type))) return compiled
  const cells = compiled.columns.map(({ type }, i) => {
    if (!isLong(type)) return `c${i}`
    return `${type.form === 'text' ? 'my_round_exact' : 'my_round'}(c${i}, ${type.decimals ?? 0}) AS c${i}`
  })
  const columns = compiled.columns.map(({ name, type }) => ({ name, type: isLong(type) ? fixed(type) : type }))
  return { ...compiled, columns, sql: `SELECT ${cells.join(', ')} FROM (${compiled.sql})` }
}

/** Decimals that may have more digits than their scale. */
const isLong = ({ kind, form }: ValueType): boolean => kind === 'decimal' && form !== undefined

function fixed({ form, ...type }: ValueType): ValueType {
  return form === 'text' ? { ...type, form } : type
}
