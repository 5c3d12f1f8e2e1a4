/** What a visitor who acts wants to know: what the agent would do where they stand, and how it fares in their task. */
import type { AgentAverage, Choice } from '../../../worker/protocol/lab-api.ts'
import { isYourTurn, vantageOf } from '../../state/acting.ts'
import type { PageState } from '../../state/page-state.ts'
import { actionsTo } from '../../state/selection.ts'

export class Turn {
  /** Whether the lab is at what the visitor did. */
  busy = false
  /** Whether the agent's choices are looked at. */
  looking = false
  choices: readonly Choice[] | undefined
  average: AgentAverage | undefined
  readonly #page: PageState
  #choicesOf = ''
  #averageOf = ''
  #woken: string | undefined

  constructor(page: PageState) {
    this.#page = page
  }

  /** Does it, and plays what comes of it. @returns whether it was done */
  async act(action: string): Promise<boolean> {
    const { explorer, lab, player, changes } = this.#page
    if (this.busy || !isYourTurn(explorer)) return false
    const untouched = player.untouched()
    this.busy = true
    changes.say()
    try {
      if (!(await explorer.explored(() => lab.visit('act', action)))) return false
      await explorer.refresh()
      if (untouched()) player.play()
      return true
    } finally {
      this.busy = false
      changes.say()
    }
  }

  /** Asks for what is looked at and not known yet. Called after anything has changed. */
  follow(): void {
    void this.#wake()
    void this.#askChoices()
    void this.#askAverage()
  }

  /** A run that has just been opened does not wait yet; it first makes up what it had left open. */
  async #wake(): Promise<void> {
    const { explorer, intentions, player } = this.#page
    const { progress } = explorer
    const { id, finished } = progress?.info ?? {}
    if (progress === undefined || this.#woken === id || finished || progress.blocked !== undefined) return
    this.#woken = id
    const here = explorer.here()
    await intentions.idle() // not before one looks where it was left
    if (!here() || explorer.progress?.waiting || this.busy || explorer.running) return
    const atEnd = explorer.playhead.count >= explorer.events.length
    const unmoved = explorer.unmoved()
    if (!(await explorer.explore('task'))) return
    const stays = unmoved()
    await explorer.refresh()
    if (atEnd && stays && !player.playing) explorer.moveTo(Number.POSITIVE_INFINITY)
  }

  async #askChoices(): Promise<void> {
    const { explorer, lab, changes } = this.#page
    const { task, progress } = explorer
    const vantage = vantageOf(explorer)
    if (!this.looking || task === undefined || vantage === undefined || !isYourTurn(explorer)) return
    const actions = actionsTo(task, vantage)
    const key = JSON.stringify([progress?.info.id, task.task, actions])
    if (key === this.#choicesOf) return
    this.#choicesOf = key
    this.choices = undefined
    const choices = await this.#page.notices.ask(lab.visit('choices', task.task, actions))
    if (key !== this.#choicesOf) return
    this.choices = choices
    changes.say()
  }

  async #askAverage(): Promise<void> {
    const { explorer, lab, changes } = this.#page
    const { task, progress } = explorer
    if (task?.finished === undefined || progress === undefined) return
    const key = JSON.stringify([progress.info.id, task.task])
    if (key === this.#averageOf) return
    this.#averageOf = key
    this.average = undefined
    const average = await this.#page.notices.ask(lab.visit('agentAverage', task.task))
    if (key !== this.#averageOf) return
    this.average = average
    changes.say()
  }
}
