/** Stored and derived tables as sources of names. */
import type { SqlTable } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import { TEXT, typeOfColumn, type ValueType } from '../../values/value-type.ts'
import type { Source, SourceColumn } from '../compiled.ts'
import { quoteName } from '../sqlite-text.ts'

export function tableSource(alias: string, id: string, table: SqlTable): Source {
  const columns: SourceColumn[] = []
  const source: Source = { alias, id, table, key: undefined, columns, folded: new Set(), outer: false, used: new Set() }
  for (const { name, type, nullable, plain, collation } of table.columns) {
    const known = typeOfColumn(type)
    const text: ValueType = { ...TEXT, ...(plain ? { plain } : {}), ...(collation === undefined ? {} : { collation }) }
    const typed = known === TEXT ? text : known
    columns.push({ name, source, type: typed, sql: `${id}.${quoteName(name)}`, nullable })
  }
  return source
}

export function derivedSource(
  alias: string,
  id: string,
  outputs: readonly { readonly name: string; readonly type: ValueType }[],
  key: readonly string[] | undefined,
  common?: string,
): Source {
  const columns: SourceColumn[] = []
  const marks = { folded: new Set<string>(), outer: false, used: new Set<string>() }
  const source: Source = {
    alias,
    id,
    table: undefined,
    key,
    columns,
    ...(common === undefined ? {} : { common }),
    ...marks,
  }
  const seen = new Set<string>()
  outputs.forEach(({ name, type }, i) => {
    if (seen.has(name.toLowerCase())) throw new SqlError(1060, `Duplicate column name '${name}'`)
    seen.add(name.toLowerCase())
    columns.push({ name, source, type, sql: `${id}.c${i}`, nullable: true })
  })
  return source
}
