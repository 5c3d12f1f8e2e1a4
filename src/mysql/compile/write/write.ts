/** MySQL's writes as SQLite's, and the schema they leave. Foreign keys are not enforced. */
import type { Write } from '../../parse/statement-syntax.ts'
import type { Expression, NamedTable } from '../../parse/syntax.ts'
import { type SqlTable, schemaKey } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import { checkTablesIn } from '../check-tables.ts'
import type { Compiler } from '../compiler.ts'
import { scalar } from '../expression/rows.ts'
import { tableSource } from '../from/sources.ts'
import { newScope, type Scope } from '../scope.ts'
import { quoteName, tableSql } from '../sqlite-text.ts'
import { alterTable } from './alter-table.ts'
import { type CompiledWrite, keptAs, mixed, writtenTable } from './compiled-write.ts'
import { createTable } from './create-table.ts'
import { insertSql } from './insert.ts'

export function compileWrite(compiler: Compiler, databases: ReadonlySet<string>, write: Write): CompiledWrite {
  const { schema, database } = compiler
  const find = (named: NamedTable): SqlTable => writtenTable(compiler, databases, named)
  const check = (...expressions: readonly (Expression | undefined)[]) =>
    checkTablesIn(expressions, schema, databases, database)
  switch (write.kind) {
    case 'create-table':
      return createTable(compiler, databases, write.table)
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
    case 'insert': {
      const table = find(write.table)
      check(...write.rows.flat())
      return { statements: [insertSql(compiler, databases, write, table)], schema: mixed(schema, table) }
    }
    case 'update': {
      const table = find(write.table)
      check(...write.set.map(({ value }) => value), write.where)
      const scope = scopeOf(write.table, table)
      const set = write.set.map(({ column, value }) => {
        const target = compiler.expression({ ...scope, clause: 'field list' }, column)
        const compiled = scalar(compiler.expression(scope, value))
        return `${quoteName(target.column?.name ?? column.name)} = ${keptAs(compiled, target.type)}`
      })
      const sql = `UPDATE ${tableSql(table)} AS t0 SET ${set.join(', ')}${filter(compiler, scope, write.where)}`
      return { statements: [sql], schema: mixed(schema, table) }
    }
    case 'delete': {
      const table = find(write.table)
      check(write.where)
      const scope = scopeOf(write.table, table)
      return { statements: [`DELETE FROM ${tableSql(table)} AS t0${filter(compiler, scope, write.where)}`], schema }
    }
    case 'alter-table':
      return alterTable(schema, write.change, find(write.table))
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
  return ` WHERE ${scalar(compiler.expression(scope, where)).sql}`
}
