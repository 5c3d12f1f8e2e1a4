/** MySQL's writes as SQLite's, and the schema they leave. Foreign keys are not enforced. */
import type { Write } from '../../parse/statement-syntax.ts'
import type { Expression, NamedTable } from '../../parse/syntax.ts'
import { type SqlTable, schemaKey } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import { checkTablesIn } from '../check-tables.ts'
import type { Compiler } from '../compiler.ts'
import { tableSql } from '../sqlite-text.ts'
import { alterTable } from './alter-table.ts'
import { type CompiledWrite, mixed, writtenTable } from './compiled-write.ts'
import { createTable } from './create-table.ts'
import { deleteJoined, deleteSql } from './delete.ts'
import { insertSql } from './insert.ts'
import { updateJoined, updateSql } from './update.ts'
import { createView, dropView } from './views.ts'

export function compileWrite(compiler: Compiler, databases: ReadonlySet<string>, write: Write): CompiledWrite {
  const { schema, database } = compiler
  const find = (named: NamedTable): SqlTable => writtenTable(compiler, databases, named)
  const check = (...expressions: readonly (Expression | undefined)[]) =>
    checkTablesIn(expressions, schema, databases, database)
  switch (write.kind) {
    case 'create-table':
      return createTable(compiler, databases, write.table)
    case 'create-view':
      return createView(compiler, databases, write)
    case 'drop-view':
      return dropView(compiler, write)
    case 'drop-table': {
      const tables = write.tables.map((named) => {
        const key = schemaKey(named.database ?? database, named.name)
        if (schema.has(key) && schema.get(key)?.view === undefined) return find(named)
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
      check(...write.rows.flat(), ...write.duplicate.map(({ value }) => value))
      return { statements: insertSql(compiler, databases, write, table), schema: mixed(schema, table) }
    }
    case 'update': {
      const table = find(write.table)
      check(...write.set.map(({ value }) => value), write.where)
      return write.from === undefined
        ? { statements: [updateSql(compiler, write, table)], schema: mixed(schema, table) }
        : updateJoined(compiler, databases, write, write.from)
    }
    case 'delete': {
      check(write.where)
      if (write.from !== undefined)
        return { statements: [deleteJoined(compiler, databases, write, write.from)], schema }
      return { statements: [deleteSql(compiler, write, find(write.table))], schema }
    }
    case 'alter-table':
      return alterTable(compiler, write.changes, find(write.table))
  }
}
