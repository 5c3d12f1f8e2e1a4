/** UPDATE of one table, alone or as a part of a join. */
import type { Assignment, Write } from '../../parse/statement-syntax.ts'
import type { TableExpression } from '../../parse/syntax.ts'
import type { SqlColumn, SqlTable } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import type { Source } from '../compiled.ts'
import type { Compiler } from '../compiler.ts'
import { scalar } from '../expression/rows.ts'
import type { Scope } from '../scope.ts'
import { quoteName, tableSql } from '../sqlite-text.ts'
import { type CompiledWrite, mixed, refuseTarget } from './compiled-write.ts'
import { defaultOf } from './default-value.ts'
import { kept } from './kept.ts'
import { chosen, joinText, openJoin, scopeOf } from './written-rows.ts'

type Update = Extract<Write, { readonly kind: 'update' }>

export function updateSql(compiler: Compiler, write: Update, table: SqlTable): string {
  const { alias, name } = write.table
  refuseTarget(compiler, table, alias ?? name, write.where, ...write.set.map(({ value }) => value))
  const set = assigned(compiler, scopeOf(write.table, table), write.set, write.ignore)
  const cells = set.map(({ column, sql }) => `${quoteName(column.name)} = ${sql}`).join(', ')
  const verb = write.ignore ? 'UPDATE OR IGNORE' : 'UPDATE'
  return `${verb} ${tableSql(table)} AS t0 SET ${cells}${chosen(compiler, scopeOf(write.table, table), table, write)}`
}

export interface Assigned {
  readonly source: Source
  readonly column: SqlColumn
  readonly sql: string
}

/** What SET says, one after the other: a column that was set has its new value for what follows. */
export function assigned(compiler: Compiler, scope: Scope, set: readonly Assignment[], ignore: boolean): Assigned[] {
  return set.map(({ column: reference, value }) => {
    scope.clause = 'field list'
    const target = compiler.expression(scope, reference).column
    const column = target?.source.table?.columns.find(({ name }) => name === target.name)
    if (target === undefined || column === undefined)
      throw new SqlError(1288, `The target table ${target?.source.alias ?? ''} of the UPDATE is not updatable`)
    const given = value.kind === 'default' ? defaultOf(column) : scalar(compiler.expression(scope, value))
    const sql = kept(compiler, given, column, '1', ignore)
    const { columns } = target.source
    columns[columns.indexOf(target)] = { ...target, sql: `(${sql})` }
    return { source: target.source, column, sql }
  })
}

export function updateJoined(
  compiler: Compiler,
  databases: ReadonlySet<string>,
  { set, where, ignore }: Update,
  from: TableExpression,
): CompiledWrite {
  const setting = openJoin(compiler, databases, from)
  const cells = assigned(compiler, setting.scope, set, ignore)
  const { schema } = compiler
  const [first] = cells
  if (first?.source.table === undefined || cells.some(({ source }) => source !== first.source))
    throw new SqlError(0, 'UPDATE of several tables at once is not supported here')
  const { table, id, alias } = first.source
  refuseTarget(compiler, table, alias, where, ...set.map(({ value }) => value))
  // What SET changed of the columns is not for WHERE to see.
  for (const cell of cells) restore(cell, id)
  const list = cells.map(({ sql }, i) => `${sql} AS v${i}`)
  const rows = `SELECT ${[`${id}.rowid AS place`, ...list].join(', ')}${joinText(compiler, setting, where)}`
  const values = cells.map(({ column }, i) => `${quoteName(column.name)} = m.v${i}`).join(', ')
  const sql = `UPDATE ${tableSql(table)} AS t0 SET ${values} FROM (SELECT * FROM (${rows}) GROUP BY place) AS m WHERE t0.rowid = m.place`
  return { statements: [sql], schema: mixed(schema, table) }
}

function restore({ source: { columns }, column: { name } }: Assigned, id: string): void {
  const place = columns.findIndex((column) => column.name === name)
  const column = columns[place]
  if (column !== undefined) columns[place] = { ...column, sql: `${id}.${quoteName(name)}` }
}
