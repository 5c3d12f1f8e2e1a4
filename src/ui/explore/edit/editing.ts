/** Editing the world that stands there: the form's state, the run that is made of it, and the way back to the run before. */

import { type WorldEdit, withEdit } from '../../../core/log/world-edit.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import type { EditableTable, OpenedRun, RunProgress, StartedRun } from '../../../worker/protocol/lab-api.ts'
import { keptByPage } from '../../parts/kept-by-page.ts'
import type { PageState } from '../../state/page-state.ts'
import type { Place } from '../../state/place.ts'
import { runAsLoaded, taskIn } from './as-loaded.ts'
import { type Before, EditHistory } from './edit-history.ts'
import { outcomeOf } from './edit-words.ts'

export class Editing {
  open = false
  busy = false
  /** Of the task's database; undefined until they have come. */
  tables: readonly EditableTable[] | undefined
  readonly #page: PageState
  readonly #history = new EditHistory()
  #tablesOf = ''

  constructor(page: PageState) {
    this.#page = page
  }

  /** What the run that stands there was made from; undefined where it was not made in this tab. */
  get before(): Before | undefined {
    return this.#history.before(this.#runId)
  }

  /** The edited run that was undone, where its task stands there. */
  get undone(): Place | undefined {
    const { explorer, library } = this.#page
    const undone = this.#history.undone(this.#runId)
    const task = undone && this.#history.before(undone.runId)?.place.task
    const known = library.runs.some(({ id }) => id === undone?.runId)
    return known && (task === undefined || task === explorer.playhead.task) ? undone : undefined
  }

  get #runId(): string {
    return this.#page.explorer.progress?.info.id ?? ''
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
      this.#history.made(started.progress.info.id, before)
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

  /** To the run that it was made from; where nobody knows that any more, to the world as it was loaded. */
  async undo(): Promise<void> {
    const { explorer, library, opener } = this.#page
    const { before } = this
    const { place, progress } = explorer
    if (place === undefined || progress?.edits === undefined) return
    const known = before !== undefined && library.runs.some(({ id }) => id === before.place.runId)
    const stands = known ? await opener.open(before.place.runId, before.place) : await this.#openAsLoaded(progress)
    if (!stands) return
    this.#history.undo(this.#runId, place)
    this.#page.changes.say()
  }

  async redo(): Promise<void> {
    const { undone } = this
    if (undone !== undefined) await this.#page.opener.open(undone.runId, undone)
  }

  #openAsLoaded(edited: RunProgress): Promise<boolean> {
    const { explorer, lab, library, opener } = this.#page
    const look = async ({ progress }: OpenedRun): Promise<void> => {
      void library.refresh()
      await explorer.openTask(taskIn(progress.info.config, edited.info.config) ?? 0, Number.POSITIVE_INFINITY)
    }
    return opener.bring(() => runAsLoaded(lab, library.runs, edited), look)
  }
}

/** A run of one of a run's tasks: it draws what that one drew. */
function alone(config: RunConfig, task: number): RunConfig {
  return { ...config, tasks: 1, firstTask: config.firstTask + task }
}

/** That of a page. */
export const editingOf = keptByPage((page) => new Editing(page))
