/** What may be wrong with the storage, by names of our own. The sentences come with the first trouble. */
import type { Failure } from '../core/failure.ts'
import { fetched } from '../core/fetched.ts'

/**
 * `missing`: the browser has none. `late`: it does not open. `rooms`: it lacks object stores. `blocked`: an older page holds
 * it. `outdated`: a newer page has it. `deleted`: it was deleted while it was open.
 */
export type StorageTrouble = 'missing' | 'late' | 'rooms' | 'blocked' | 'outdated' | 'deleted'

/** What whoever opened the storage is told without asking. */
export type StorageNews =
  /** It takes long to open; by then it is given up. */
  | { readonly state: 'opening'; readonly mostMs: number }
  /** What was stored is there no more. */
  | { readonly state: 'gone'; readonly failure: Failure }

/** @param trouble one of ours, or anything that was thrown */
export async function toldOf(trouble: unknown): Promise<{ readonly ok: false; readonly failure: Failure }> {
  const words = await fetched(() => import('./storage-failure.ts'))
  return words.ok ? { ok: false, failure: words.value.storageFailure(trouble) } : words
}
