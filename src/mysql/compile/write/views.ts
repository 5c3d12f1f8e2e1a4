/** CREATE VIEW and DROP VIEW: a view is an entry of the schema, and nothing in SQLite. */
import type { Write } from '../../parse/statement-syntax.ts'
import { isSystemDatabase, type SqlTable, schemaKey } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import { compilerFor } from '../compile.ts'
import type { Compiler } from '../compiler.ts'
import { accessDenied, type CompiledWrite, sourceQuery } from './compiled-write.ts'
import { resultColumn } from './create-table.ts'

type CreateView = Extract<Write, { readonly kind: 'create-view' }>
type DropView = Extract<Write, { readonly kind: 'drop-view' }>

export function createView(
  { schema, database: current, settings }: Compiler,
  databases: ReadonlySet<string>,
  { view: named, replace, columns, query, sql }: CreateView,
): CompiledWrite {
  const database = named.database?.toLowerCase() ?? current
  const name = named.name.toLowerCase()
  if (!databases.has(database)) throw new SqlError(1049, `Unknown database '${database}'`)
  if (isSystemDatabase(database)) throw accessDenied(database)
  const key = schemaKey(database, name)
  const there = schema.get(key)
  if (there !== undefined && !replace) throw new SqlError(1050, `Table '${name}' already exists`)
  if (there !== undefined && there.view === undefined) throw new SqlError(1347, `'${database}.${name}' is not VIEW`)
  // It does not see itself.
  const others = new Map(schema)
  others.delete(key)
  const compiled = sourceQuery(compilerFor(others, current, settings), databases, query)
  if (columns.length > 0 && columns.length !== compiled.columns.length)
    throw new SqlError(
      1353,
      'In definition of view, derived table or common table expression, SELECT list and column names list have different column counts',
    )
  const seen = new Set<string>()
  const all = compiled.columns.map(({ name: own, type }, i) => {
    const column = columns[i] ?? own
    if (seen.has(column.toLowerCase())) throw new SqlError(1060, `Duplicate column name '${column}'`)
    seen.add(column.toLowerCase())
    return resultColumn({ name: column, type })
  })
  const table: SqlTable = {
    ...{ database, name, columns: all, primaryKey: [], keys: [], foreignKeys: [], size: 0 },
    view: { sql, database: current },
  }
  return { statements: [], schema: others.set(key, table) }
}

export function dropView({ schema, database }: Compiler, { views, ifExists }: DropView): CompiledWrite {
  const after = new Map(schema)
  const missing: string[] = []
  for (const named of views) {
    const key = schemaKey(named.database ?? database, named.name)
    const there = schema.get(key)
    if (there === undefined) missing.push(key)
    else if (there.view === undefined) throw new SqlError(1347, `'${key}' is not VIEW`)
    after.delete(key)
  }
  if (missing.length > 0 && !ifExists) throw new SqlError(1051, `Unknown table '${missing.join(',')}'`)
  return { statements: [], schema: after }
}
