/**
 * A backup into a library that may have runs already. The file is read twice: once to know that all of it is good, once to
 * store it. Its runs appear together at the end. Conflicts are decided by content: what the library has already stays as it is and is not stored again; where an
 * id is taken by other content, what comes is kept beside it as a copy.
 */
import { failure, type Result, success } from '../../core/failure.ts'
import type { RunRecord } from '../../store/run-record.ts'
import type { Amendment, Store } from '../../store/store.ts'
import { MOST_LIBRARY, tooLarge } from '../machine/file-limits.ts'
import { macrotask } from '../machine/macrotask.ts'
import type { RestoreReport } from '../protocol/library.ts'
import { type DraftRun, publishTogether } from '../runs/publish-together.ts'
import { cleanName, newRunId } from '../runs/run-names.ts'
import { type BackupPart, readBackup } from './backup-reader.ts'
import { type Checked, checkBackup } from './check-backup.ts'
import { labelled } from './labels.ts'
import { logDigest } from './log-digest.ts'
import type { ToolPorts } from './ports.ts'
import { restoreOther, type Undo } from './restore-other.ts'
import { tally } from './tally.ts'

/** Among the names of locks; no run is called like that. */
const ONE_AT_A_TIME = 'library/restore'
const ELSEWHERE = failure(
  'restore-elsewhere',
  'Another tab is restoring a backup. Nothing was restored here: wait until it is done there, then choose the file again.',
)

const NO_ROOM = failure(
  'storage-full',
  'The browser’s storage for this site has no room for all of this backup. What was added of it is removed again, and what was here is as it was. Delete runs you no longer need (for good, under Data), or free disk space, then restore it again.',
)

/**
 * What was added before something failed is removed again. One at a time among all tabs: two that add the same run would
 * take each other for what is there already, and the one that gives up would remove what the other has added.
 */
export async function restore(ports: ToolPorts, file: File): Promise<Result<RestoreReport>> {
  const refused = tooLarge([file], MOST_LIBRARY)
  if (refused !== undefined) return refused
  const release = await ports.parts.locks.acquire(ONE_AT_A_TIME)
  if (release === undefined) return ELSEWHERE
  try {
    return await restoreAlone(ports, file)
  } finally {
    await release()
  }
}

async function restoreAlone(ports: ToolPorts, file: File): Promise<Result<RestoreReport>> {
  const checked = await checkBackup(file.stream())
  if (!checked.ok) return checked
  const undo: Undo = []
  const restored = await publishTogether(ports, (draft) => add(ports, draft, file, checked.value, undo))
  if (restored.ok) return restored
  for (const step of undo.toReversed()) await step()
  return restored.failure.code === 'storage-full' ? NO_ROOM : restored
}

async function add(
  { store }: ToolPorts,
  draft: DraftRun,
  file: File,
  checked: Checked,
  undo: Undo,
): Promise<Result<RestoreReport>> {
  const plan = await planOf(store, checked)
  if (!plan.ok) return plan
  const counts = { runs: tally(), agents: tally(), comparisons: tally() }
  const other = restoreOther(store, counts, undo)
  const known: KnownRuns = new Map()
  let at = 0
  for await (const part of readBackup(file.stream())) {
    if (!part.ok) return part
    const done =
      part.value.type === 'library-run'
        ? await restoreRun(draft, part.value, plan.value[at++], counts.runs, known)
        : await other(part.value)
    if (!done.ok) return done
    await macrotask() // calls from the page come first
  }
  const kept = await keepKnown(store, known, undo)
  return kept.ok ? success(counts) : kept
}

type Fate =
  | { readonly kind: 'add' | 'copy' }
  /** @property back whether the visitor has deleted it meanwhile, and gets it back */
  | { readonly kind: 'known'; readonly id: string | undefined; readonly back: boolean }

/** What becomes of each run of the file. */
async function planOf(store: Store, { runs }: Checked): Promise<Result<readonly Fate[]>> {
  const [stored, discarded] = [await store.runs(), await store.runs(true)]
  if (!stored.ok) return stored
  if (!discarded.ok) return discarded
  const all = [...stored.value.records, ...discarded.value.records]
  const taken = new Set(all.map(({ id }) => id))
  const lengths = new Set(runs.map(({ events }) => events))
  const known = new Map<string, RunRecord | undefined>()
  for (const record of all) {
    if (!lengths.has(record.events)) continue
    const content = await logDigest(store, record)
    // Those that are not discarded come first.
    if (content !== undefined && !known.has(content)) known.set(content, record)
  }
  return success(
    runs.map(({ id, content }): Fate => {
      if (known.has(content)) {
        const record = known.get(content)
        return { kind: 'known', id: record?.id, back: record?.discardedAtMs !== undefined }
      }
      known.set(content, undefined)
      if (taken.has(id)) return { kind: 'copy' }
      taken.add(id)
      return { kind: 'add' }
    }),
  )
}

type RunPart = Extract<BackupPart, { type: 'library-run' }>

/** What a backup has put on runs that are here already, by their ids. */
type KnownRuns = Map<string, RunRecord['labels']>

async function restoreRun(
  draft: DraftRun,
  { log, name, createdAtMs, origin, labels, ...given }: RunPart,
  fate: Fate | undefined,
  counts: ReturnType<typeof tally>,
  known: KnownRuns,
): Promise<Result<unknown>> {
  const clean = labels && labelled(labels, {})
  if (fate === undefined || fate.kind === 'known') {
    counts[fate?.back === true ? 'added' : 'known']++
    if (fate?.id !== undefined) known.set(fate.id, clean) // or it is twice in the file
    return success(true)
  }
  counts[fate.kind === 'copy' ? 'copied' : 'added']++
  const id = fate.kind === 'copy' ? newRunId() : given.id
  return draft(log, { id, name: cleanName(name) ?? 'Restored run', createdAtMs, origin, labels: clean })
}

/** They are listed again. What stands on them here stays; what is on none is taken from the backup. */
async function keepKnown(store: Store, known: KnownRuns, undo: Undo): Promise<Result<unknown>> {
  const before = new Map<string, Amendment>()
  undo.push(() => store.amend([...before.keys()], ({ id }) => before.get(id) ?? {}))
  return store.amend([...known.keys()], ({ id, discardedAtMs, labels }) => {
    before.set(id, { discardedAtMs, labels })
    return { discardedAtMs: undefined, labels: labels ?? known.get(id) }
  })
}
