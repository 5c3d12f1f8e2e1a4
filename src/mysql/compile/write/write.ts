/** MySQL's writes as SQLite's, and the schema they leave. Foreign keys are not enforced. */

import type { Write } from '../../parse/statement-syntax.ts'
import type { Expression, NamedTable, Query } from '../../parse/syntax.ts'
import { createTableSql } from '../../run/connection.ts'
import { type Schema, type SqlColumn, type SqlTable, schemaKey } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import { isNumber, typeOfColumn, type ValueType } from '../../values/value-type.ts'
import { checkTables, requireTable } from '../check-tables.ts'
import { asText } from '../comparison.ts'
import { type Compiled, newScope, quoteName, type Scope } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import { definedTable } from '../defined-table.ts'
import { compileExpression, scalar } from '../expression/expression.ts'
import { tableSource, tableSql } from '../from/from.ts'

export interface CompiledWrite {
  readonly statements: readonly string[]
  readonly schema: Schema
}

type Of<K extends Write['kind']> = Extract<Write, { readonly kind: K }>

/** Columns of a table. */
const MOST_COLUMNS = 200

export function compileWrite(compiler: Compiler, databases: ReadonlySet<string>, write: Write): CompiledWrite {
  const { schema, database } = compiler
  const find = (named: NamedTable): SqlTable => {
    requireTable(named, schema, databases, database)
    const table = schema.get(schemaKey(named.database ?? database, named.name))
    if (table === undefined || table.database === 'information_schema')
      throw new SqlError(1044, `Access denied for user 'admin'@'%' to database 'information_schema'`)
    return table
  }
  const check = (query: Query) => checkTables(query, schema, databases, database)
  switch (write.kind) {
    case 'create-table':
      return createTable(compiler, databases, write, check)
    case 'drop-table': {
      const tables = write.tables.map((named) => {
        const key = schemaKey(named.database ?? database, named.name)
        if (schema.has(key)) return find(named)
        if (write.ifExists) return undefined
        throw new SqlError(1051, `Unknown table '${key}'`)
      })
      const after = new Map(schema)
      const statements = tables.flatMap((table) => {
        if (table === undefined) return []
        after.delete(schemaKey(table.database, table.name))
        return [`DROP TABLE ${tableSql(table)}`]
      })
      return { statements, schema: after }
    }
    case 'insert':
      return {
        statements: [insert(compiler, write, find(write.table), check)],
        schema: mixed(schema, find(write.table)),
      }
    case 'update': {
      const table = find(write.table)
      const scope = scopeOf(write.table, table)
      const set = write.set.map(({ column, value }) => {
        const target = compileExpression(compiler, { ...scope, clause: 'field list' }, column)
        const compiled = scalar(compileExpression(compiler, scope, value))
        return `${quoteName(target.column?.name ?? column.name)} = ${kept(compiled, target.type)}`
      })
      const sql = `UPDATE ${tableSql(table)} AS t0 SET ${set.join(', ')}${filter(compiler, scope, write.where)}`
      return { statements: [sql], schema: mixed(schema, table) }
    }
    case 'delete': {
      const table = find(write.table)
      const scope = scopeOf(write.table, table)
      return { statements: [`DELETE FROM ${tableSql(table)} AS t0${filter(compiler, scope, write.where)}`], schema }
    }
    case 'alter-table':
      return alter(schema, write, find(write.table))
  }
}

function scopeOf(named: NamedTable, table: SqlTable): Scope {
  const scope = newScope(undefined)
  scope.sources.push(tableSource(named.alias ?? named.name, 't0', table))
  scope.aggregates = 'refused'
  return scope
}

function filter(compiler: Compiler, scope: Scope, where: Expression | undefined): string {
  if (where === undefined) return ''
  scope.clause = 'where clause'
  return ` WHERE ${scalar(compileExpression(compiler, scope, where)).sql}`
}

/** A value as a column of a type keeps it. */
function kept(value: Compiled, type: ValueType): string {
  if (type.kind === 'int' && isNumber(value.type) && value.type.kind !== 'int')
    return `CAST(my_round(${value.sql}, 0) AS INTEGER)`
  if (type.kind === 'decimal') return isNumber(value.type) ? `my_round(${value.sql}, ${type.decimals ?? 0})` : value.sql
  if (type.kind === 'date') return `my_part('DATE', ${asText(value)})`
  if (type.kind === 'datetime') return `my_moment(${asText(value)})`
  return type.kind === 'text' ? asText(value) : value.sql
}

