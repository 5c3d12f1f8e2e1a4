/** A view: its query, compiled each time it is read, in the database in which it was written. */
import { cursorOver } from '../../parse/grammar.ts'
import { databasesOf, type SqlTable } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import { checkTables } from '../check-tables.ts'
import type { CompiledQuery, Compiler } from '../compiler.ts'

/** Throws 1356 where what it reads is not there any more. */
export function viewQuery(compiler: Compiler, { database, name, columns, view }: SqlTable): CompiledQuery {
  if (view === undefined) throw new Error(`${name} is no view.`)
  const query = cursorOver(view.sql).query()
  try {
    checkTables(query, compiler.schema, databasesOf(compiler.schema), view.database)
    const compiled = compiler.within(view.database).query(query, undefined)
    return {
      ...compiled,
      columns: compiled.columns.map((column, i) => ({ ...column, name: columns[i]?.name ?? column.name })),
    }
  } catch (thrown) {
    if (!(thrown instanceof SqlError) || ![1049, 1054, 1146].includes(thrown.code)) throw thrown
    throw new SqlError(
      1356,
      `View '${database}.${name}' references invalid table(s) or column(s) or function(s) or definer/invoker of view lack rights to use them`,
    )
  }
}
