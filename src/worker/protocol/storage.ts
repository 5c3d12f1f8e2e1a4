/** Where the page's runs, comparisons and agents are kept, and what is told when that is not the ordinary place. */
import type { Failure, Result } from '../../core/failure.ts'

/** Nothing is told while all is well: then it is the disk. */
export type StorageUpdate = { readonly type: 'storage' } & /** It takes long; by then it is given up. */
(
  | { readonly state: 'opening'; readonly mostMs: number }
  /** It has opened after all. */
  | { readonly state: 'disk' }
  /** In memory, until the page is left; or what was on disk was deleted there by others. */
  | { readonly state: 'memory' | 'gone'; readonly failure: Failure }
)

export interface StorageCalls {
  /** Deletes whatever the browser has stored of this page's runs, comparisons and agents; it is used by a lab started anew. */
  emptyStorage(): Promise<Result<true>>
}
