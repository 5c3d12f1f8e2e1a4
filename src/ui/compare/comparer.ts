/**
 * What stands behind Compare: the comparison being set up (it lives in the address), the one that is open with its cells,
 * and the moves between them. What was computed once is found again: settings that a stored comparison has open it.
 */
import type { Cell } from '../../core/comparison/cell.ts'
import type { Comparison } from '../../core/comparison/comparison.ts'
import { formatComparison, parseComparison } from '../../core/comparison/comparison-address.ts'
import type { Failure } from '../../core/failure.ts'
import type {
  CellPlace,
  ComparisonInfo,
  ComparisonProgress,
  LabUpdate,
  OpenedComparison,
} from '../../worker/protocol/lab-api.ts'
import { keptByPage } from '../parts/kept-by-page.ts'
import { adoptSettings } from '../settings/adopt-settings.ts'
import { Newest } from '../state/newest.ts'
import type { PageState } from '../state/page-state.ts'
import { formatHash } from '../state/settings-hash.ts'
import { Turns } from '../state/turns.ts'
import { formatCompareHash, parseCompareHash, sameComparison } from './compare-hash.ts'
import { rememberSeconds } from './setup/expected-time.ts'
import type { View } from './views.ts'

export class Comparer {
  draft: Comparison
  view: View = 'results'
  /** Sentences about the last change of the draft. */
  corrections: readonly Failure[] = []
  progress: ComparisonProgress | undefined
  cells: readonly Cell[] = []
  earlier: readonly ComparisonInfo[] = []
  /** The open one was stopped: it waits among the earlier ones. */
  stopped = false
  readonly #page: PageState
  readonly #work = new Turns()
  readonly #lists = new Newest()
  #working = 0
  /** The address as it was last read or written. */
  #hash = ''
  #agentsOf = ''
  /** When the running one was begun, if it has not been paused since. */
  #begunAtMs: number | undefined

