/** What the parts of the compiler (MySQL's statements in, SQLite's text out) share. */

import type { Expression, Limit, Query, Select } from '../parse/syntax.ts'
import type { Schema, SqlTable } from '../schema.ts'
import type { Settings } from '../server/settings.ts'
import type { ResultColumn } from '../values/result-set.ts'
import type { Compiled, Planned, SourceColumn } from './compiled.ts'
import type { CommonSource, Scope } from './scope.ts'

export interface RankedQuery {
  readonly sql: string
  /**
   * Where all terms of ORDER BY are numbers, whether each descends: they stand in the place of the place that they give, since
   * telling ranks is dearer in SQLite than sorting. Undefined where it is SQLite that tells them.
   */
  readonly numbers?: readonly boolean[] | undefined
  readonly limit: Limit | undefined
  /**
   * The rows that are asked for, and one more, in the order of ORDER BY, with its terms as so many more columns: where no two rows
   * that follow each other have the same there, nothing is left to know. Undefined where its rows might not be those of `sql`.
   */
  readonly keyed?: { readonly sql: string; readonly terms: number } | undefined
  /**
   * Where the server sorts the first table of a join before it joins the others: that table's rows (their number, their
   * place), and the last column of `sql` is the number of the row that each comes from.
   */
  readonly first?: string | undefined
}

export interface CompiledQuery {
  /** Its columns are called c0, c1... */
  readonly sql: string
  readonly columns: readonly ResultColumn[]
  /** Columns of outer levels that it reads. */
  readonly outerUses: readonly Compiled[]
  /** It cannot give more than one row. */
  readonly single: boolean
  /** Places of the columns that tell its rows apart, if some do. */
  readonly key: readonly number[] | undefined
  /**
   * The same rows without LIMIT, in the order in which MySQL comes by them, with one more column: the place that ORDER
   * BY gives each, equal for ties. Undefined where nothing orders them.
   */
  readonly ranked?: RankedQuery | undefined
}

export interface Compiler {
  readonly schema: Schema
  /** The database in use, lower case. */
  readonly database: string
  /** What SET set. */
  readonly settings: Settings
  /** Stored tables that were named so far. */
  readonly opened: Set<SqlTable>
  /** Columns of stored tables that are compared with columns of others. */
  readonly compared: Set<SourceColumn>
  /** How each SELECT that was compiled reads its tables. */
  readonly plans: Map<Select, () => readonly Planned[]>
  /** The same for a part that was written in another database. */
  within(database: string): Compiler
  /** A name no other part of the statement has. */
  id(prefix: string): string
  expression(scope: Scope, expression: Expression): Compiled
  query(query: Query, parent: Scope | undefined, common?: ReadonlyMap<string, CommonSource>): CompiledQuery
}
