/** Asks before an INSERT whether a row is there already, for SQLite's own error does not say which (1062). */
import type { SqlColumn, SqlTable } from '../../schema.ts'
import { fold } from '../../values/collation.ts'
import type { Compiled } from '../compiled.ts'
import { quoteName, quoteText, tableSql } from '../sqlite-text.ts'

/** A cell of a row that is to be inserted: its text in SQLite, and the value that was written, if one was. */
export interface GivenCell {
  readonly sql: string
  readonly literal: Compiled['literal']
}

/** One statement for each row and unique key of which every value is written out. */
export function duplicateChecks(
  table: SqlTable,
  columns: readonly SqlColumn[],
  rows: readonly (readonly GivenCell[])[],
): string[] {
  const unique = table.keys.filter((key) => key.unique)
  const keys = [{ name: 'PRIMARY', columns: table.primaryKey }, ...unique].map(({ name, columns: parts }) => ({
    name,
    places: parts.map((part) => columns.findIndex((column) => column.name.toLowerCase() === part.toLowerCase())),
    seen: new Set<string>(),
  }))
  return rows.flatMap((row) =>
    keys.flatMap(({ name, places, seen }) => {
      const cells = places.map((place) => row[place])
      const values = cells.map((cell) => cell?.literal)
      if (values.length === 0 || values.some((value) => value === undefined || value === null)) return []
      const words = `Duplicate entry '${values.join('-')}' for key '${table.name}.${name}'`
      const fails = `my_fail(1062, ${quoteText(words)})`
      const entry = values.map((value) => fold(String(value))).join('\0')
      if (seen.has(entry)) return [`SELECT ${fails}`]
      seen.add(entry)
      const same = cells.map((cell, i) => `${quoteName(columns[places[i] ?? 0]?.name ?? '')} = ${cell?.sql ?? 'NULL'}`)
      return [`SELECT ${fails} FROM ${tableSql(table)} WHERE ${same.join(' AND ')} LIMIT 1`]
    }),
  )
}
