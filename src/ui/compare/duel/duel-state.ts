/** Two arms of the comparison on one task: which, what they did, and the one playhead over both. */

import { formatArm } from '../../../core/comparison/arm-address.ts'
import { type Comparison, configOf } from '../../../core/comparison/comparison.ts'
import { type Failure, messageOf } from '../../../core/failure.ts'
import { foldTask, type TaskState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import { Newest } from '../../state/newest.ts'
import type { PageState } from '../../state/page-state.ts'
import { SPEEDS } from '../../state/playhead.ts'
import { type Selection, selectionIn } from '../../state/selection.ts'
import { comparerOf } from '../comparer.ts'
import { countAt, moments, type Side, sideOf, totalCalls } from './budget.ts'

/** Seconds that a whole duel plays at speed 1. */
const LENGTH_S = 24

export const PLACES = [0, 1] as const
export type PlaceOf = (typeof PLACES)[number]

/** One side as far as the playhead has come. */
export interface Shown {
  readonly side: Side
  readonly config: RunConfig
  readonly count: number
  readonly task: TaskState | undefined
  readonly selection: Selection | undefined
}

export class DuelState {
  arms: readonly [number, number] = [0, 0]
  seed = 1
  /** From 0. */
  task = 0
  sides: readonly [Side, Side] | undefined
  /** The comparison that the sides were explored under. */
  comparison: Comparison | undefined
  failure: Failure | undefined
  asking = false
  /** Policy calls that either side may have spent. */
  budget = 0
  playing = false
  speed: (typeof SPEEDS)[number] = 1
  /** Resolves when the last question is answered. */
  answered: Promise<void> = Promise.resolve()
  readonly #page: PageState
  readonly #draft: () => Comparison
  #asked = ''
  readonly #questions = new Newest()
  readonly #plays = new Newest()
  #pinned: [Selection | undefined, Selection | undefined] = [undefined, undefined]
  #moments: readonly number[] = [0]

  /** @param draft the comparison whose arms are shown; by default the one that is being set up */
  constructor(page: PageState, draft: () => Comparison = () => comparerOf(page).draft) {
    this.#page = page
    this.#draft = draft
    this.seed = draft().firstSeed
  }

  get draft(): Comparison {
    return this.#draft()
  }

  /** The most that either side spends. */
  get total(): number {
    return this.sides === undefined ? 0 : Math.max(...this.sides.map(totalCalls))
  }

  /** Asks anew where the comparison that is being set up has changed in what these two arms do. */
  follow(): void {
    const { draft } = this
    this.arms = fightersOf(draft, this.arms)
    const arms = this.arms.map((arm) => draft.arms[arm]).map((arm) => (arm === undefined ? '' : formatArm(arm)))
    const key = JSON.stringify([draft.environment, draft.start, arms, this.seed, this.task])
    if (key === this.#asked) return
    this.#asked = key
    this.answered = this.#ask(draft)
  }

  choose(place: PlaceOf, arm: number): void {
    this.arms = place === 0 ? [arm, this.arms[1]] : [this.arms[0], arm]
    this.follow()
  }

  turnTo(seed: number, task: number): void {
    const whole = (value: number, least: number): number =>
      Number.isFinite(value) ? Math.max(least, Math.round(value)) : least
    this.seed = whole(seed, 0)
    this.task = whole(task, 0)
    this.follow()
    this.#page.changes.say()
  }

  async #ask(comparison: Comparison): Promise<void> {
    const newest = this.#questions.next()
    const { arms, seed, task } = this
    this.halt()
    this.asking = true
    let failure: Failure | undefined
    let sides: readonly [Side, Side] | undefined
    try {
      const answer = await this.#page.lab.duel({ comparison, arms, seed, task })
      if (answer.ok) sides = [sideOf(answer.value[0]), sideOf(answer.value[1])]
      else failure = answer.failure
    } catch (thrown) {
      failure = { code: 'lab-silent', message: `The lab did not answer: ${messageOf(thrown)}` }
    }
    if (!newest()) return
    this.asking = false
    this.failure = failure
    this.sides = sides
    this.comparison = comparison
    this.#pinned = [undefined, undefined]
    this.#moments = moments(sides ?? [])
    this.moveTo(this.total)
  }

  shown(place: PlaceOf): Shown | undefined {
    const { sides, comparison } = this
    const side = sides?.[place]
    const arm = comparison?.arms[this.arms[place]]
    if (side === undefined || comparison === undefined || arm === undefined) return undefined
    const count = countAt(side, this.budget)
    const task = foldTask(side.events, count)
    const config = configOf(comparison, arm, this.seed, this.task + 1)
    return { side, config, count, task, selection: task && selectionIn(task, this.#pinned[place]) }
  }

  pick(place: PlaceOf, selection: Selection): void {
    this.#pinned[place] = selection
    this.#page.changes.say()
  }

  moveTo(budget: number): void {
    this.budget = Math.max(0, Math.min(this.total, budget))
    this.#pinned = [undefined, undefined]
    this.#page.changes.say()
  }

  /** To the next budget at which either side does something, or the one before. */
  stride(direction: 1 | -1): void {
    this.halt()
    const next =
      direction === 1
        ? this.#moments.find((moment) => moment > this.budget)
        : this.#moments.findLast((moment) => moment < this.budget)
    if (next !== undefined) this.moveTo(next)
  }

  /** From the beginning again where it had come to its end. */
  toggle(): void {
    if (this.playing) {
      this.halt()
      return
    }
    if (this.sides === undefined || this.total === 0) return
    if (this.budget >= this.total) this.moveTo(0)
    this.playing = true
    this.#page.changes.say()
    this.#play(this.#plays.next())
  }

  halt(): void {
    this.#plays.next()
    if (!this.playing) return
    this.playing = false
    this.#page.changes.say()
  }

  setSpeed(speed: number): void {
    this.speed = SPEEDS.find((known) => known === speed) ?? 1
  }

  #play(newest: () => boolean): void {
    let before = performance.now()
    let exact = this.budget
    const tick = (now: number): void => {
      if (!newest()) return
      // Asleep in the background: do not rush to catch up.
      exact += (Math.min(200, now - before) / 1000) * this.speed * (this.total / LENGTH_S)
      before = now
      const budget = Math.min(this.total, Math.floor(exact))
      if (budget !== this.budget) this.moveTo(budget)
      if (budget >= this.total) this.halt()
      else requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  }
}

/** Arms that explore something. */
export function fighters({ arms }: Comparison): readonly number[] {
  return arms.flatMap(({ method }, index) => (method === 'sft' ? [] : index))
}

/** Those chosen where they still can fight, else the paper's method against ours, else the first two. */
export function fightersOf(comparison: Comparison, [a, b]: readonly [number, number]): readonly [number, number] {
  const able = fighters(comparison)
  const byMethod = (method: string): number | undefined => able.find((arm) => comparison.arms[arm]?.method === method)
  const [first = 0, second = first] = able
  const one = able.includes(a) ? a : (byMethod('rro') ?? first)
  const other = able.includes(b) ? b : (byMethod('rro-recycled') ?? (second === one ? first : second))
  return [one, other]
}