/** What was written may be any text: its columns are not plain any more. */
function mixed(schema: Schema, table: SqlTable): Schema {
  if (table.columns.every(({ plain }) => !plain)) return schema
  const columns = table.columns.map((column) => ({ ...column, plain: false }))
  return new Map(schema).set(schemaKey(table.database, table.name), { ...table, columns })
}

function insert(compiler: Compiler, write: Of<'insert'>, table: SqlTable, check: (query: Query) => void): string {
  const names =
    write.columns !== undefined && write.columns.length > 0 ? write.columns : table.columns.map(({ name }) => name)
  const columns = names.map((name) => {
    const found = table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase())
    if (found === undefined) throw new SqlError(1054, `Unknown column '${name}' in 'field list'`)
    return found
  })
  const missing = table.columns.find(
    (column) => !columns.includes(column) && !column.nullable && !column.autoIncrement && column.default === undefined,
  )
  if (missing !== undefined && write.columns?.length !== 0)
    throw new SqlError(1364, `Field '${missing.name}' doesn't have a default value`)
  const head = `${write.verb === 'REPLACE' ? 'INSERT OR REPLACE' : write.verb} INTO ${tableSql(table)}`
  const numbered = table.columns.find(({ autoIncrement }) => autoIncrement)
  const next =
    numbered === undefined ? '' : `(SELECT ifnull(max(${quoteName(numbered.name)}), 0) FROM ${tableSql(table)})`
  const added = numbered !== undefined && !columns.includes(numbered) ? [numbered] : []
  const list = [...columns, ...added].map(({ name }) => quoteName(name)).join(', ')
  if (write.query !== undefined) {
    check(write.query)
    const query = compiler.query(write.query, undefined)
    if (query.columns.length !== columns.length)
      throw new SqlError(1136, "Column count doesn't match value count at row 1")
    const cells = query.columns.map(({ type }, i) =>
      kept({ sql: `c${i}`, type, parts: [] }, typeOfColumn(columns[i]?.type ?? '')),
    )
    const number = added.length > 0 ? [`${next} + row_number() OVER ()`] : []
    return `${head} (${list}) SELECT ${[...cells, ...number].join(', ')} FROM (${query.sql})`
  }
  const scope = newScope(undefined)
  const rows = write.rows.map((row, i) => {
    if (row.length !== columns.length && row.length !== 0)
      throw new SqlError(1136, `Column count doesn't match value count at row ${i + 1}`)
    const cells = row.map((value, place) => {
      const column = columns[place]
      if (value.kind === 'default' || (value.kind === 'null' && column?.autoIncrement))
        return column === numbered
          ? `${next} + ${i + 1}`
          : column?.default === undefined
            ? 'NULL'
            : `'${column.default.replaceAll("'", "''")}'`
      return kept(scalar(compileExpression(compiler, scope, value)), typeOfColumn(column?.type ?? ''))
    })
    return `(${[...cells, ...(added.length > 0 ? [`${next} + ${i + 1}`] : [])].join(', ')})`
  })
  return `${head} (${list}) VALUES ${rows.join(', ')}`
}

