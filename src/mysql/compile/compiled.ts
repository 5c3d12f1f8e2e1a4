/** What an expression has become on the way from MySQL to SQLite, and the columns that it reads. */
import type { SqlKey, SqlTable } from '../schema.ts'
import type { ValueType } from '../values/value-type.ts'

export interface Compiled {
  /** SQLite's; safe as an operand. Equal text, equal expression. */
  readonly sql: string
  readonly type: ValueType
  readonly parts: readonly Compiled[]
  /** Set when it is a column of a source. */
  readonly column?: SourceColumn
  /** Set when it is a literal: its value. */
  readonly literal?: string | number | null
  /** As MySQL writes it in errors, where that is known. */
  readonly shown?: string
  /** It is an aggregate, and this is the level of the query whose rows it puts together: no loose column stands in it. */
  readonly aggregate?: number
  /** ANY_VALUE: no loose column stands in it either. */
  readonly any?: boolean
  /** It is NULL for this term of GROUP BY, which WITH ROLLUP puts together. */
  readonly rolledUp?: string
  readonly window?: boolean
  /** It is a row: the query that gives it. */
  readonly queried?: string
  /** Its parts are joined by AND. */
  readonly conjunction?: boolean
  /** An aggregate over DISTINCT values. */
  readonly distinct?: boolean
}

/** A column that a name can stand for. */
export interface SourceColumn {
  readonly name: string
  readonly source: Source
  readonly type: ValueType
  /** Quoted, with the source's alias. */
  readonly sql: string
  readonly nullable: boolean
}

/** A table in a FROM clause, under a name of its own. */
export interface Source {
  readonly alias: string
  /** Unique in the statement. */
  readonly id: string
  /** Of stored tables; undefined for derived ones. */
  readonly table: SqlTable | undefined
  /** Of WITH tables: their name in SQLite. */
  readonly common?: string
  /** Of derived tables: the columns (SQLite text) that tell its rows apart, if some do. */
  readonly key: readonly string[] | undefined
  readonly columns: SourceColumn[]
  /** Where a column stands in that list, by its name in lower case. */
  readonly places: ReadonlyMap<string, number>
  /** Columns that USING or NATURAL folded into another's. */
  readonly folded: Set<string>
  /** On the inner side of an outer join: its columns may be NULL. */
  outer: boolean
  /** Lower-cased names of the columns that the statement reads. */
  readonly used: Set<string>
}

/** An expression as MySQL writes it in errors: columns with their database and table. */
export function shown({ shown, column, literal }: Pick<Compiled, 'shown' | 'column' | 'literal'>): string {
  if (shown !== undefined) return shown
  if (literal !== undefined) return typeof literal === 'string' ? `'${literal}'` : String(literal ?? 'NULL')
  if (column === undefined) return '...'
  const { alias, table } = column.source
  return [table?.database, alias, column.name].flatMap((name) => (name === undefined ? [] : [`\`${name}\``])).join('.')
}

/** One table of a SELECT as its plan reads it: what EXPLAIN tells of it. */
export interface Planned {
  readonly source: Source
  readonly type: 'const' | 'eq_ref' | 'ref' | 'range' | 'index' | 'ALL'
  readonly possible: readonly string[]
  /** With the columns of it that are used. */
  readonly key: SqlKey | undefined
  readonly ref: readonly string[]
  readonly rows: number
  /** Percent of the rows that its conditions are taken to leave. */
  readonly filtered: number
  /** Conditions are left to ask of its rows. */
  readonly where: boolean
  /** The key holds all that is read. */
  readonly covering: boolean
}

/** Whether an aggregate of the query at this level is part of it. */
export function hasAggregate(expression: Compiled, level: number): boolean {
  return expression.aggregate === level || expression.parts.some((part) => hasAggregate(part, level))
}

/** Whether an aggregate over DISTINCT values is part of it. */
export function hasDistinct(expression: Compiled): boolean {
  return expression.distinct === true || expression.parts.some(hasDistinct)
}

export function hasWindow(expression: Compiled): boolean {
  return expression.window === true || expression.parts.some(hasWindow)
}
