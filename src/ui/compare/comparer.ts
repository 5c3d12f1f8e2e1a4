/**
 * What stands behind Compare: the comparison being set up (it lives in the address), the one that is open with its cells,
 * and the moves between them. What was computed once is found again: settings that a stored comparison has open it.
 */
import type { Cell } from '../../core/comparison/cell.ts'
import { COMPARED_POLICIES, type Comparison } from '../../core/comparison/comparison.ts'
import { formatComparison, parseComparison } from '../../core/comparison/comparison-address.ts'
import { defaultComparison, recordedComparison, recordedId } from '../../core/comparison/default-comparison.ts'
import type { Failure } from '../../core/failure.ts'
import { Turns } from '../../core/turns.ts'
import type { ComparisonInfo, ComparisonProgress, OpenedComparison } from '../../worker/protocol/lab-api.ts'
import { keptByPage } from '../parts/kept-by-page.ts'
import { Newest } from '../state/newest.ts'
import type { PageState } from '../state/page-state.ts'
import { formatCompareHash, parseCompareHash, sameComparison } from './compare-hash.ts'
import { OpenComparison } from './open-comparison.ts'
import { Paces } from './setup/paces.ts'
import type { View } from './views.ts'

export class Comparer {
  draft: Comparison
  view: View = 'results'
  /** Name of the picture that the address is about, until it is in view. */
  figure = ''
  /** Sentences about the last change of the draft. */
  corrections: readonly Failure[] = []
  earlier: readonly ComparisonInfo[] = []
  readonly #page: PageState
  readonly #open = new OpenComparison()
  readonly #work = new Turns()
  readonly #lists = new Newest()
  readonly #paces: Paces
  #working = 0
  /** The address as it was last read or written. */
  #hash = ''
  #agentsOf = ''

