/** What a visitor puts on runs to find them again, and how much of the disk each takes. */
import { failure, type Result, success } from '../../core/failure.ts'
import { undirected } from '../../core/undirected.ts'
import type { RunLabels } from '../../store/run-record.ts'
import { runGone, type Store } from '../../store/store.ts'
import type { LabelChange } from '../protocol/library.ts'
import { cleanName } from '../runs/run-names.ts'
import type { ToolPorts } from './ports.ts'

const MOST_TAGS = 20
const MOST_TAG = 40
const MOST_NOTE = 4_000
const NONE: RunLabels = { pinned: false, tags: [], note: '' }

/** As they are stored, wherever they come from: no tag twice, none that is empty, in order. */
export function labelled(before: RunLabels | undefined, change: LabelChange): RunLabels {
  const { pinned, tags, note } = before ?? NONE
  const untag = tagOf(change.untag)
  const all = [...tags, change.tag].flatMap((text) => tagOf(text) ?? []).filter((tag) => tag !== untag)
  return {
    pinned: change.pinned ?? pinned,
    tags: [...new Set(all)].slice(0, MOST_TAGS).toSorted(),
    note: undirected(change.note ?? note)
      .trim()
      .slice(0, MOST_NOTE),
  }
}

/** Tags differ by more than capitals. */
function tagOf(text: string | undefined): string | undefined {
  return cleanName(text)?.toLowerCase().slice(0, MOST_TAG).trimEnd()
}

/** @see LibraryCalls.label */
export async function label(store: Store, ids: readonly string[], change: LabelChange): Promise<Result<number>> {
  const changed = await store.amend(ids, ({ labels }) => ({ labels: labelled(labels, change) }))
  if (changed.ok) return changed.value.length === 0 && ids.length > 0 ? runGone() : success(changed.value.length)
  return changed.failure.code === 'storage-full' ? NO_ROOM : changed
}

const NO_ROOM = failure(
  'storage-full',
  'The browser’s storage for this site is full, so this was not put on the run. Delete runs you no longer need (for good, under Data), or free disk space, then do it again.',
)

/** From so many bytes on a size is written down: less is read in a moment. */
const LONG_BYTES = 100_000

/** Of its events, as they would be exported. Long runs are read once for it. */
export async function sizeOf({ storeOf }: Pick<ToolPorts, 'storeOf'>, id: string): Promise<Result<number>> {
  const store = await storeOf(id)
  const record = await store.run(id)
  if (!record.ok) return record
  const { events, measured } = record.value
  if (measured?.events === events) return success(measured.bytes)
  const encoder = new TextEncoder()
  let bytes = 0
  for await (const batch of store.batches(id, events)) {
    if (!batch.ok) return batch
    bytes += encoder.encode(batch.value.text).length
  }
  if (bytes >= LONG_BYTES) await store.amend([id], () => ({ measured: { events, bytes } })) // or it is read again
  return success(bytes)
}
