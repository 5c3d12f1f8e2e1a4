/** Where the page's runs, comparisons and agents are kept, and what is told when that is not the ordinary place. */
import type { Failure, Result } from '../../core/failure.ts'

/**
 * Nothing is told while all is well: then it is the disk. `opening`: it takes long, and by then it is given up. `disk`: it
 * has opened after all. `memory`: until the page is left. `gone`: what was on disk was deleted there by others.
 */
export type StorageUpdate =
  | { readonly type: 'storage'; readonly state: 'opening'; readonly mostMs: number }
  | { readonly type: 'storage'; readonly state: 'disk' }
  | { readonly type: 'storage'; readonly state: 'memory' | 'gone'; readonly failure: Failure }

export interface StorageCalls {
  /** Deletes whatever the browser has stored of this page's runs, comparisons and agents; it is used by a lab started anew. */
  emptyStorage(): Promise<Result<true>>
}
