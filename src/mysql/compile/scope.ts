/** The names that an expression can see. */
import type { ValueType } from '../values/value-type.ts'
import type { Compiled, Source } from './compiled.ts'

/** Names of one query level. `clause` is what MySQL calls the place that is being read. */
export interface Scope {
  readonly parent: Scope | undefined
  /** How many queries stand around this one. */
  readonly level: number
  readonly sources: Source[]
  readonly common: Map<string, CommonSource>
  clause: string
  /** What aggregates may do here. */
  aggregates: 'allowed' | 'refused' | 'inside'
  /** Select items by their names, as far as they are read; `undefined` for one that comes later. */
  readonly aliases: Map<string, Compiled | undefined>
  /** Names of select items that are different columns. */
  readonly ambiguous: Set<string>
  /** Which of select items and columns a bare name means first in this clause. */
  prefer: 'columns' | 'columns-then-aliases' | 'aliases' | 'selected'
  /** Select items and GROUP BY columns, which HAVING may name. */
  readonly selected: Compiled[]
  /** Columns and aggregates of outer levels that were read in here. */
  readonly outerUses: Compiled[]
  /** Aggregates of this level that were found while a level further in was read. */
  hasAggregate: boolean
  /** WITH ROLLUP: which terms of GROUP BY stand for NULL in the rows that are being read. */
  rollup: Rollup | undefined
  /** The name of a table of one row, where an aggregate needs one and there is no FROM. */
  standIn: string | undefined
}

export interface Rollup {
  /** Terms of GROUP BY in SQLite's text; undefined as long as they are not read. */
  readonly groups: readonly string[] | undefined
  readonly gone: ReadonlySet<string>
}

/** A WITH table: its name in SQLite and its columns. */
export interface CommonSource {
  readonly id: string
  readonly columns: readonly { readonly name: string; readonly type: ValueType }[]
}

export function newScope(parent: Scope | undefined): Scope {
  return {
    parent,
    level: parent === undefined ? 0 : parent.level + 1,
    sources: [],
    common: new Map(),
    clause: 'field list',
    aggregates: 'allowed',
    aliases: new Map(),
    ambiguous: new Set(),
    prefer: 'columns',
    selected: [],
    outerUses: [],
    hasAggregate: false,
    rollup: undefined,
    standIn: undefined,
  }
}
