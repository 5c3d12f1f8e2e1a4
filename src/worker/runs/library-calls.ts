/** What changes the library of runs: new runs, names, removal, files in and out. Fetched with the first of them. */

import { drawTasks, runHeader } from '../../core/exploration/run-plan.ts'
import { failure, type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import { batchesOf } from '../../store/batch.ts'
import type { Store } from '../../store/store.ts'
import type { LabPorts } from '../lab/on-demand/on-demand-calls.ts'
import type { ExportedFile, ExportFormat } from '../protocol/files.ts'
import type { RunInfo, StartedRun } from '../protocol/runs.ts'
import { emptyRecord, infoOf } from './records.ts'
import { cleanName, firstName, newRunId } from './run-names.ts'
import { isShipped, SHIPPED_WORDS } from './shipped-runs.ts'

type Named = { readonly id: string; readonly name: string }

export async function createRun(
  ports: LabPorts,
  settings: Readonly<Record<string, unknown>>,
): Promise<Result<StartedRun>> {
  const { config, corrections } = parseConfig(settings)
  const made = await makeRun(ports, config, { id: newRunId(), name: firstName(config) })
  if (!made.ok) return made
  const opened = await ports.open(made.value)
  return opened.ok ? success({ progress: opened.value.progress, corrections }) : opened
}

/** Stores the head of a new run; its id. */
export async function makeRun(
  { parts, store, worldOf }: LabPorts,
  config: RunConfig,
  named: Named,
): Promise<Result<string>> {
  const world = await worldOf(config)
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

export async function renameRun({ store, session }: LabPorts, runId: string, name: string): Promise<Result<RunInfo>> {
  const clean = cleanName(name)
  if (clean === undefined) return failure('name-empty', 'A run needs a name; the old one was kept.')
  if (isShipped(runId)) return failure('run-read-only', SHIPPED_WORDS)
  const renamed = await store.rename(runId, clean)
  if (!renamed.ok) return renamed
  const open = session()
  if (open?.id !== runId) return success(infoOf(renamed.value))
  open.rename(clean)
  return success(open.progress.info)
}

export async function removeRun({ parts, store, session, close }: LabPorts, runId: string): Promise<Result<true>> {
  if (isShipped(runId)) return failure('run-read-only', SHIPPED_WORDS)
  const open = session()
  if (open?.id === runId && !open.elsewhere) await close()
  const release = await parts.locks.acquire(runId)
  if (release === undefined) {
    const words = 'This run is being written in another tab, so it was not deleted.'
    return failure('run-elsewhere', `${words} Close it there first.`)
  }
  try {
    if (session()?.id === runId) await close()
    return await store.remove(runId)
  } finally {
    await release()
  }
}

/** Imports that a crash cut short; one that another tab is writing right now is left alone. */
export async function removeDrafts({ parts, store }: LabPorts, drafts: readonly string[]): Promise<Result<true>> {
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
export async function writtenStoreOf({ session, storeOf }: LabPorts, runId: string): Promise<Result<Store>> {
  const open = session()
  const written = open?.id === runId ? await open.flush(true) : success(true)
  return written.ok ? success(await storeOf(runId)) : written
}

export async function exportRun(ports: LabPorts, runId: string, format: ExportFormat): Promise<Result<ExportedFile>> {
  const written = await writtenStoreOf(ports, runId)
  if (!written.ok) return written
  const record = await written.value.run(runId)
  if (!record.ok) return record
  const code = await fetched(() => import('./export-run.ts'))
  if (!code.ok) return code
  return code.value.exportRun(written.value, record.value, format, (name) => ports.parts.openSink(name))
}

export async function importRun({ parts, store }: LabPorts, file: File): Promise<Result<RunInfo>> {
  const code = await fetched(() => import('./import-run.ts'))
  if (!code.ok) return code
  const { checkRunFile, storeRunFile } = code.value
  const checked = await checkRunFile(file.stream())
  if (!checked.ok) return checked
  const id = newRunId()
  const name = cleanName(file.name.replace(/(\.run)?\.(jsonl|json|ndjson|txt)$/i, '')) ?? 'Imported run'
  const release = await parts.locks.acquire(id)
  try {
    const words = { id, name, createdAtMs: parts.date(), origin: 'imported' } as const
    const stored = await storeRunFile(store, file.stream(), words)
    return stored.ok ? success(infoOf(stored.value)) : stored
  } finally {
    await release?.()
  }
}
