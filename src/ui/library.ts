/** The runs that are kept, and everything that goes in and out of the page as a file. */

import type { DataInfo, ExportFormat, LabApi, RunInfo } from '../worker/protocol.ts'
import type { Changes } from './changes.ts'
import { countText, plural } from './format.ts'
import type { Notices } from './notices.ts'

export const EXPORT_WORDS: Record<ExportFormat, { readonly label: string; readonly explanation: string }> = {
  'trl-dpo': {
    label: 'Preference pairs for TRL (JSONL)',
    explanation: 'One line a pair: prompt, chosen, rejected; a trainer reads it without a script.',
  },
  run: { label: 'The run itself (JSONL)', explanation: 'Every event, to open it again here or read it anywhere.' },
}

export class Library {
  runs: readonly RunInfo[] = []
  data: DataInfo | undefined
  storage: { readonly used: number; readonly room: number } | undefined
  /** What is going on, in words; undefined when nothing is. */
  busy: string | undefined
  readonly #lab: LabApi
  readonly #changes: Changes
  readonly #notices: Notices

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

  /** Run files are imported, official WebShop files replace the data. @returns the last run imported */
  async takeFiles(files: readonly File[]): Promise<RunInfo | undefined> {
    let imported: RunInfo | undefined
    const data = files.filter((file) => file.name.endsWith('.json'))
    const runs = files.filter((file) => file.name.endsWith('.jsonl'))
    for (const file of files) {
      if (!data.includes(file) && !runs.includes(file))
        this.#notices.fail(`${file.name} is neither a run (.jsonl) nor a WebShop data file (.json); it was left alone.`)
    }
    for (const file of runs) {
      const run = await this.#while(`Reading ${file.name}`, this.#notices.ask(this.#lab.importRun(file)))
      if (run === undefined) continue
      imported = run
      this.#notices.tell(`Imported "${run.name}": ${plural(run.tasksFinished, 'task')}, ${plural(run.pairs, 'pair')}.`)
    }
    if (data.length > 0) await this.#takeData('Reading the WebShop files', this.#lab.loadData(data))
    if (runs.length > 0) await this.refresh()
    return imported
  }

  async useShippedData(): Promise<void> {
    await this.#takeData('Going back to the shipped catalogue', this.#lab.shippedData())
  }

  async #takeData(words: string, call: ReturnType<LabApi['loadData']>): Promise<void> {
    const data = await this.#while(words, this.#notices.ask(call))
    if (data === undefined) return
    this.data = data
    this.#notices.tell(`New runs use ${data.name}: ${countText(data.products)} products.`)
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

function download(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000) // the download has begun long before
}
