/** Stored and derived tables as sources of names. */
import type { SqlTable } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import { TEXT, typeOfColumn, type ValueType } from '../../values/value-type.ts'
import type { Source, SourceColumn } from '../compiled.ts'
import { quoteName } from '../sqlite-text.ts'

/** What of a stored table's columns is the same under every alias. */
interface Shape {
  readonly columns: readonly Pick<SourceColumn, 'name' | 'type' | 'sql' | 'nullable'>[]
  readonly places: ReadonlyMap<string, number>
}

const SHAPES = new WeakMap<SqlTable, Shape>()

function shapeOf(table: SqlTable): Shape {
  let known = SHAPES.get(table)
  if (known === undefined) {
    const columns = table.columns.map(({ name, type, nullable, plain, collation }) => {
      const typed = typeOfColumn(type)
      const text: ValueType = {
        ...TEXT,
        ...(plain ? { plain } : {}),
        ...(collation === undefined ? {} : { collation }),
      }
      return { name, type: typed === TEXT ? text : typed, sql: `.${quoteName(name)}`, nullable }
    })
    known = { columns, places: new Map(table.columns.map(({ name }, i) => [name.toLowerCase(), i])) }
    SHAPES.set(table, known)
  }
  return known
}

export function tableSource(alias: string, id: string, table: SqlTable): Source {
  const shape = shapeOf(table)
  const columns: SourceColumn[] = []
  const { places } = shape
  const source: Source = {
    alias,
    id,
    table,
    key: undefined,
    columns,
    places,
    folded: new Set(),
    outer: false,
    used: new Set(),
  }
  for (const { name, type, sql, nullable } of shape.columns)
    columns.push({ name, source, type, sql: id + sql, nullable })
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
  const places = new Map<string, number>()
  const marks = { folded: new Set<string>(), outer: false, used: new Set<string>() }
  const source: Source = {
    alias,
    id,
    table: undefined,
    key,
    columns,
    places,
    ...(common === undefined ? {} : { common }),
    ...marks,
  }
  outputs.forEach(({ name, type }, i) => {
    if (places.has(name.toLowerCase())) throw new SqlError(1060, `Duplicate column name '${name}'`)
    places.set(name.toLowerCase(), i)
    columns.push({ name, source, type, sql: `${id}.c${i}`, nullable: true })
  })
  return source
}
