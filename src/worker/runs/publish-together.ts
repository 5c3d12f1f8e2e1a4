/**
 * Runs that come into the library together: nobody sees one of them before all are there, and whatever breaks that off (a
 * failure, a crash, a reload) leaves none. What a crash leaves of drafts the next lab clears away.
 */
import type { Result } from '../../core/failure.ts'
import type { RunRecord } from '../../store/run-record.ts'
import type { Store } from '../../store/store.ts'
import type { Locks } from '../machine/locks.ts'
import { draftEvents, type EventSource, type RunWords } from './store-events.ts'

export interface TogetherPorts {
  readonly parts: { readonly locks: Locks }
  readonly store: Store
}

/** Stores a run's events, and keeps its record back. */
export type DraftRun = (source: EventSource, words: RunWords) => Promise<Result<RunRecord>>

/** @param work drafts the runs; where it succeeds, they are published */
export async function publishTogether<T>(
  { parts, store }: TogetherPorts,
  work: (draft: DraftRun) => Promise<Result<T>>,
): Promise<Result<T>> {
  const begun: string[] = []
  const records: RunRecord[] = []
  const releases: (() => Promise<void>)[] = []
  let published = false
  try {
    const done = await work(async (source, words) => {
      const release = await parts.locks.acquire(words.id) // or another tab would clear it away
      if (release !== undefined) releases.push(release)
      begun.push(words.id)
      const drafted = await draftEvents(store, source, words)
      if (drafted.ok) records.push(drafted.value)
      return drafted
    })
    if (!done.ok) return done
    const kept = await store.publish(records)
    published = kept.ok
    return kept.ok ? done : kept
  } finally {
    if (!published) for (const id of begun) await store.remove(id)
    for (const release of releases) await release()
  }
}
