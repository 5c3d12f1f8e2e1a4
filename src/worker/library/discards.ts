/**
 * Deletion that can be undone: a discarded run is marked and listed nowhere, and only removed when a day is over or the
 * visitor says so. The mark is stored, so that a reload changes nothing about either.
 */
import { type Failure, failure, type Result, success } from '../../core/failure.ts'
import type { RunRecord } from '../../store/run-record.ts'
import { DISCARDED_MS, type Discarded, type DiscardedRun } from '../protocol/library.ts'
import { infoOf } from '../runs/records.ts'
import { isShipped, SHIPPED_WORDS } from '../runs/shipped-runs.ts'
import type { ToolPorts } from './ports.ts'

/** One that another tab writes stays. */
export async function discard(ports: ToolPorts, ids: readonly string[]): Promise<Result<Discarded>> {
  const { run, exclusive } = ports
  if (ids.includes(run.session()?.id ?? '')) run.session()?.interrupt()
  return exclusive(async () => {
    const free: { readonly id: string; readonly release: () => Promise<void> }[] = []
    let refused: Failure | undefined
    const open = run.session()
    const openHere = open !== undefined && ids.includes(open.id) && !open.elsewhere ? open.id : undefined
    if (openHere !== undefined) await run.close()
    try {
      for (const id of ids) {
        const release = isShipped(id) ? undefined : await ports.parts.locks.acquire(id)
        if (release !== undefined) free.push({ id, release })
        else refused ??= (isShipped(id) ? READ_ONLY : ELSEWHERE).failure
      }
      const date = ports.parts.date()
      const marked = await ports.store.amend(
        free.map(({ id }) => id),
        () => ({ discardedAtMs: date }),
      )
      const gone = marked.ok ? marked.value.map(({ id }) => id) : []
      if (openHere !== undefined && !gone.includes(openHere)) await run.open(openHere) // what was open is open
      return marked.ok ? success({ ids: gone, refused }) : marked
    } finally {
      for (const { release } of free) await release()
    }
  })
}

const READ_ONLY = failure('run-read-only', SHIPPED_WORDS)
const ELSEWHERE = failure(
  'run-elsewhere',
  'A run is being written in another tab, so it was not deleted. Close it there first.',
)

/** @see LibraryCalls.discarded */
export async function discarded(ports: ToolPorts): Promise<Result<readonly DiscardedRun[]>> {
  const stored = await ports.store.runs(true)
  if (!stored.ok) return stored
  const now = ports.parts.date()
  const lapsed = (run: RunRecord): boolean => now - (run.discardedAtMs ?? now) >= DISCARDED_MS
  for (const run of stored.value.records) {
    const removed = lapsed(run) ? await ports.store.remove(run.id) : success(true)
    if (!removed.ok) return removed
  }
  const left = stored.value.records.filter((run) => !lapsed(run))
  const last = left.toSorted((a, b) => (b.discardedAtMs ?? 0) - (a.discardedAtMs ?? 0))
  return success(last.map((run) => ({ ...infoOf(run), discardedAtMs: run.discardedAtMs ?? now })))
}

export async function putBack({ store }: ToolPorts, ids: readonly string[]): Promise<Result<number>> {
  const back = await store.amend(ids, () => ({ discardedAtMs: undefined }))
  return back.ok ? success(back.value.length) : back
}

/** Only what is discarded: another tab may have put a run back meanwhile. */
export async function purge({ store }: ToolPorts, ids: readonly string[]): Promise<Result<number>> {
  const stored = await store.runs(true)
  if (!stored.ok) return stored
  const gone = stored.value.records.filter(({ id }) => ids.includes(id))
  for (const { id } of gone) {
    const removed = await store.remove(id)
    if (!removed.ok) return removed
  }
  return success(gone.length)
}
