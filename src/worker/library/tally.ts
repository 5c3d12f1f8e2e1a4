/** Counts of what a restored backup has brought. */
import type { Restored } from '../protocol/library.ts'

export type Tally = { -readonly [name in keyof Restored]: Restored[name] }

export function tally(): Tally {
  return { added: 0, known: 0, copied: 0 }
}
