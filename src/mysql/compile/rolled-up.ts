/** Terms of GROUP BY in the rows that WITH ROLLUP adds. */
import type { Compiled } from './compiled.ts'
import type { Scope } from './scope.ts'

/** The value as it is, or NULL where it is a term that the row puts together; inside aggregates it stays what it is. */
export function rolledUp({ rollup, aggregates }: Scope, compiled: Compiled): Compiled {
  if (rollup === undefined || aggregates === 'inside' || !rollup.gone.has(compiled.sql)) return compiled
  return { sql: 'NULL', type: compiled.type, parts: [], rolledUp: compiled.sql }
}
