/** The same run in Node, to compare with. */
import { unwrap } from '../../src/core/failure.ts'
import { createNodeLab } from '../../src/node/node-lab.ts'
import type { Lab } from '../../src/worker/lab/lab.ts'
import type { ExportFormat } from '../../src/worker/protocol/files.ts'

interface BroughtFile {
  readonly name: string
  readonly text: string
}

interface FinishedRun {
  readonly lab: Lab
  readonly id: string
}

/** By settings. Each run is made once for the tests that a thread runs, and ends with it. */
const runs = new Map<string, Promise<FinishedRun>>()

/** The export of a run made in Node from the shipped files. */
export async function nodeExport(settings: Record<string, unknown>, format: ExportFormat): Promise<string> {
  const key = JSON.stringify(settings)
  const run = runs.get(key) ?? finishedRun(settings)
  runs.set(key, run)
  return exported(await run, format)
}

/** The export of a run made in Node from brought files. */
export async function nodeExportOf(
  brought: readonly BroughtFile[],
  settings: Record<string, unknown>,
  format: ExportFormat,
): Promise<string> {
  const run = await finishedRun(settings, brought)
  const text = await exported(run, format)
  await run.lab.close()
  return text
}

async function finishedRun(
  settings: Record<string, unknown>,
  brought: readonly BroughtFile[] = [],
): Promise<FinishedRun> {
  const lab = createNodeLab()
  if (brought.length > 0) unwrap(await lab.loadData(brought.map(({ name, text }) => new File([text], name))))
  const { id, config } = unwrap(await lab.create(settings)).progress.info
  for (let task = 0; task < config.tasks; task++) await lab.advance('task')
  await lab.advance('event')
  return { lab, id }
}

async function exported({ lab, id }: FinishedRun, format: ExportFormat): Promise<string> {
  return unwrap(await lab.export(id, format)).file.text()
}
