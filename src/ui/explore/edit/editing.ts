/** Editing the world that stands there: the form's state, the run that is made of it, and the way back to the run before. */

import { type WorldEdit, withEdit } from '../../../core/log/world-edit.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import type { EditableTable, StartedRun } from '../../../worker/protocol/lab-api.ts'
import { keptByPage } from '../../parts/kept-by-page.ts'
import type { PageState } from '../../state/page-state.ts'
import type { Place } from '../../state/place.ts'
import { outcomeOf, type PathOutcome } from './edit-words.ts'

export interface Before {
  readonly place: Place
  readonly outcome: PathOutcome
}

export class Editing {
  open = false
  busy = false
  /** Of the task's database; undefined until they have come. */
  tables: readonly EditableTable[] | undefined
  readonly #page: PageState
  /** By the run that was made: where it came from. Forgotten with the page. */
  readonly #before = new Map<string, Before>()
  #tablesOf = ''

  constructor(page: PageState) {
    this.#page = page
  }

  /** What the run that stands there was made from; undefined where it was not made here. */
  get before(): Before | undefined {
    return this.#before.get(this.#page.explorer.progress?.info.id ?? '')
  }

  show(open: boolean): void {
    this.open = open
    this.#page.changes.say()
  }

  /** Asks for the tables of the task that stands there. */
  async look(): Promise<void> {
    const { explorer, lab, notices, changes } = this.#page
    const { progress, playhead } = explorer
    if (!this.open || progress?.info.config.environment !== 'intercode-sql') return
    const key = JSON.stringify([progress.info.id, playhead.task])
    if (key === this.#tablesOf) return
    this.#tablesOf = key
    this.tables = undefined
    const tables = await notices.ask(lab.visit('tables', playhead.task))
    if (key !== this.#tablesOf) return
    this.tables = tables
    changes.say()
  }

  /**
   * Explores the task again with these on top of what was edited before.
   * @returns whether a run of it stands there
   */
  async apply(edits: readonly WorldEdit[]): Promise<boolean> {
    const { explorer, lab, library, notices, opener, intentions, changes } = this.#page
    const { progress, playhead, events } = explorer
    if (progress === undefined || this.busy) return false
    const wish = intentions.wish()
    const all = edits.reduce(withEdit, progress.edits ?? [])
    const { config, id } = progress.info
    const before: Before = { place: { runId: id, ...playhead }, outcome: outcomeOf(events) }
    if (all.length === 0) {
      this.show(false)
      await this.undo()
      return false
    }
    this.busy = true
    changes.say()
    const take = (started: StartedRun): void => {
      this.#before.set(started.progress.info.id, before)
      this.open = false
      for (const { message } of started.corrections) notices.fail(message)
      void library.refresh()
    }
    const stands = await opener.bring(() => lab.create({ ...alone(config, playhead.task) }, all), take, wish)
    this.busy = false
    changes.say()
    if (stands) await explorer.forward('task')
    return stands
  }

  async undo(): Promise<void> {
    const { before } = this
    if (before !== undefined) await this.#page.opener.open(before.place.runId, before.place)
  }
}

/** A run of one of a run's tasks: it draws what that one drew. */
function alone(config: RunConfig, task: number): RunConfig {
  return { ...config, tasks: 1, firstTask: config.firstTask + task }
}

/** That of a page. */
export const editingOf = keptByPage((page) => new Editing(page))
