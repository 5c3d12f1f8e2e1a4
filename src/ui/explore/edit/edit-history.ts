/** Where edited runs came from, and which of them were undone: the way back and forth, kept for the tab, so that a reload has it. */
import { type Place, parsePlace, recall, remember } from '../../state/place.ts'
import type { PathOutcome } from './edit-words.ts'

export interface Before {
  readonly place: Place
  readonly outcome: PathOutcome
}

/** Of each kind; the oldest is forgotten. */
const MOST_KEPT = 40

type Kept<T> = readonly (readonly [string, T])[]

export class EditHistory {
  /** By the run that was made: what it was made from. */
  readonly #before: Map<string, Before>
  /** By the run that stands there when one was undone: the undone one. */
  readonly #undone: Map<string, Place>

  constructor() {
    const { before, undone } = (recall('edited') ?? {}) as Record<string, unknown>
    this.#before = new Map(keptIn(before, parseBefore))
    this.#undone = new Map(keptIn(undone, parsePlace))
  }

  before(runId: string): Before | undefined {
    return this.#before.get(runId)
  }

  undone(runId: string): Place | undefined {
    return this.#undone.get(runId)
  }

  /** A run was made of another one: what was undone there before is done otherwise now. */
  made(runId: string, before: Before): void {
    this.#before.set(runId, before)
    this.#undone.delete(before.place.runId)
    this.#keep()
  }

  /** The visitor went back from one. @param to the run that stands there now */
  undo(to: string, undone: Place): void {
    this.#undone.set(to, undone)
    this.#keep()
  }

  #keep(): void {
    const [before, undone] = [this.#before, this.#undone].map((known) => [...known].slice(-MOST_KEPT))
    remember('edited', { before, undone })
  }
}

/** Whatever does not read as one is left out: a page before this one may have written it. */
function keptIn<T>(value: unknown, parse: (one: unknown) => T | undefined): Kept<T> {
  if (!Array.isArray(value)) return []
  return value.slice(-MOST_KEPT).flatMap((entry: unknown) => {
    const [runId, one] = Array.isArray(entry) ? (entry as readonly unknown[]) : []
    const parsed = parse(one)
    return typeof runId === 'string' && parsed !== undefined ? [[runId, parsed] as const] : []
  })
}

function parseBefore(value: unknown): Before | undefined {
  const { place, outcome } = (value ?? {}) as Record<string, unknown>
  const parsed = parsePlace(place)
  const { reward, actions } = (outcome ?? {}) as Record<string, unknown>
  if (parsed === undefined || !Array.isArray(actions) || !actions.every((one) => typeof one === 'string'))
    return undefined
  return { place: parsed, outcome: { reward: typeof reward === 'number' ? reward : undefined, actions } }
}
