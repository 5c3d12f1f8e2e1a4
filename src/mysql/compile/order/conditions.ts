/** What conditions read: which tables, and which parts AND joins. */
import type { Compiled, Source } from '../compiled.ts'

export function conjuncts(expression: Compiled): readonly Compiled[] {
  return expression.conjunction ? expression.parts.flatMap(conjuncts) : [expression]
}

/** The tables whose columns an expression reads. */
export function sourcesIn(expression: Compiled, into: Set<Source> = new Set()): ReadonlySet<Source> {
  if (expression.column !== undefined) into.add(expression.column.source)
  for (const part of expression.parts) sourcesIn(part, into)
  return into
}

/** Whether an expression reads columns of this table, and of no other. */
export function readsOnly(expression: Compiled, source: Source): boolean {
  const sources = sourcesIn(expression)
  return sources.size === 1 && sources.has(source)
}
