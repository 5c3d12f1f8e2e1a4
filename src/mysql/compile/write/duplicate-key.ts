/** ON DUPLICATE KEY UPDATE: what becomes of the row that is there. */
import type { Write } from '../../parse/statement-syntax.ts'
import type { Expression } from '../../parse/syntax.ts'
import type { SqlTable } from '../../schema.ts'
import type { Compiler } from '../compiler.ts'
import { tableSource } from '../from/sources.ts'
import { quoteName } from '../sqlite-text.ts'
import { refuseTarget } from './compiled-write.ts'
import { assigned } from './update.ts'
import { scopeOf } from './written-rows.ts'

type Insert = Extract<Write, { readonly kind: 'insert' }>

/** A name that no statement can write, for what VALUES() reads. */
const GIVEN = ' values'

/** ` ON CONFLICT ...` of SQLite, or nothing. The row that was to be inserted is `excluded` there. */
export function duplicateText(compiler: Compiler, { duplicate, table: named, row }: Insert, table: SqlTable): string {
  if (duplicate.length === 0) return ''
  refuseTarget(compiler, table, named.name, ...duplicate.map(({ value }) => value))
  const scope = scopeOf(named, table)
  for (const alias of [GIVEN, ...(row === undefined ? [] : [row])]) {
    const source = tableSource(alias, 'excluded', table)
    // Bare names mean the row that is there.
    for (const { name } of source.columns) source.folded.add(name.toLowerCase())
    scope.sources.push(source)
  }
  const set = duplicate.map(({ column, value }) => ({ column, value: withGiven(value) as Expression }))
  const cells = assigned(compiler, scope, set, false).map(({ column, sql }) => `${quoteName(column.name)} = ${sql}`)
  return ` ON CONFLICT DO UPDATE SET ${cells.join(', ')}`
}

/** VALUES(x) as a column of the row that was to be inserted. */
function withGiven(syntax: unknown): unknown {
  if (typeof syntax !== 'object' || syntax === null) return syntax
  if (Array.isArray(syntax)) return syntax.map(withGiven)
  const { kind, name, args } = syntax as { readonly [key: string]: unknown }
  if (kind === 'call' && name === 'VALUES' && Array.isArray(args) && args[0]?.kind === 'column')
    return { ...args[0], database: undefined, table: GIVEN }
  return Object.fromEntries(Object.entries(syntax).map(([key, value]) => [key, withGiven(value)]))
}
