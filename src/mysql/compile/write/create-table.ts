/** CREATE TABLE, also from a query and after another table. */
import type { TableDefinition } from '../../parse/statement-syntax.ts'
import { isSystemDatabase, type SqlColumn, schemaKey } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import type { ResultColumn } from '../../values/result-set.ts'
import { requireTable } from '../check-tables.ts'
import type { Compiler } from '../compiler.ts'
import { checkDefinition, definedTable } from '../defined-table.ts'
import { createTableSql, quoteName, tableSql } from '../sqlite-text.ts'
import { accessDenied, type CompiledWrite, sourceQuery } from './compiled-write.ts'

export function createTable(
  compiler: Compiler,
  databases: ReadonlySet<string>,
  definition: TableDefinition,
): CompiledWrite {
  const { schema } = compiler
  const database = definition.database?.toLowerCase() ?? compiler.database
  if (!databases.has(database)) throw new SqlError(1049, `Unknown database '${database}'`)
  if (isSystemDatabase(database)) throw accessDenied(database)
  const key = schemaKey(database, definition.name)
  if (schema.has(key)) {
    if (definition.ifNotExists) return { statements: [], schema }
    throw new SqlError(1050, `Table '${definition.name.toLowerCase()}' already exists`)
  }
  let table = definedTable(definition, database)
  let rows: string | undefined
  if (definition.like !== undefined) {
    requireTable(definition.like, schema, databases, compiler.database)
    const other = schema.get(schemaKey(definition.like.database ?? compiler.database, definition.like.name))
    if (other?.view !== undefined) throw new SqlError(1347, `'${other.database}.${other.name}' is not BASE TABLE`)
    if (other !== undefined) table = { ...other, database, name: table.name, foreignKeys: [] }
  }
  if (definition.query !== undefined) {
    const query = sourceQuery(compiler, databases, definition.query)
    const added = query.columns.map(resultColumn)
    const first = table.columns.length
    table = { ...table, columns: [...table.columns, ...added] }
    const list = added.map(({ name }) => quoteName(name)).join(', ')
    rows = `INSERT INTO ${tableSql(table)} (${list}) ${query.sql}`
    if (first > 0) rows = `INSERT INTO ${tableSql(table)} (${list}) SELECT * FROM (${query.sql})`
  }
  checkDefinition(table)
  const statements = [...createTableSql(table), ...(rows === undefined ? [] : [rows])]
  return { statements, schema: new Map(schema).set(key, table) }
}

/** A column as a query gives it. */
export function resultColumn({ name, type }: ResultColumn): SqlColumn {
  const { kind } = type
  const declared = kind === 'decimal' ? `decimal(32,${type.decimals ?? 0})` : kind === 'null' ? 'text' : kind
  return { name, type: declared, nullable: true, default: undefined, autoIncrement: false, plain: false }
}
