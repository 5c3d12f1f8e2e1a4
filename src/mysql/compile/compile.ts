/** The compiler put together: expressions hold queries and queries hold expressions, so that each reads the other through it. */
import { LIMIT_WORDS } from '../limits.ts'
import type { Schema, SqlTable } from '../schema.ts'
import type { Settings } from '../server/settings.ts'
import { SqlError } from '../sql-error.ts'
import type { SourceColumn } from './compiled.ts'
import type { Compiler } from './compiler.ts'
import { compileExpression } from './expression/expression.ts'
import { compileQuery } from './query/query.ts'

/** Parts of a statement that have a name of their own; more is no statement that is meant. */
const MOST_NAMES = 2000

/** For one statement, in the database in use (lower case). */
export function compilerFor(schema: Schema, database: string, settings: Settings): Compiler {
  let count = 0
  const shared = {
    schema,
    settings,
    opened: new Set<SqlTable>(),
    compared: new Set<SourceColumn>(),
    plans: new Map(),
    within,
    id: (prefix: string) => `${prefix}${++count}`,
  }
  function within(inside: string): Compiler {
    const compiler: Compiler = {
      ...shared,
      database: inside,
      expression: (scope, expression) => compileExpression(compiler, scope, expression),
      query: (query, parent, common) => {
        if (count > MOST_NAMES) throw new SqlError(0, LIMIT_WORDS.complex)
        return compileQuery(compiler, query, parent, common)
      },
    }
    return compiler
  }
  return within(database)
}
