/** The runs that are kept, and everything that goes in and out of the page as a file. */

import type { AgentInfo, DataInfo, ExportFormat, LabApi, RunConfig, RunInfo } from '../worker/protocol.ts'
import type { Changes } from './changes.ts'
import { DATA_WORDS } from './environment-words.ts'
import { plural } from './format.ts'
import type { Notices } from './notices.ts'

export const EXPORT_WORDS: Record<ExportFormat, { readonly label: string; readonly explanation: string }> = {
  'trl-dpo': {
    label: 'Preference pairs for TRL (JSONL)',
    explanation: 'One line a pair: prompt, chosen, rejected; a trainer reads it without a script.',
  },
  run: { label: 'The run itself (JSONL)', explanation: 'Every event, to open it again here or read it anywhere.' },
}

type Environment = RunConfig['environment']

export class Library {
  runs: readonly RunInfo[] = []
  /** What new runs of an environment use; undefined until it stands ready, `failed` where it could not be had. */
  readonly data: Partial<Record<Environment, DataInfo | 'failed'>> = {}
  /** Undefined until somebody asked. */
  readonly agents: Partial<Record<Environment, readonly AgentInfo[]>> = {}
  storage: { readonly used: number; readonly room: number } | undefined
  /** What is going on, in words; undefined when nothing is. */
  busy: string | undefined
  readonly #lab: LabApi
  readonly #changes: Changes
  readonly #notices: Notices
  readonly #wanted = new Set<Environment>()

  constructor(lab: LabApi, changes: Changes, notices: Notices) {
    this.#lab = lab
    this.#changes = changes
    this.#notices = notices
  }

  async refresh(): Promise<void> {
    try {
      this.runs = await this.#lab.runs()
    } catch {
      this.#notices.fail('The library of runs could not be read.')
    }
    this.#changes.say()
  }

  /** Has the data of an environment made ready. Does nothing where it stands ready; where it failed, tries again. */
  async want(environment: Environment): Promise<void> {
    if (this.#wanted.has(environment)) return
    this.#wanted.add(environment)
    const data = await this.#notices.ask(this.#lab.data(environment))
    if (data === undefined) this.#wanted.delete(environment)
    this.data[environment] = data ?? this.data[environment] ?? 'failed'
    this.#changes.say()
  }

  /** The lab has changed what an environment runs on. */
  hear(data: DataInfo): void {
    this.data[data.environment] = data
    this.#wanted.add(data.environment)
  }

  /** Asks for the agents of an environment; those known before stand there meanwhile. */
  async refreshAgents(environment: Environment): Promise<void> {
    this.agents[environment] ??= []
    const agents = await this.#notices.ask(this.#lab.agent('list', environment))
    if (agents !== undefined) this.agents[environment] = agents
    this.#changes.say()
  }

  /** Asked only when it is shown: the browser takes its time to answer. */
  async measure(): Promise<void> {
    const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {}
    this.storage = usage === undefined || quota === undefined ? undefined : { used: usage, room: quota }
    this.#changes.say()
  }

  async rename(run: RunInfo, name: string): Promise<void> {
    if (name.trim() === '' || name === run.name) return
    await this.#notices.ask(this.#lab.rename(run.id, name.trim()))
    await this.refresh()
  }

  async remove(run: RunInfo): Promise<boolean> {
    const removed = await this.#notices.ask(this.#lab.remove(run.id))
    if (removed) this.#notices.tell(`Deleted "${run.name}".`)
    await this.refresh()
    return removed === true
  }

  async export(runId: string, format: ExportFormat): Promise<void> {
    const made = await this.#while('Writing the file', this.#notices.ask(this.#lab.export(runId, format)))
    if (made === undefined) return
    if (made.lines === 0) {
      this.#notices.tell('There is nothing to write yet: the run has made no pair.')
      return
    }
    download(made.file, made.name)
    this.#notices.tell(`Wrote ${plural(made.lines, 'line')} to ${made.name}.`)
  }

  /**
   * Run files (.jsonl) are imported; official files of an environment, which is all else, replace its data.
   * @returns the last run imported, and the data taken
   */
  async takeFiles(files: readonly File[]): Promise<{ run: RunInfo | undefined; data: DataInfo | undefined }> {
    let imported: RunInfo | undefined
    let taken: DataInfo | undefined
    const runs = files.filter((file) => /\.jsonl$/i.test(file.name))
    const data = files.filter((file) => !runs.includes(file))
    for (const file of runs) {
      const run = await this.#while(`Reading ${file.name}`, this.#notices.ask(this.#lab.importRun(file)))
      if (run === undefined) continue
      imported = run
      this.#notices.tell(`Imported "${run.name}": ${plural(run.tasksFinished, 'task')}, ${plural(run.pairs, 'pair')}.`)
    }
    if (data.length > 0) taken = await this.#takeData('Reading the data files', this.#lab.loadData(data))
    if (runs.length > 0) await this.refresh()
    return { run: imported, data: taken }
  }

  async useShippedData(environment: Environment): Promise<void> {
    await this.#takeData(`Going back to the ${DATA_WORDS[environment].shipped}`, this.#lab.shippedData(environment))
  }

  async #takeData(words: string, call: ReturnType<LabApi['loadData']>): Promise<DataInfo | undefined> {
    const data = await this.#while(words, this.#notices.ask(call))
    if (data === undefined) return undefined
    this.hear(data)
    this.#notices.tell(`New runs use ${data.name}.`)
    return data
  }

  async #while<T>(words: string, work: Promise<T>): Promise<T> {
    this.busy = words
    this.#changes.say()
    try {
      return await work
    } finally {
      this.busy = undefined
      this.#changes.say()
    }
  }
}

export function download(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000) // the download has begun long before
}