function createTable(
  compiler: Compiler,
  databases: ReadonlySet<string>,
  { table: definition }: Of<'create-table'>,
  check: (query: Query) => void,
): CompiledWrite {
  const { schema } = compiler
  const database = definition.database?.toLowerCase() ?? compiler.database
  if (!databases.has(database)) throw new SqlError(1049, `Unknown database '${database}'`)
  if (database === 'information_schema')
    throw new SqlError(1044, `Access denied for user 'admin'@'%' to database 'information_schema'`)
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
    if (other !== undefined) table = { ...other, database, name: table.name, foreignKeys: [] }
  }
  if (definition.query !== undefined) {
    check(definition.query)
    const query = compiler.query(definition.query, undefined)
    const added = query.columns.map(({ name, type }): SqlColumn => {
      const declared = isNumber(type)
        ? type.kind === 'decimal'
          ? `decimal(32,${type.decimals ?? 0})`
          : type.kind
        : type.kind === 'null'
          ? 'text'
          : type.kind
      return { name, type: declared, nullable: true, default: undefined, autoIncrement: false, plain: false }
    })
    const first = table.columns.length
    table = { ...table, columns: [...table.columns, ...added] }
    const list = added.map(({ name }) => quoteName(name)).join(', ')
    rows = `INSERT INTO ${tableSql(table)} (${list}) ${query.sql}`
    if (first > 0) rows = `INSERT INTO ${tableSql(table)} (${list}) SELECT * FROM (${query.sql})`
  }
  const names = new Set<string>()
  for (const { name } of table.columns) {
    if (names.has(name.toLowerCase())) throw new SqlError(1060, `Duplicate column name '${name}'`)
    names.add(name.toLowerCase())
  }
  if (names.size > MOST_COLUMNS) throw new SqlError(1117, 'Too many columns')
  for (const column of [...table.primaryKey, ...table.keys.flatMap(({ columns }) => columns)])
    if (!names.has(column.toLowerCase())) throw new SqlError(1072, `Key column '${column}' doesn't exist in table`)
  const statements = [...createTableSql(table), ...(rows === undefined ? [] : [rows])]
  return { statements, schema: new Map(schema).set(key, table) }
}

function alter(schema: Schema, { change }: Of<'alter-table'>, table: SqlTable): CompiledWrite {
  const key = schemaKey(table.database, table.name)
  const after = new Map(schema)
  const has = (name: string) => table.columns.some((column) => column.name.toLowerCase() === name.toLowerCase())
  const requireColumn = (name: string) => {
    if (!has(name)) throw new SqlError(1054, `Unknown column '${name}' in '${table.name}'`)
  }
  const start = `ALTER TABLE ${tableSql(table)}`
  switch (change.kind) {
    case 'add': {
      const { name, type, nullable, default: initial } = change.column
      if (has(name)) throw new SqlError(1060, `Duplicate column name '${name}'`)
      if (table.columns.length >= MOST_COLUMNS) throw new SqlError(1117, 'Too many columns')
      after.set(key, {
        ...table,
        columns: [...table.columns, { name, type, nullable, default: initial, autoIncrement: false, plain: false }],
      })
      const number = isNumber(typeOfColumn(type))
      const value =
        initial === undefined
          ? nullable
            ? ''
            : ` DEFAULT ${number ? '0' : "''"}`
          : ` DEFAULT '${initial.replaceAll("'", "''")}'`
      const affinity = number ? (typeOfColumn(type).kind === 'int' ? 'INTEGER' : 'REAL') : 'TEXT COLLATE MYSQL'
      return { statements: [`${start} ADD COLUMN ${quoteName(name)} ${affinity}${value}`], schema: after }
    }
    case 'drop': {
      requireColumn(change.column)
      const same = (name: string) => name.toLowerCase() === change.column.toLowerCase()
      if (table.primaryKey.some(same) || table.keys.some(({ columns }) => columns.some(same)))
        throw new SqlError(0, 'A column that is part of a key cannot be dropped here')
      after.set(key, { ...table, columns: table.columns.filter(({ name }) => !same(name)) })
      return { statements: [`${start} DROP COLUMN ${quoteName(change.column)}`], schema: after }
    }
    case 'rename': {
      requireColumn(change.column)
      if (has(change.to)) throw new SqlError(1060, `Duplicate column name '${change.to}'`)
      const renamed = (name: string) => (name.toLowerCase() === change.column.toLowerCase() ? change.to : name)
      after.set(key, {
        ...table,
        columns: table.columns.map((column) => ({ ...column, name: renamed(column.name) })),
        primaryKey: table.primaryKey.map(renamed),
        keys: table.keys.map((one) => ({ ...one, columns: one.columns.map(renamed) })),
      })
      return {
        statements: [`${start} RENAME COLUMN ${quoteName(change.column)} TO ${quoteName(change.to)}`],
        schema: after,
      }
    }
    case 'rename-table': {
      const moved = { ...table, name: change.to.toLowerCase() }
      const target = schemaKey(moved.database, moved.name)
      if (after.has(target)) throw new SqlError(1050, `Table '${moved.name}' already exists`)
      after.delete(key)
      after.set(target, moved)
      return { statements: [`${start} RENAME TO ${tableSql(moved)}`], schema: after }
    }
  }
}
