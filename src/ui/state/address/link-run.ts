/**
 * The run that a link means: one of the library with the same settings on the same data, else made anew, which gives the
 * same events (decision 0002). Its code is fetched with the first link that means a run.
 */
import { failure, type Result } from '../../../core/failure.ts'
import { parseConfig } from '../../../core/settings/parse-config.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import { SHIPPED_DATA } from '../../../core/settings/shipped-data.ts'
import type { LabApi, OpenedRun, RunProgress } from '../../../worker/protocol/lab-api.ts'
import type { Library } from '../library.ts'
import { formatSettings } from './format.ts'
import type { ParsedAddress } from './parse.ts'

export interface LinkPorts {
  readonly lab: LabApi
  readonly library: Pick<Library, 'runs' | 'data'>
  /** Whether the visitor has wished for nothing else since: then it is given up where it stands. */
  wanted(): boolean
  /** What is being done. */
  say(words: string): void
}

const MAKING = 'Making the run of this link anew'

/** @returns the run, explored to the task of the link as far as it can be */
export async function runOfLink(ports: LinkPorts, address: ParsedAddress): Promise<Result<OpenedRun>> {
  const { lab, library } = ports
  const { config, spot } = address
  const data = address.data || SHIPPED_DATA[config.environment]
  const wanted = formatSettings(config)
  for (const run of library.runs) {
    // Older runs may have fewer settings than there are now.
    if (formatSettings(parseConfig({ ...run.config }).config) !== wanted) continue
    const opened = await lab.open(run.id)
    if (!ports.wanted()) return opened
    if (opened.ok && opened.value.progress.data.fingerprint === data)
      return explored(ports, opened.value.progress, spot.task ?? 1, opened)
  }
  const refusal = whyNot(config, data, library)
  if (refusal !== undefined) return failure('link', `${refusal} The example stands here.`)
  ports.say(MAKING)
  const made = await lab.create({ ...config })
  return made.ok ? explored(ports, made.value.progress, spot.task ?? 1) : made
}

/** Why a run cannot be made anew from its settings, in a sentence; undefined if it can. */
function whyNot({ policy, environment }: RunConfig, data: string, library: LinkPorts['library']): string | undefined {
  const known = library.data[environment]
  const here = typeof known === 'object' ? known.fingerprint : SHIPPED_DATA[environment]
  if (policy === 'human')
    return 'In the run of this link somebody acts: it cannot be made anew, but "Start a fresh run" lets you act with these settings.'
  if (policy === 'file')
    return 'The run of this link was made from a file, so it cannot be made anew from the link: ask for the file.'
  if (policy === 'browser-model')
    return 'The run of this link asked the browser’s own model, which takes no seed and answers otherwise each time, so it cannot be made anew: ask for it as a file, or start another one with these settings.'
  if (policy !== 'linear' && policy !== 'transformer')
    return 'The run of this link asks a language model, so it cannot be made anew from the link: ask for it as a file, or start a fresh one with these settings.'
  if (data === here) return undefined
  return data === SHIPPED_DATA[environment]
    ? 'The run of this link was made with the data that ships with the page, and new runs use your files now: choose the shipped data under "Data", then open the link again.'
    : 'The run of this link was made with other data than is here: bring its files to the page, then open the link again.'
}

async function explored(
  { lab, wanted, say }: LinkPorts,
  begun: RunProgress,
  task: number,
  opened?: Result<OpenedRun>,
): Promise<Result<OpenedRun>> {
  const last = Math.min(task, begun.info.config.tasks)
  let progress = begun
  const missing = (): boolean => !progress.info.finished && progress.blocked === undefined && !progress.waiting
  while (missing() && progress.info.tasksFinished < last && wanted()) {
    say(`${MAKING}: task ${progress.info.tasksFinished + 1} of ${last}`)
    const next = await lab.advance('task')
    if (!next.ok) return next
    progress = next.value
  }
  // After the last task there is one event more, which belongs to none: the run's own end.
  if (missing() && progress.info.tasksFinished >= progress.info.config.tasks) await lab.advance('event')
  // As the library has it now, with all tasks that came of it.
  return opened !== undefined && progress === begun ? opened : lab.open(begun.info.id)
}
