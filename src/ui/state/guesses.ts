/**
 * What the visitor said of candidates before they were scored, and how often they were right. Whoever shows a candidate asks
 * (`make`), says what came of it once it is scored (`settle`), and tells it (`of`, `score`): Explore of the run that is
 * open, a chapter of a run of its own.
 */
import type { Changes } from './changes.ts'

export interface GuessPlace {
  /** Id of the run. */
  readonly run: string
  /** From 0. */
  readonly task: number
  readonly step: number
  readonly candidate: number
}

export interface Guess {
  /** What was said: that it rises, which one that holds the bar does too. */
  readonly rises: boolean
  /** What came of it; undefined until it was scored. */
  readonly came: boolean | undefined
}

export interface Score {
  readonly right: number
  readonly of: number
}

export class Guesses {
  readonly #made = new Map<string, Guess>()
  readonly #changes: Changes

  constructor(changes: Changes) {
    this.#changes = changes
  }

  of(place: GuessPlace): Guess | undefined {
    return this.#made.get(keyOf(place))
  }

  /** It may be changed until it is settled, and not after. */
  make(place: GuessPlace, rises: boolean): void {
    if (this.of(place)?.came !== undefined) return
    this.#made.set(keyOf(place), { rises, came: undefined })
    this.#changes.say()
  }

  /** Says nothing of itself, so that it may be called while drawing. */
  settle(place: GuessPlace, rises: boolean): void {
    const guess = this.of(place)
    if (guess?.came === undefined && guess !== undefined) this.#made.set(keyOf(place), { ...guess, came: rises })
  }

  /** Of all that are settled. */
  get score(): Score {
    const settled = [...this.#made.values()].filter(({ came }) => came !== undefined)
    return { right: settled.filter(({ rises, came }) => rises === came).length, of: settled.length }
  }
}

function keyOf({ run, task, step, candidate }: GuessPlace): string {
  return `${task}/${step}/${candidate}/${run}`
}
