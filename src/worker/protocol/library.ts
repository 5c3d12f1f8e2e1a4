/** What is done to the library beside running: labels, deletion that can be undone, sizes, and all of it as one file. */
import type { Failure, Result } from '../../core/failure.ts'
import type { ExportedFile } from './files.ts'
import type { RunInfo } from './runs.ts'

export type { RunLabels } from '../../store/run-record.ts'

/** What is left out stays as it is. */
export interface LabelChange {
  readonly pinned?: boolean
  /** Put on each. */
  readonly tag?: string
  /** Taken off each. */
  readonly untag?: string
  readonly note?: string
}

/** How long a deleted run can be put back, in milliseconds: a day. */
export const DISCARDED_MS = 24 * 60 * 60 * 1000

export interface DiscardedRun extends RunInfo {
  /** Milliseconds since 1970. */
  readonly discardedAtMs: number
}

export interface Discarded {
  readonly ids: readonly string[]
  /** Why the others were not, the first of them. */
  readonly refused: Failure | undefined
}

/** Of one kind of thing in a backup. */
export interface Restored {
  readonly added: number
  /** With the same content in the library already. */
  readonly known: number
  /** Added under another id, since that in the library has other content. */
  readonly copied: number
}

export interface RestoreReport {
  readonly runs: Restored
  readonly agents: Restored
  readonly comparisons: Restored
}

export interface BroughtTrajectories {
  /** One for each split that they are about. */
  readonly runs: readonly RunInfo[]
  /** What was left out, and where the environment says otherwise than the file, in sentences. */
  readonly notes: readonly string[]
}

export interface KeptShopInfo {
  /** With the number of its products. */
  readonly name: string
  readonly fingerprint: string
  readonly bytes: number
}

/** What a search in a shop finds. Texts from outside, none of them long. */
export interface ShopFinds {
  /** The best ten, best first. */
  readonly found: readonly { readonly asin: string; readonly title: string; readonly price: string }[]
  /** Among how many products. */
  readonly among: number
  /** What the shop is called. */
  readonly shop: string
  /** Whether it is being read: `among` are those that were by then. */
  readonly reading: boolean
}

/** Called through `LabApi.library`, by name. */
export interface LibraryCalls {
  /** @returns how many were changed */
  label(runIds: readonly string[], change: LabelChange): Promise<Result<number>>
  /** Bytes of a run's log as it is stored. */
  size(runId: string): Promise<Result<number>>
  /** Deletes runs so that they can be put back: nothing is removed before `DISCARDED_MS` are over, also after a reload. */
  discard(runIds: readonly string[]): Promise<Result<Discarded>>
  /** Newest first; those that have lapsed are removed by then. */
  discarded(): Promise<Result<readonly DiscardedRun[]>>
  putBack(runIds: readonly string[]): Promise<Result<number>>
  /** Removes discarded runs at once. */
  purge(runIds: readonly string[]): Promise<Result<number>>
  /** All runs, agents and comparisons of this browser as one file, streamed. */
  backup(): Promise<Result<ExportedFile>>
  /** Adds what a backup holds. All of it is read before anything is stored; what is stored already is not changed. */
  restore(file: File): Promise<Result<RestoreReport>>
  /** Plays other people's trajectories again in the loaded environment. Nothing is stored unless all of the file can be read. */
  importTrajectories(file: File): Promise<Result<BroughtTrajectories>>
  /** The shop that is kept on this computer; undefined where there is none. */
  keptShop(): Promise<Result<KeptShopInfo | undefined>>
  /** Deletes it. */
  forgetShop(): Promise<Result<true>>
  /** Looks into the shop that is being read, as far as it is, else into the one that new runs use. Answered between two pieces of it. */
  searchShop(query: string): Promise<Result<ShopFinds>>
  /** Stops the reading of a shop, which leaves nothing behind; `loadData` then fails with `shop-stopped`. */
  stopShop(): Promise<Result<true>>
}
