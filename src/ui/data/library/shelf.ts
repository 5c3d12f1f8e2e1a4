/** What stands behind the library: what is searched for, what is selected, what was deleted, how much each takes. */
import type { DiscardedRun, LabelChange, RunInfo } from '../../../worker/protocol/lab-api.ts'
import { keptByPage } from '../../parts/kept-by-page.ts'
import type { PageState } from '../../state/page-state.ts'
import { plural } from '../../words/format.ts'
import { measure } from '../run-actions.ts'
import { EVERYTHING, found, type Search, type Sort } from './found.ts'

export class Shelf {
  search: Search = EVERYTHING
  sort: Sort = 'newest'
  /** By their ids; those that are not listed any more are selected no longer. */
  readonly selected = new Set<string>()
  /** The run that is looked at closely. */
  looked: string | undefined
  discarded: readonly DiscardedRun[] = []
  /** Bytes of each run, as far as they were measured. */
  readonly sizes = new Map<string, number>()
  /** Whether the browser keeps what is stored when the disk runs short; undefined where it does not say. */
  lasting: boolean | undefined
  readonly #page: PageState
  /** As many events each run had when it was measured. */
  readonly #measured = new Map<string, number>()
  #measuring = false
  #listed: readonly RunInfo[] | undefined

  constructor(page: PageState) {
    this.#page = page
  }

  get runs(): readonly RunInfo[] {
    const { runs, agents } = this.#page.library
    return found(runs, this.search, this.sort, Date.now(), this.sizes, agents)
  }

  get chosen(): readonly RunInfo[] {
    return this.#page.library.runs.filter(({ id }) => this.selected.has(id))
  }

  /** The list of runs is another one than before: so may be all that hangs on it. */
  async follow(): Promise<void> {
    const { lab, library, notices, changes } = this.#page
    if (library.runs === this.#listed) return
    this.#listed = library.runs
    this.discarded = (await notices.ask(lab.library('discarded'))) ?? []
    for (const id of this.selected) if (!library.runs.some((run) => run.id === id)) this.selected.delete(id)
    this.lasting = await navigator.storage?.persisted?.()
    this.#knowAgents()
    await measure(this.#page)
    changes.say()
    void this.#measureAll()
  }

  /** Agents that do not ship have names that have to be asked for. */
  #knowAgents(): void {
    const { library } = this.#page
    for (const { config } of library.runs)
      if (config.policy !== 'human' && config.model.length === 16 && library.agents[config.environment] === undefined)
        void library.refreshAgents(config.environment)
  }

  find(change: Partial<Search>): void {
    this.search = { ...this.search, ...change }
    this.#page.changes.say()
  }

  order(sort: Sort): void {
    this.sort = sort
    this.#page.changes.say()
  }

  look(id: string | undefined): void {
    this.looked = id
    this.#page.changes.say()
  }

  /** The runs that ship with the page are not the visitor's to change. */
  select(runs: readonly RunInfo[], on: boolean): void {
    for (const { id, origin } of runs)
      if (on && origin !== 'shipped') this.selected.add(id)
      else this.selected.delete(id)
    this.#page.changes.say()
  }

  async label(runs: readonly RunInfo[], change: LabelChange): Promise<void> {
    const { lab, library, notices } = this.#page
    const ids = runs.map(({ id }) => id)
    await notices.ask(lab.library('label', ids, change))
    await library.refresh() // also where they are gone
  }

  /** Removes deleted runs at once. */
  async purge(ids: readonly string[]): Promise<void> {
    const { lab, library, notices } = this.#page
    const gone = await notices.ask(lab.library('purge', ids))
    if (gone !== undefined) notices.tell(`${plural(gone, 'run')} deleted for good.`)
    await library.refresh()
  }

  /** The browser may ask the visitor, or decide by itself. */
  async askToKeep(): Promise<void> {
    const { notices, changes } = this.#page
    this.lasting = await navigator.storage.persist()
    if (!this.lasting)
      notices.tell(
        'The browser did not agree. Some do so for sites that are bookmarked or installed; a backup file is safe in any case.',
      )
    changes.say()
  }

  /** One run after the other, so that everything else comes in between. */
  async #measureAll(): Promise<void> {
    if (this.#measuring) return
    this.#measuring = true
    const { lab, library, changes } = this.#page
    const next = () => library.runs.find(({ id, events }) => this.#measured.get(id) !== events)
    // Others may be listed meanwhile.
    for (let run = next(); run !== undefined; run = next()) {
      const { id, events } = run
      const size = await lab.library('size', id).catch(() => undefined)
      this.#measured.set(id, events)
      if (size?.ok === true) this.sizes.set(id, size.value)
      if (this.sizes.size % 20 === 0) changes.say()
    }
    this.#measuring = false
    changes.say()
  }
}

export const shelfOf = keptByPage((page) => new Shelf(page))
