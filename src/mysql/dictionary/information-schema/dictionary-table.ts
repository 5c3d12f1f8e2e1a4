/** A table that the server makes up when it is read: its columns as MySQL 8.0 has them, and how its rows come about. */
import { type Cell, databasesOf, type Schema, type SqlTable } from '../../schema.ts'
import type { Settings } from '../../server/settings.ts'

/** What the rows are made from. */
export interface Known {
  readonly schema: Schema
  readonly settings: Settings
}

export interface DictionaryTable {
  readonly name: string
  /** MySQL's types. */
  readonly columns: readonly (readonly [name: string, type: string])[]
  rows(known: Known): readonly (readonly Cell[])[]
}

/** `NAME type, NAME type`: types have no comma and blank inside. */
export function columns(text: string): (readonly [name: string, type: string])[] {
  return text
    .trim()
    .split(/,\s+/)
    .map((each) => {
      const blank = each.indexOf(' ')
      return [each.slice(0, blank), each.slice(blank + 1)] as const
    })
}

/** Tables as the server's own tables list them: database by database as they were made, by name in each. */
export function listed(schema: Schema): SqlTable[] {
  const places = new Map([...databasesOf(schema)].map((database, i) => [database, i]))
  const place = ({ database }: SqlTable) => places.get(database) ?? 0
  return [...schema.values()].sort((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

export function listedOwn(schema: Schema): SqlTable[] {
  return listed(schema).filter(({ system }) => system !== true)
}
