/** The tables that a piece of syntax names, wherever they stand in it. */
import type { NamedTable } from './syntax.ts'

/** @param derived whether to look into derived tables too */
export function tablesIn(syntax: unknown, derived = true): NamedTable[] {
  if (typeof syntax !== 'object' || syntax === null) return []
  const { kind } = syntax as { readonly kind?: unknown }
  if (kind === 'table') return [syntax as NamedTable]
  if (kind === 'derived' && !derived) return []
  return Object.values(syntax).flatMap((part) => tablesIn(part, derived))
}