  constructor(page: PageState) {
    this.#page = page
    this.#paces = new Paces(page)
    this.draft = parseComparison({}).comparison
    page.hearers.add((update) => {
      if (update.type === 'comparison' && this.#open.hear(update)) void this.list()
    })
    page.again.add(() => void this.#revive())
    page.changes.subscribe(() => this.#follow())
    this.#follow()
  }

  get progress(): ComparisonProgress | undefined {
    return this.#open.progress
  }

  get cells(): readonly Cell[] {
    return this.#open.cells
  }

  /** The open one was stopped: it waits among the earlier ones. */
  get stopped(): boolean {
    return this.#open.stopped
  }

  /** Whether the results that stand there are those of the settings that stand there. */
  get current(): boolean {
    return this.progress !== undefined && sameComparison(this.progress.info.comparison, this.draft)
  }

  /** Whether the open one ships with the page. */
  get recorded(): boolean {
    const info = this.progress?.info
    return info !== undefined && info.id === recordedId(info.comparison.environment)
  }

  /** How quick this machine is at what is being set up; undefined until it is measured. */
  get pace(): number | undefined {
    return this.#paces.of(this.draft)
  }

  get secondsLeft(): number | undefined {
    return this.#open.secondsLeft
  }

  /** While the lab is asked for something that cannot be asked twice. */
  get busy(): boolean {
    return this.#working > 0
  }

  get running(): boolean {
    return this.progress?.status === 'running'
  }

  /** The part of the address after `#`, without settings that are someone else's. */
  get link(): string {
    return formatCompareHash(this.draft, this.view)
  }

  /** To one picture of what stands there. */
  linkTo(figure: string): string {
    return `#${formatCompareHash(this.draft, this.view, figure)}`
  }

  /** Takes values by their names in an address; what is out of range is corrected and said. */
  change(values: Readonly<Record<string, string>>): void {
    this.#set({ ...formatComparison(this.draft), ...values })
  }

  /** With it goes what was brought for the one before. */
  changeEnvironment(environment: string): void {
    this.change({ environment, data: '' })
  }

  /** Who is compared: what suits the one does not suit the other, so that all but the environment is as it is by default. */
  changePolicy(policy: string): void {
    const { environment } = this.draft
    const named = COMPARED_POLICIES.find((name) => name === policy)
    if (named === 'transformer') this.adopt({ ...defaultComparison(named), environment })
    else if (named === 'linear') this.adopt(recordedComparison(environment))
  }

  /** Takes a whole comparison, as a preset gives it: what it does not name is as by default. */
  adopt(comparison: Comparison): void {
    this.#set(formatComparison(comparison))
  }

  #set(words: Readonly<Record<string, string>>): void {
    const { comparison, corrections } = parseComparison(words)
    this.draft = comparison
    this.corrections = corrections
    this.#write()
    void this.#find()
  }

  show(view: View): void {
    const other = view !== this.view
    this.view = view
    this.#write(other)
  }

  /** From the settings as they stand there. */
  async run(): Promise<void> {
    const { draft } = this
    await this.while(async () => {
      const opened = await this.#page.notices.ask(this.#page.lab.compare(formatComparison(draft)))
      if (opened !== undefined) this.#take(opened)
      this.#open.begun(this.pace)
      await this.list()
    })
  }

  async pause(): Promise<void> {
    this.#open.paused()
    await this.while(() => this.#page.notices.ask(this.#page.lab.pauseComparison()))
  }

  async resume(): Promise<void> {
    this.#open.stopped = false
    this.#open.begun(this.pace)
    await this.while(() => this.#page.notices.ask(this.#page.lab.startComparison()))
  }

  /** Pauses for good: what is there stays, among the earlier ones too. */
  async stop(): Promise<void> {
    await this.pause()
    this.#open.stopped = true
    await this.list()
  }

  /** Run, pause or go on: whatever comes next. */
  async toggle(): Promise<void> {
    if (this.busy) return
    if (this.running) await this.pause()
    else if (this.current && this.progress?.status === 'paused') await this.resume()
    else await this.run()
  }

  /** Opens an earlier one, its settings too unless others have been set up meanwhile. */
  async open(info: ComparisonInfo): Promise<void> {
    const { draft, view } = this
    const opened = await this.#bring(info.id)
    if (opened === undefined || this.draft !== draft) return
    if (this.view === view) this.view = 'results'
    this.draft = opened.progress.info.comparison
    this.corrections = []
    this.#write()
  }

  #bring(id: string): Promise<OpenedComparison | undefined> {
    return this.while(async () => {
      const opened = await this.#page.notices.ask(this.#page.lab.openComparison(id))
      if (opened !== undefined) this.#take(opened)
      return opened
    })
  }

  async remove(info: ComparisonInfo): Promise<void> {
    const removed = await this.#page.notices.ask(this.#page.lab.removeComparison(info.id))
    if (removed === undefined) return
    if (this.progress?.info.id === info.id) this.#take(undefined)
    await this.list()
  }

  async list(): Promise<void> {
    const newest = this.#lists.next()
    try {
      const earlier = await this.#page.lab.comparisons()
      if (newest()) this.earlier = earlier
    } catch {
      this.#page.notices.fail('The earlier comparisons could not be read.')
    }
    this.#page.changes.say()
  }

  /** The lab was started anew: what it has stored of the open one is there again, and goes on if it was going on. */
  async #revive(): Promise<void> {
    const { progress } = this
    await this.list()
    const id = progress?.info.id
    if (id === undefined || !(this.recorded || this.earlier.some((stored) => stored.id === id))) this.#take(undefined)
    else if ((await this.#bring(id)) !== undefined && progress?.status === 'running') await this.resume()
  }

  /** @param entry whether Back shall come to where it stood before */
  #write(entry = false): void {
    this.#hash = `#${this.link}`
    this.#page.address.standInCompare(this.#hash, entry)
    this.#askAgents()
    this.#page.changes.say()
  }

  /** Reads the address where it has changed under us: at first, after a link, Back or Forward. */
  #follow(): void {
    const { workspace, hashes } = this.#page.address
    if (workspace !== 'compare' || hashes.compare === this.#hash) return
    const first = this.#hash === ''
    this.#hash = hashes.compare
    const { comparison, corrections, view, figure } = parseCompareHash(hashes.compare)
    this.figure = figure
    this.draft = comparison
    this.corrections = corrections
    this.view = view
    this.#write()
    void (first ? this.list() : Promise.resolve()).then(() => this.#find())
  }

  /** Opens the newest stored comparison of these settings, or the recorded one, if there is one and nothing runs. */
  async #find(): Promise<void> {
    await this.#work.idle()
    if (this.current || this.running) return
    const { draft } = this
    const same = this.earlier.find(({ comparison, cells }) => cells > 0 && sameComparison(comparison, draft))
    if (same !== undefined) await this.#bring(same.id)
    else if (sameComparison(draft, recordedComparison(draft.environment))) await this.#bringRecorded(draft.environment)
    this.#page.changes.say()
    if (!this.running && !this.busy && this.view === 'results')
      await this.#paces.measure(this.draft, () => this.running)
  }

  /** Where it cannot be had, the invitation to run it stays. */
  #bringRecorded(environment: Comparison['environment']): Promise<void> {
    return this.while(async () => {
      const opened = await this.#page.lab.openComparison(recordedId(environment)).catch(() => undefined)
      if (opened?.ok) this.#take(opened.value)
    })
  }

  /** Saved agents can be the start. Without them the shipped ones can. */
  #askAgents(): void {
    const { environment } = this.draft
    if (this.#agentsOf === environment) return
    this.#agentsOf = environment
    this.#page.library.refreshAgents(environment).catch(() => undefined)
  }

  #take(opened: OpenedComparison | undefined): void {
    this.#open.take(opened)
    for (const { message } of opened?.corrections ?? []) this.#page.notices.fail(message)
    this.#page.changes.say()
  }

  /** Work of the lab that cannot be asked for twice. */
  async while<T>(work: () => Promise<T>): Promise<T> {
    this.#working++
    this.#page.changes.say()
    try {
      return await this.#work.take(work)
    } finally {
      this.#working--
      this.#page.changes.say()
    }
  }
}

/** That of a page. */
export const comparerOf = keptByPage((page) => new Comparer(page))
