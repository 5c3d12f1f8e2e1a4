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

/** What the parts of a statement share, in whatever database they were written. */
interface Statement {
  readonly schema: Schema
  readonly settings: Settings
  readonly opened: Set<SqlTable>
  readonly compared: Set<SourceColumn>
  readonly plans: Compiler['plans']
  names: number
}

/** For one statement, in the database in use (lower case). */
export function compilerFor(schema: Schema, database: string, settings: Settings): Compiler {
  return within({ schema, settings, opened: new Set(), compared: new Set(), plans: new Map(), names: 0 }, database)
}

function within(statement: Statement, database: string): Compiler {
  const { schema, settings, opened, compared, plans } = statement
  const compiler: Compiler = {
    schema,
    settings,
    opened,
    compared,
    plans,
    database,
    within: (inside) => within(statement, inside),
    id: (prefix) => prefix + ++statement.names,
    expression: (scope, expression) => compileExpression(compiler, scope, expression),
    query: (query, parent, common) => {
      if (statement.names > MOST_NAMES) throw new SqlError(0, LIMIT_WORDS.complex)
      return compileQuery(compiler, query, parent, common)
    },
  }
  return compiler
}
