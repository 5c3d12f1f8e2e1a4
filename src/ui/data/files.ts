/** Everything that goes in and out of the page as a file. Fetched with the first one, or a moment after the first picture. */
import type { DataInfo, ExportFormat, LabApi, Restored, RunConfig, RunInfo } from '../../worker/protocol/lab-api.ts'
import { languageModels } from '../agents/model-files.ts'
import { download } from '../parts/download.ts'
import type { Intention } from '../state/intentions.ts'
import type { PageState } from '../state/page-state.ts'
import { DATA_WORDS } from '../words/data-words.ts'
import { plural, rewardText } from '../words/format.ts'
import { during } from './during.ts'
import { keptShopOf } from './kept-shop.ts'
import { isBackup, isReadable, isTrajectories, isUtf16 } from './kinds-of-files.ts'

/** Notes on files that a notice tells one by one. */
const MOST_NOTES = 3
const WRITING = 'Writing the file'

/** The run that stands in Explore; while another is being opened, that one. */
export async function exportOpenRun(page: PageState, format: ExportFormat): Promise<void> {
  await during(page, WRITING, page.intentions.idle())
  const { progress } = page.explorer
  if (progress !== undefined) await exportRun(page, progress.info.id, format)
}

export async function exportRun(page: PageState, runId: string, format: ExportFormat): Promise<void> {
  const { lab, notices } = page
  const made = await during(page, WRITING, notices.ask(lab.export(runId, format)))
  if (made === undefined) return
  if (made.lines === 0) {
    notices.tell('There is nothing to write yet: the run has made no pair.')
    return
  }
  download(made.file, made.name)
  notices.tell([`Wrote ${plural(made.lines, 'line')} to ${made.name}.`, ...(made.notes ?? [])].join(' '))
}

/**
 * Agents, language models (zips, or .safetensors with what lies beside), runs (.jsonl), other people's trajectories, and official files of an environment, which is all else; these replace its data.
 * What a file is called matters where what is in it does not tell.
 * @param wish made when they were brought
 * @param then whether an imported run is opened in Explore
 */
export async function takeFiles(
  page: PageState,
  brought: readonly File[],
  wish: Intention,
  then: 'open' | 'stay' = 'open',
): Promise<void> {
  const { lab, library, notices, settings } = page
  const readable = await those(brought, isReadable)
  for (const { name } of brought.filter((file) => !readable.includes(file)))
    notices.fail(`${name} cannot be read: it is a folder, or was moved or changed since. Choose the files themselves.`)
  const wide = await those(readable, isUtf16)
  for (const { name } of wide)
    notices.fail(`${name} is text in UTF-16, and files are read as UTF-8. Save it as UTF-8, then bring it again.`)
  const files = readable.filter((file) => !wide.includes(file))
  const named = page.view.dialog === 'agents' ? /\.json$/i : /\.agent\.json$/i
  const models = languageModels(files).flat()
  const agents = files.filter((file) => named.test(file.name) || models.includes(file))
  if (agents.length > 0) await (await import('../agents/agent-actions.ts')).importAgents(page, agents)
  const foreign = await those(
    files.filter((file) => !agents.includes(file)),
    isTrajectories,
  )
  const rest = files.filter((file) => ![...agents, ...foreign].includes(file))
  const backups = await those(rest, isBackup)
  const runs = rest.filter((file) => !backups.includes(file) && /\.jsonl$/i.test(file.name))
  const others = rest.filter((file) => ![...backups, ...runs].includes(file))
  for (const file of backups) await restore(page, file)
  const run = (await importTrajectories(page, foreign)) ?? (await importRuns(page, runs))
  const data =
    others.length > 0 ? await takeData(page, 'Reading the data files', () => lab.loadData(others)) : undefined
  if (backups.length + runs.length + foreign.length > 0) await library.refresh()
  // Whoever brings data of an environment wants to explore that one.
  if (data !== undefined && data.environment !== settings.config.environment)
    settings.change({ environment: data.environment })
  if (run !== undefined && then === 'open' && page.intentions.stands(wish)) {
    page.address.go('explore')
    await page.opener.open(run.id, undefined, wish)
  }
  page.changes.say()
}