  constructor(page: PageState) {
    this.#page = page
    this.draft = parseComparison({}).comparison
    page.hearers.add((update) => this.#hear(update))
    page.changes.subscribe(() => this.#follow())
    this.#follow()
  }

  /** Whether the results that stand there are those of the settings that stand there. */
  get current(): boolean {
    return this.progress !== undefined && sameComparison(this.progress.info.comparison, this.draft)
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

  /** Takes values by their names in an address; what is out of range is corrected and said. */
  change(values: Readonly<Record<string, string>>): void {
    const { comparison, corrections } = parseComparison({ ...formatComparison(this.draft), ...values })
    this.draft = comparison
    this.corrections = corrections
    this.#write()
  }

  /** Takes a whole comparison, as a preset gives it. */
  adopt(comparison: Comparison): void {
    this.change(formatComparison(comparison))
  }

  show(view: View): void {
    this.view = view
    this.#write()
  }

  /** From the settings as they stand there. */
  async run(): Promise<void> {
    const { draft } = this
    await this.#while(async () => {
      const opened = await this.#page.notices.ask(this.#page.lab.compare(formatComparison(draft)))
      if (opened !== undefined) this.#take(opened)
      this.#begunAtMs = performance.now()
      await this.list()
    })
  }

  async pause(): Promise<void> {
    this.#begunAtMs = undefined
    await this.#while(() => this.#page.notices.ask(this.#page.lab.pauseComparison()))
  }

  async resume(): Promise<void> {
    this.stopped = false
    await this.#while(() => this.#page.notices.ask(this.#page.lab.startComparison()))
  }

  /** Pauses for good: what is there stays, among the earlier ones too. */
  async stop(): Promise<void> {
    await this.pause()
    this.stopped = true
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
    const opened = await this.#open(info)
    if (opened === undefined || this.draft !== draft) return
    if (this.view === view) this.view = 'results'
    this.draft = opened.progress.info.comparison
    this.corrections = []
    this.#write()
  }

  #open(info: ComparisonInfo): Promise<OpenedComparison | undefined> {
    return this.#while(async () => {
      const opened = await this.#page.notices.ask(this.#page.lab.openComparison(info.id))
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

  /** Opens the run behind a cell in Explore. @returns whether it could */
  async openCell({ arm, seed, budget }: CellPlace): Promise<boolean> {
    const page = this.#page
    const { lab, library, opener, player, settings } = page
    const before = formatHash(settings.config)
    const enter = (): void => {
      opener.inviting = false
      // What the visitor has set meanwhile is for the next run.
      if (formatHash(settings.config) === before) adoptSettings(page)
      page.address.go('explore')
      player.play()
      void library.refresh()
    }
    return this.#while(() => opener.bring(() => lab.openCell({ arm, seed, budget }), enter))
  }

  /** Keeps the policy that a cell trained, as an agent that can be chosen anywhere. */
  async keepCell({ arm, seed, budget }: CellPlace, name: string): Promise<void> {
    await this.#while(async () => {
      const agent = await this.#page.notices.ask(this.#page.lab.agent('keepCell', { arm, seed, budget }, name))
      if (agent === undefined) return
      this.#page.notices.tell(`Kept "${agent.name}": it can be chosen as an agent, and as a start policy.`)
      await this.#page.library.refreshAgents(agent.environment)
    })
  }

  #write(): void {
    this.#hash = `#${this.link}`
    this.#page.address.compareHash = this.#hash
    if (location.hash !== this.#hash) history.replaceState(null, '', this.#hash)
    this.#askAgents()
    this.#page.changes.say()
  }

  /** Reads the address where it has changed under us: at first, after a link, Back or Forward. */
  #follow(): void {
    const { workspace, compareHash } = this.#page.address
    if (workspace !== 'compare' || compareHash === this.#hash) return
    const first = this.#hash === ''
    this.#hash = compareHash
    const { comparison, corrections, view } = parseCompareHash(compareHash)
    this.draft = comparison
    this.corrections = corrections
    this.view = view
    this.#write()
    void (first ? this.list() : Promise.resolve()).then(() => this.#find())
  }

  /** Opens the newest stored comparison of these settings, if there is one and nothing runs. */
  async #find(): Promise<void> {
    await this.#work.idle()
    if (this.current || this.running) return
    const same = this.earlier.find(({ comparison, cells }) => cells > 0 && sameComparison(comparison, this.draft))
    if (same !== undefined) await this.#open(same)
    this.#page.changes.say()
  }

  /** Saved agents can be the start. Without them the shipped ones can. */
  #askAgents(): void {
    const { environment } = this.draft
    if (this.#agentsOf === environment) return
    this.#agentsOf = environment
    this.#page.library.refreshAgents(environment).catch(() => undefined)
  }

  #take(opened: OpenedComparison | undefined): void {
    this.#begunAtMs = undefined
    this.progress = opened?.progress
    this.cells = opened?.cells ?? []
    this.stopped = false
    for (const { message } of opened?.corrections ?? []) this.#page.notices.fail(message)
    this.#page.changes.say()
  }

  #hear(update: LabUpdate): void {
    if (update.type !== 'comparison' || update.progress.info.id !== this.progress?.info.id) return
    const { progress, newCells } = update
    // Updates and answers come over two ports: an older one may arrive later.
    if (progress.revision > this.progress.revision) this.progress = progress
    if (newCells.length > 0) this.cells = merged(this.cells, newCells)
    if (progress.status === 'finished') {
      if (this.#begunAtMs !== undefined)
        rememberSeconds(progress.info.comparison, (performance.now() - this.#begunAtMs) / 1000)
      this.#begunAtMs = undefined
      void this.list()
    }
  }

  async #while<T>(work: () => Promise<T>): Promise<T> {
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

/** Each cell once, whichever way it came. */
function merged(cells: readonly Cell[], more: readonly Cell[]): readonly Cell[] {
  const key = ({ arm, seed, budget }: Cell): string => `${arm}/${seed}/${budget}`
  const all = new Map(cells.map((cell) => [key(cell), cell]))
  for (const cell of more) all.set(key(cell), cell)
  return [...all.values()]
}
