/**
 * The settings that a visitor tries on recorded steps, bars by hand, and what was drawn on top: kept on the page only.
 * They hold for every step that is looked at until they are put back; the log never hears of them.
 */
import { type Anew, type Redecision, type Rules, redecide, withMore } from '../../../core/exploration/redecide.ts'
import type { TaskState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import type { Drawn } from '../../../worker/protocol/lab-api.ts'
import { keptByPage } from '../../parts/kept-by-page.ts'
import type { PageState } from '../../state/page-state.ts'

export const KNOBS = [
  ...['rollouts', 'candidates', 'margin', 'riseRule', 'method', 'firstBar'],
  ...['firstRise', 'noRise', 'pairing', 'continuation'],
] as readonly (keyof Rules)[]

export class Knobs {
  /** Whether the visitor has asked for the panel. */
  open = false
  busy = false
  readonly #page: PageState
  #changed: Partial<Rules> = {}
  /** By run, task and step: a bar belongs to its step. */
  readonly #bars = new Map<string, number>()
  /** By run and task. */
  readonly #drawn = new Map<string, readonly Drawn[]>()

  constructor(page: PageState) {
    this.#page = page
  }

  /** The settings of a run with what was changed. */
  rules(config: RunConfig): RunConfig {
    return { ...config, ...this.#changed }
  }

  /** Whether a step is looked at otherwise than it was recorded. */
  turned(task: TaskState, step: number, config: RunConfig): boolean {
    return this.bar(task, step) !== undefined || KNOBS.some((name) => this.rules(config)[name] !== config[name])
  }

  change(values: Partial<Rules>): void {
    this.#changed = { ...this.#changed, ...values }
    this.#page.changes.say()
  }

  /** That of a step by hand; undefined where it has its own. */
  bar(task: TaskState, step: number): number | undefined {
    return this.#bars.get(this.#place(task, step))
  }

  /** @param bar undefined for the step's own */
  setBar(task: TaskState, step: number, bar: number | undefined): void {
    if (bar === undefined) this.#bars.delete(this.#place(task, step))
    else this.#bars.set(this.#place(task, step), bar)
    this.#page.changes.say()
  }

  /** All as recorded. What was drawn stays: it is what it is, and costs nothing again. */
  putBack(): void {
    this.#changed = {}
    this.#bars.clear()
    this.#page.changes.say()
  }

  /** The task with what was drawn on top. */
  more(task: TaskState): TaskState {
    return withMore(task, this.#drawn.get(this.#place(task)) ?? [])
  }

  /** How a step is decided now. */
  anew(task: TaskState, step: number, config: RunConfig): Anew {
    return { rules: this.rules(config), maxReward: 1, bar: this.bar(task, step) }
  }

  /**
   * Draws what is missing at a step: what comes next, or all until it is decided.
   * @returns whether it was drawn
   */
  async draw(task: TaskState, step: number, config: RunConfig, until: 'next' | 'decided'): Promise<boolean> {
    const { explorer, intentions, lab, notices, changes } = this.#page
    if (this.busy) return false
    const here = explorer.here()
    const place = this.#place(task)
    const anew = this.anew(task, step, config)
    const now = (): Redecision => redecide(this.more(task), step, anew)
    this.busy = true
    changes.say()
    await intentions.idle()
    let good = true
    for (let { missing } = now(); missing !== undefined && good; { missing } = now()) {
      const { step, candidate, rollouts } = missing
      const request = { task: task.task, step, candidate, rollouts }
      const fresh = here() ? await notices.ask(lab.visit('draw', request)) : undefined
      good = fresh !== undefined && fresh.length > 0
      if (fresh !== undefined && good) this.#add(place, fresh)
      if (until === 'next') break
    }
    this.busy = false
    changes.say()
    return good
  }

  #add(place: string, fresh: readonly Drawn[]): void {
    const known = this.#drawn.get(place) ?? []
    const names = new Set(known.map(nameOf))
    this.#drawn.set(place, [...known, ...fresh.filter((event) => !names.has(nameOf(event)))])
  }

  #place({ task }: TaskState, step?: number): string {
    return JSON.stringify([this.#page.explorer.progress?.info.id, task, step])
  }
}

function nameOf(event: Drawn): string {
  const rollout = event.type === 'rollout-finished' ? event.rollout : 0
  return JSON.stringify([event.step, event.candidate, rollout])
}

/** Those of a page. */
export const knobsOf = keptByPage((page) => new Knobs(page))
