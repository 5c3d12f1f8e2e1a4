/** What stands behind the builder of data sets: what was chosen, what would come of it, and what was written. */
import { success } from '../../../core/failure.ts'
import type {
  DatasetChoices,
  DatasetFormatInfo,
  DatasetOrder,
  DatasetPreview,
  LabUpdate,
  RunInfo,
  WrittenDataset,
} from '../../../worker/protocol/lab-api.ts'
import { download } from '../../parts/download.ts'
import { keptByPage } from '../../parts/kept-by-page.ts'
import { Newest } from '../../state/newest.ts'
import type { PageState } from '../../state/page-state.ts'

/** Whoever types a number has not said all of it at the first digit. */
const REST_MS = 250

export class Builder {
  order: DatasetOrder = { runs: [], format: 'trl-dpo', testShare: 0, choices: {} }
  formats: readonly DatasetFormatInfo[] = []
  /** What runs are looked for by, among many. */
  words = ''
  /** Of the order, or of the one before it while that is looked at; undefined for no run, and where it failed. */
  preview: DatasetPreview | undefined
  looking = false
  /** How far what is being written is; undefined while nothing is. */
  writing: { readonly done: number; readonly of: number } | undefined
  written: WrittenDataset | undefined
  readonly #page: PageState
  readonly #newest = new Newest()
  #resting: ReturnType<typeof setTimeout> | undefined
  #hash: string | undefined
  #listed: readonly RunInfo[] | undefined

  constructor(page: PageState) {
    this.#page = page
  }

  /** While it stands on the page. @returns ends that */
  stand(): () => void {
    const { hearers, again, library } = this.#page
    const hear = (update: LabUpdate): void => this.#hear(update)
    const look = (): void => void this.look()
    hearers.add(hear)
    again.add(look)
    void library.refresh().then(() => this.begin())
    return () => {
      hearers.delete(hear)
      again.delete(look)
    }
  }

  async begin(): Promise<void> {
    const { lab, notices, changes } = this.#page
    if (this.formats.length === 0) this.formats = (await notices.ask(lab.dataset('formats'))) ?? []
    if (!this.follow()) await this.look()
    changes.say()
  }

  /**
   * Runs that are gone are chosen no longer; the run that the address names is, else at first the open one.
   * @returns whether others are chosen than before
   */
  follow(): boolean {
    const gone = this.#forgetGone()
    return this.#followAddress() || gone
  }

  #followAddress(): boolean {
    const { address, explorer, library } = this.#page
    const { data } = address.hashes
    if (data === this.#hash || library.runs.length === 0) return false
    const open = this.#hash === undefined ? explorer.progress?.info.id : undefined
    const named = new URLSearchParams(data.slice(1)).get('run') ?? open
    if (this.#hash === undefined && named === undefined) return false // the first run is on its way
    this.#hash = data
    if (!library.runs.some(({ id }) => id === named) || named === undefined) return false
    this.change({ runs: [named] }, 0)
    return true
  }

  #forgetGone(): boolean {
    const listed = this.#page.library.runs
    if (listed === this.#listed) return false
    this.#listed = listed
    const known = new Set(listed.map(({ id }) => id))
    const runs = this.order.runs.filter((id) => known.has(id))
    const gone = runs.length < this.order.runs.length
    if (gone) this.change({ runs }, 0)
    return gone
  }

  change(part: Partial<DatasetOrder>, restMs = REST_MS): void {
    this.order = { ...this.order, ...part }
    this.written = undefined
    clearTimeout(this.#resting)
    this.#resting = setTimeout(() => void this.look(), restMs)
    this.looking = true
    this.#page.changes.say()
  }

  search(words: string): void {
    this.words = words
    this.#page.changes.say()
  }

  /** @param choices those that change; undefined is what they are by default */
  choose(choices: { readonly [K in keyof DatasetChoices]?: DatasetChoices[K] | undefined }): void {
    const all = Object.entries({ ...this.order.choices, ...choices }).filter(([, value]) => value !== undefined)
    this.change({ choices: Object.fromEntries(all) })
  }

  async look(): Promise<void> {
    const { lab, notices, changes } = this.#page
    const newest = this.#newest.next()
    this.looking = this.order.runs.length > 0
    if (!this.looking) this.preview = undefined
    changes.say()
    if (!this.looking) return
    const asked = lab.dataset('preview', this.order).then((result) => {
      const overtaken = !result.ok && result.failure.code === 'superseded'
      return overtaken ? success(undefined) : result
    })
    const preview = await notices.ask(asked)
    if (!newest()) return
    this.preview = preview
    this.looking = false
    changes.say()
  }

  async write(): Promise<void> {
    const { lab, notices, changes, atWork } = this.#page
    this.writing = { done: 0, of: 0 }
    this.written = undefined
    atWork.add(this)
    changes.say()
    const order = this.order
    const written = await notices.ask(lab.dataset('write', order))
    atWork.delete(this)
    this.writing = undefined
    const [first] = written?.files ?? []
    if (first !== undefined) download(first.file, first.name)
    if (order === this.order) this.written = written
    changes.say()
  }

  stop(): void {
    void this.#page.notices.ask(this.#page.lab.dataset('stop'))
  }

  #hear(update: LabUpdate): void {
    if (update.type === 'dataset' && this.writing !== undefined) this.writing = update
  }
}

export const builderOf = keptByPage((page) => new Builder(page))
