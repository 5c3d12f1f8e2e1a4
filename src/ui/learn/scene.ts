/** What a beat sees and moves: the page, the example on it, and what the visitor has said to the beat so far. */
import { type Redecision, redecide } from '../../core/exploration/redecide.ts'
import type { CandidateState, TaskState } from '../../core/log/fold-task.ts'
import { type Knobs, knobsOf } from '../explore/knobs/knobs.ts'
import { word } from '../parts/word.ts'
import type { PageState } from '../state/page-state.ts'
import type { Selection } from '../state/selection.ts'
import { actionWords } from '../words/action-words.ts'
import type { Term } from '../words/glossary.ts'
import { countAt, type Example } from './example.ts'

/** Learn's motions are short: at least this speed. */
const LEAST_SPEED = 2

export class Scene {
  readonly page: PageState
  readonly example: Example
  /** The answer that was pressed in this beat. */
  said: string | undefined
  /** Whether the beat was shown to a visitor who went on without doing it. */
  shown = false

  constructor(page: PageState, example: Example) {
    this.page = page
    this.example = example
  }

  /**
   * A term where a chapter first says it: explained on focus, under the pointer and when it is touched; where nothing is to
   * be pressed, it is a word like any other.
   */
  readonly term = (term: Term, shown: string = term): unknown =>
    this.page.address.frame.present ? shown : word(term, shown)

  get whole(): TaskState {
    return this.example.task
  }

  get count(): number {
    return this.page.explorer.playhead.count
  }

  get selection(): Selection {
    return this.page.explorer.selection ?? { step: 0, candidate: 0 }
  }

  /** The whole example, looked at where a candidate stands. */
  look(at: Selection): void {
    this.stand(this.example.events.length, at)
  }

  /** @param count events of the example that stand there */
  stand(count: number, at?: Selection): void {
    const { explorer, player } = this.page
    player.halt()
    explorer.moveTo(count)
    if (at !== undefined) explorer.pick(at)
  }

  /** Where a candidate has just been proposed. */
  propose(at: Selection): void {
    this.stand(countAt(this.example.events, 'candidate-proposed', at))
  }

  /** Plays from where it stands to where the candidate is scored. */
  score(at: Selection): void {
    this.play(countAt(this.example.events, 'candidate-scored', at))
  }

  isScored(at: Selection): boolean {
    return this.count >= countAt(this.example.events, 'candidate-scored', at)
  }

  play(count: number): void {
    const { explorer, player } = this.page
    if (explorer.playhead.count >= count) return
    if (wantsStill()) {
      this.stand(count)
      return
    }
    if (player.speed < LEAST_SPEED) player.speed = LEAST_SPEED
    player.play(count)
  }

  /** Opens the panel in which a step is decided anew, as it was recorded. */
  openKnobs(): Knobs {
    const knobs = knobsOf(this.page)
    knobs.open = true
    this.page.knobs = knobs
    return knobs
  }

  /** How a step stands with the knobs as they are turned. */
  redecided(step: number): Redecision {
    return redecide(this.whole, step, knobsOf(this.page).anew(this.whole, step, this.example.config))
  }

  candidate({ step, candidate }: Selection): CandidateState | undefined {
    return this.whole.steps[step - 1]?.candidates[candidate - 1]
  }

  /** As people read it. */
  action(at: Selection): string {
    return actionWords(this.candidate(at)?.proposed.action ?? '')
  }
}

/** Whether the visitor has asked their system for no motion: then what a motion comes to stands there at once. */
export function wantsStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}

/** The panel is closed, and everything as it was recorded. */
export function closeKnobs(page: PageState): void {
  const knobs = knobsOf(page)
  knobs.open = false
  knobs.putBack()
}
