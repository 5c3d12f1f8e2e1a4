/** Stored records as the library lists them: newest first, those that are discarded or the others. */
import type { RunRecord } from './run-record.ts'

export function listed(all: readonly RunRecord[], discarded = false): readonly RunRecord[] {
  return all
    .filter(({ discardedAtMs }) => (discardedAtMs !== undefined) === discarded)
    .sort((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1))
}