/** All of the library, as a file. */
export async function backUp(page: PageState): Promise<void> {
  const made = await during(page, 'Backing up the library', page.notices.ask(page.lab.library('backup')))
  if (made === undefined) return
  download(made.file, made.name)
  page.notices.tell([`Wrote the library to ${made.name}.`, ...(made.notes ?? [])].join(' '))
}

async function those(files: readonly File[], are: (file: File) => Promise<boolean>): Promise<readonly File[]> {
  const is = await Promise.all(files.map(are))
  return files.filter((_, at) => is[at])
}

async function restore(page: PageState, file: File): Promise<void> {
  const report = await during(page, `Reading ${file.name}`, page.notices.ask(page.lab.library('restore', file)))
  if (report === undefined) return
  const { runs, agents, comparisons } = report
  const said = [
    restoredWords('run', runs),
    restoredWords('agent', agents),
    restoredWords('comparison', comparisons),
  ].filter((words) => words !== undefined)
  page.notices.tell(said.length === 0 ? `${file.name} has nothing in it.` : `Restored: ${said.join('; ')}.`)
}

/** `2 runs added, 1 run kept as a copy, 3 runs here already`; undefined for nothing. */
function restoredWords(what: string, { added, copied, known }: Restored): string | undefined {
  const parts = [
    ...(added > 0 ? [`${plural(added, what)} added`] : []),
    ...(copied > 0 ? [`${plural(copied, what)} kept as a copy beside what has the same id`] : []),
    ...(known > 0 ? [`${plural(known, what)} here already`] : []),
  ]
  return parts.length === 0 ? undefined : parts.join(', ')
}

/** @returns the last run imported */
async function importRuns(page: PageState, files: readonly File[]): Promise<RunInfo | undefined> {
  const { lab, notices } = page
  let imported: RunInfo | undefined
  for (const file of files) {
    const run = await during(page, `Reading ${file.name}`, notices.ask(lab.importRun(file)))
    if (run === undefined) continue
    imported = run
    notices.tell(`Imported "${run.name}": ${plural(run.tasksFinished, 'task')}, ${plural(run.pairs, 'pair')}.`)
  }
  return imported
}

/** @returns the last run that came of them */
async function importTrajectories(page: PageState, files: readonly File[]): Promise<RunInfo | undefined> {
  const { lab, notices } = page
  let imported: RunInfo | undefined
  for (const file of files) {
    const made = await during(
      page,
      `Playing the trajectories of ${file.name}`,
      notices.ask(lab.library('importTrajectories', file)),
    )
    if (made === undefined) continue
    imported = made.runs[0] ?? imported
    const played = made.runs.reduce((sum, run) => sum + run.tasksFinished, 0)
    const mean = made.runs.reduce((sum, run) => sum + run.rewardSum, 0) / Math.max(1, played)
    const words = `Played ${plural(played, 'trajectory', 'trajectories')} of ${file.name} again: mean reward ${rewardText(mean)}.`
    notices.tell([words, ...made.notes].join(' '))
  }
  return imported
}

export async function useShippedData(page: PageState, environment: RunConfig['environment']): Promise<void> {
  const words = `Going back to the ${DATA_WORDS[environment].shipped}`
  await takeData(page, words, () => page.lab.shippedData(environment))
}

/** The shop that is kept on this computer, since it is too large to be held. */
export async function useKeptShop(page: PageState): Promise<void> {
  await takeData(page, 'Opening the shop', () => page.lab.loadData('kept'))
}

async function takeData(
  page: PageState,
  words: string,
  call: () => ReturnType<LabApi['loadData']>,
): Promise<DataInfo | undefined> {
  const { library, notices } = page
  const shop = keptShopOf(page)
  page.atWork.add(shop)
  const data = await during(page, words, notices.ask(library.brought.take(() => shop.unlessStopped(call))))
  page.atWork.delete(shop)
  shop.end()
  if (data === undefined) return undefined
  library.hear(data)
  page.camera.clear()
  notices.tell([`New runs use ${data.name}.`, ...leftOut(data.notes ?? [])].join(' '))
  return data
}

/** What was left out of files, as far as a notice has room. */
function leftOut(notes: readonly string[]): readonly string[] {
  const more = notes.length - MOST_NOTES
  return more > 0
    ? [...notes.slice(0, MOST_NOTES), `${plural(more, 'more statement')} of the files are left out.`]
    : notes
}
