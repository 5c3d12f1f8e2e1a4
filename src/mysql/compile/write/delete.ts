/** DELETE from one table, alone or as a part of a join. */
import type { Write } from '../../parse/statement-syntax.ts'
import type { TableExpression } from '../../parse/syntax.ts'
import type { SqlTable } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import type { Compiler } from '../compiler.ts'
import { isNamed } from '../names.ts'
import { tableSql } from '../sqlite-text.ts'
import { refuseTarget } from './compiled-write.ts'
import { chosen, joinText, openJoin, scopeOf } from './written-rows.ts'

type Delete = Extract<Write, { readonly kind: 'delete' }>

export function deleteSql(compiler: Compiler, write: Delete, table: SqlTable): string {
  const { alias, name } = write.table
  refuseTarget(compiler, table, alias ?? name, write.where)
  return `DELETE FROM ${tableSql(table)} AS t0${chosen(compiler, scopeOf(write.table, table), table, write)}`
}

export function deleteJoined(
  compiler: Compiler,
  databases: ReadonlySet<string>,
  { table: { database, name }, where }: Delete,
  from: TableExpression,
): string {
  const open = openJoin(compiler, databases, from)
  const target = open.scope.sources.find((source) => isNamed(source, { database, table: name }))
  if (target === undefined) throw new SqlError(1109, `Unknown table '${name}' in MULTI DELETE`)
  if (target.table === undefined) throw new SqlError(1288, `The target table ${name} of the DELETE is not updatable`)
  refuseTarget(compiler, target.table, name, where)
  const rows = `SELECT ${target.id}.rowid${joinText(compiler, open, where)}`
  return `DELETE FROM ${tableSql(target.table)} AS t0 WHERE t0.rowid IN (${rows})`
}
