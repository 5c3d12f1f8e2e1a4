/** What MySQL refuses of a SELECT once all of it is read, in its words (ONLY_FULL_GROUP_BY, and DISTINCT with ORDER BY). */

import type { Select } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import { type Compiled, hasAggregate, type SourceColumn } from '../compiled.ts'
import { determined, looseColumn } from '../from/functional-dependencies.ts'
import type { Clauses } from './select-clauses.ts'

/** A term of any list. */
interface Listed {
  readonly compiled: Compiled
}

/** @param full whether sql_mode has ONLY_FULL_GROUP_BY */
export function checkSelect({ distinct, from }: Select, clauses: Clauses, full: boolean): void {
  const { items, terms, groups, aggregated, grouped, scope } = clauses
  const aggregate = (compiled: Compiled) => hasAggregate(compiled, scope.level)
  if (!grouped) {
    const place = terms.findIndex(({ compiled }) => aggregate(compiled))
    if (place >= 0) throw aggregateInOrder(place)
  } else {
    const inOrderOnly = groups.length === 0 && !aggregated && terms.some(({ compiled }) => aggregate(compiled))
    if (inOrderOnly && from !== undefined) throw aggregateInOrder(0)
    if (full) checkGroups(clauses)
  }
  if (distinct && full) checkDistinct(items, terms, grouped ? scope.level : undefined)
}

function aggregateInOrder(place: number): SqlError {
  return new SqlError(
    3029,
    `Expression #${place + 1} of ORDER BY contains aggregate function and applies to the result of a non-aggregated query`,
  )
}

function checkGroups({ items, having, terms, groups, scope, dependencies }: Clauses): void {
  const texts = new Set(groups.map(({ sql }) => sql))
  let follows: ReadonlySet<string> | undefined
  const known = () => {
    follows ??= determined(groups, scope.sources, dependencies)
    return follows
  }
  const own = new Set(scope.sources)
  const check = (expression: Compiled, place: number, list: string) => {
    const loose = looseColumn(expression, own, texts, known)
    if (loose === undefined) return
    const name = fullName(loose)
    const mode = 'this is incompatible with sql_mode=only_full_group_by'
    if (groups.length === 0)
      throw new SqlError(
        1140,
        `In aggregated query without GROUP BY, expression #${place} of ${list} contains nonaggregated column '${name}'; ${mode}`,
      )
    throw new SqlError(
      1055,
      `Expression #${place} of ${list} is not in GROUP BY clause and contains nonaggregated column '${name}' which is not functionally dependent on columns in GROUP BY clause; ${mode}`,
    )
  }
  items.forEach(({ compiled }, i) => {
    check(compiled, i + 1, 'SELECT list')
  })
  if (having !== undefined) check(having, 1, 'HAVING clause')
  // A single row has no order to speak of.
  if (groups.length > 0)
    terms.forEach(({ compiled }, i) => {
      check(compiled, i + 1, 'ORDER BY clause')
    })
}

/** `database.alias.column`, or without a database for derived tables. */
function fullName({ source, name }: SourceColumn): string {
  return [source.table?.database, source.alias, name].filter((part) => part !== undefined).join('.')
}

/** SELECT DISTINCT can be ordered by what it selects only. @param level of the query, if it is grouped */
function checkDistinct(items: readonly Listed[], terms: readonly Listed[], level: number | undefined): void {
  const selected = new Set(items.map(({ compiled }) => compiled.sql))
  const missing = (compiled: Compiled): SourceColumn | undefined => {
    if (selected.has(compiled.sql)) return undefined
    if (compiled.column !== undefined) return compiled.column
    for (const part of compiled.parts) {
      const found = missing(part)
      if (found !== undefined) return found
    }
    return undefined
  }
  terms.forEach(({ compiled }, i) => {
    const column = missing(compiled)
    if (column === undefined) return
    const name = fullName(column)
    if (level !== undefined && hasAggregate(compiled, level))
      throw new SqlError(
        3066,
        `Expression #${i + 1} of ORDER BY clause is not in SELECT list, contains aggregate function; this is incompatible with DISTINCT`,
      )
    throw new SqlError(
      3065,
      `Expression #${i + 1} of ORDER BY clause is not in SELECT list, references column '${name}' which is not in SELECT list; this is incompatible with DISTINCT`,
    )
  })
}
