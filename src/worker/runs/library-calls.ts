/** What changes the library of runs: new runs, names, removal, files in and out. Fetched with the first of them. */

import { drawTasks, runHeader } from '../../core/exploration/run-plan.ts'
import { failure, type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import type { RunStarted } from '../../core/log/events.ts'
import { MOST_EDITS, type WorldEdit } from '../../core/log/world-edit.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import { batchesOf } from '../../store/batch.ts'
import { runGone, type Store } from '../../store/store.ts'
import type { Sink } from '../machine/export-sink.ts'
import { MOST_RUN, tooLarge } from '../machine/file-limits.ts'
import type { Locks } from '../machine/locks.ts'
import type { ShopFolder } from '../machine/shop-folder.ts'
import type { ExportedFile, ExportFormat } from '../protocol/files.ts'
import type { RunInfo, StartedRun } from '../protocol/runs.ts'
import type { Sources } from '../worlds/sources.ts'
import type { OwnAgent, World } from '../worlds/world.ts'
import type { WorldSource } from '../worlds/world-source.ts'
import type { OpenRun } from './open-run.ts'
import { emptyRecord, infoOf } from './records.ts'
import { cleanName, firstName, newRunId } from './run-names.ts'
import { isShipped, SHIPPED_WORDS } from './shipped-runs.ts'

export interface LibraryPorts {
  readonly parts: {
    readonly locks: Locks
    openSink(name: string): Promise<Sink>
    readonly shops?: ShopFolder
    /** Milliseconds since 1970. */
    date(): number
  }
  /** Of this browser. */
  readonly store: Store
  readonly run: OpenRun
  storeOf(runId: string): Promise<Store>
  readonly sources: Sources
  /** The world with the agent that the settings name. @param header of a run, which may have the agent with it */
  worldOf(config: RunConfig, header?: RunStarted, source?: WorldSource): Promise<Result<World>>
}

type Named = { readonly id: string; readonly name: string }

/** All of them but those that make a run for others. What opens or closes a run is to wait for other such work. */
export function libraryCalls(ports: LibraryPorts) {
  return {
    create: (settings: Readonly<Record<string, unknown>>, edits?: readonly WorldEdit[]) =>
      createRun(ports, settings, edits),
    rename: (runId: string, name: string) => renameRun(ports, runId, name),
    remove: (runId: string) => removeRun(ports, runId),
    removeDrafts: (drafts: readonly string[]) => removeDrafts(ports, drafts),
    export: (runId: string, format: ExportFormat) => exportRun(ports, runId, format),
    importRun: (file: File) => importRun(ports, file),
  }
}

async function createRun(
  ports: LibraryPorts,
  settings: Readonly<Record<string, unknown>>,
  edits?: readonly WorldEdit[],
): Promise<Result<StartedRun>> {
  const { config, corrections } = parseConfig(settings)
  const name = `${firstName(config)}${edits === undefined ? '' : ', edited world'}`
  const made = await makeRun(ports, config, { id: newRunId(), name }, { edits })
  if (!made.ok) return made
  const opened = await ports.run.open(made.value)
  return opened.ok ? success({ progress: opened.value.progress, corrections }) : opened
}

interface MadeWith {
  readonly edits?: readonly WorldEdit[] | undefined
  /** The policy that the setting `model` names, where nobody has to have kept it. */
  readonly own?: OwnAgent | undefined
}

/** Stores the head of a new run; its id. */
export async function makeRun(
  { parts, store, sources, worldOf }: LibraryPorts,
  config: RunConfig,
  named: Named,
  { edits, own }: MadeWith = {},
): Promise<Result<string>> {
  if (edits !== undefined && (edits.length === 0 || edits.length > MOST_EDITS))
    return failure('edit', `A world is edited in 1 to ${MOST_EDITS} places.`)
  const source = sources.at(config.environment, edits)
  const world = await (own === undefined ? worldOf(config, undefined, source) : source.world(config, own))
  if (!world.ok) return world
  if (drawTasks({ ...config, tasks: 1 }, world.value.tasks(config.split)).length === 0) {
    const words = `${world.value.data.name} has no ${config.split} tasks.`
    return failure('split-empty', `${words} Choose another split, or load data that has some.`)
  }
  const words = { ...named, createdAtMs: parts.date(), origin: 'here' } as const
  const record = { ...emptyRecord(config, words), events: 1 }
  const batches = batchesOf([runHeader(config, world.value.made)], 0)
  const written = await store.append({ record, batches, tasks: [] }, true)
  return written.ok ? success(named.id) : written
}

async function renameRun({ store, run }: LibraryPorts, runId: string, name: string): Promise<Result<RunInfo>> {
  const clean = cleanName(name)
  if (clean === undefined) return failure('name-empty', 'A run needs a name; the old one was kept.')
  if (isShipped(runId)) return failure('run-read-only', SHIPPED_WORDS)
  const amended = await store.amend([runId], () => ({ name: clean }))
  if (!amended.ok) return amended
  const [renamed] = amended.value
  if (renamed === undefined) return runGone()
  const open = run.session()
  if (open?.id !== runId) return success(infoOf(renamed))
  open.rename(clean)
  return success(open.progress.info)
}

/** Where it is refused or fails nothing changes: what was open is open. */
async function removeRun(ports: LibraryPorts, runId: string): Promise<Result<true>> {
  if (isShipped(runId)) return failure('run-read-only', SHIPPED_WORDS)
  const { run } = ports
  const open = run.session()
  const here = open?.id === runId
  if (here && !open.elsewhere) await run.close()
  const removed = await removeUnheld(ports, runId)
  if (!removed.ok && here && run.session() === undefined) await run.open(runId)
  return removed
}

async function removeUnheld({ parts, store, run }: LibraryPorts, runId: string): Promise<Result<true>> {
  const release = await parts.locks.acquire(runId)
  if (release === undefined) {
    const words = 'This run is being written in another tab, so it was not deleted.'
    return failure('run-elsewhere', `${words} Close it there first.`)
  }
  try {
    if (run.session()?.id === runId) await run.close()
    return await store.remove(runId)
  } finally {
    await release()
  }
}

/** Imports that a crash cut short; one that another tab is writing right now is left alone. */
async function removeDrafts({ parts, store }: LibraryPorts, drafts: readonly string[]): Promise<Result<true>> {
  for (const id of drafts) {
    const release = await parts.locks.acquire(id)
    if (release === undefined) continue
    const known = await store.run(id)
    if (!known.ok && known.failure.code === 'run-gone') await store.remove(id)
    await release()
  }
  return success(true)
}

/** The store of a run, with all that is recorded of it. */
export async function writtenStoreOf({ run, storeOf }: LibraryPorts, runId: string): Promise<Result<Store>> {
  const open = run.session()
  const written = open?.id === runId ? await open.flush(true) : success(true)
  return written.ok ? success(await storeOf(runId)) : written
}

async function exportRun(ports: LibraryPorts, runId: string, format: ExportFormat): Promise<Result<ExportedFile>> {
  const written = await writtenStoreOf(ports, runId)
  if (!written.ok) return written
  const record = await written.value.run(runId)
  if (!record.ok) return record
  const code = await fetched(() => import('./export-run.ts'))
  if (!code.ok) return code
  return code.value.exportRun(written.value, record.value, format, (name) => ports.parts.openSink(name))
}

async function importRun(ports: LibraryPorts, file: File): Promise<Result<RunInfo>> {
  const refused = tooLarge([file], MOST_RUN)
  if (refused !== undefined) return refused
  const code = await fetched(() => import('./import-run.ts'))
  if (!code.ok) return code
  const { checkRunFile, storeRunFile } = code.value
  const checked = await checkRunFile(file.stream())
  if (!checked.ok) return checked
  const name = cleanName(file.name.replace(/(\.run)?\.(jsonl|json|ndjson|txt)$/i, '')) ?? 'Imported run'
  const words = { id: newRunId(), name, createdAtMs: ports.parts.date(), origin: 'imported' } as const
  const stored = await storeRunFile(ports, file.stream(), words)
  return stored.ok ? success(infoOf(stored.value)) : stored
}
