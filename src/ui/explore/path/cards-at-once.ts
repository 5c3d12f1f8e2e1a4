/** A task may have hundreds of cards. Those around the selected one are drawn at once, the others with the frames that follow. */
import type { StepState } from '../../../core/log/fold-task.ts'
import type { Selection } from '../../state/selection.ts'
import type { InView } from './keep-in-view.ts'
import { cardTop, columnLeft, type PathSizes } from './path-layout.ts'

/** The most that come in one go: what is added to a task that stands there whole, or their words. */
export const AT_ONCE = 10
/** Of more, with each frame: together they take a part of it on a slow machine. */
export const MORE = 4
/** A column away is about as far as this many rows. */
const COLUMN = 3

export type Steps = readonly Pick<StepState, 'candidates'>[]
/** As a whole; by its words alone, until it comes in view; not yet. */
export type Drawn = 'card' | 'words' | undefined

/** @returns the candidates of all steps, those nearest to the selection first */
export function byDistance(steps: Steps, selection: Selection): readonly Selection[] {
  const far = ({ step, candidate }: Selection): number => {
    const columns = Math.abs(step - Math.max(1, selection.step))
    // The columns beside it are seen from their top.
    const rows = columns === 0 ? Math.abs(candidate - Math.max(1, selection.candidate)) : candidate - 1
    return columns * COLUMN + rows
  }
  return steps
    .flatMap(({ candidates }, step) =>
      candidates.map((_, candidate) => {
        const place = { step: step + 1, candidate: candidate + 1 }
        return { place, far: far(place) }
      }),
    )
    .toSorted((a, b) => a.far - b.far)
    .map(({ place }) => place)
}

/** Whether any of a card is seen. */
export function isInView(
  { left, top, width, height }: InView,
  { step, candidate }: Selection,
  sizes: PathSizes,
): boolean {
  const [x, y] = [columnLeft(step, sizes), cardTop(candidate, sizes)]
  const { card, plot } = sizes
  return x < left + width && x + card.width > left && y < top + height - plot && y + card.height > top
}

/** Of the task that stands there: how each of its cards is drawn now. What is drawn stays so. */
export class CardRoom {
  /** Whether nothing more is to come. */
  whole = false
  /** Whether so it was before, and what has come is added to it. */
  grows = false
  #of = ''
  #drawn: readonly (readonly Drawn[])[] = []
  #wider = false

  /**
   * Of what is not drawn yet come MORE cards each time it is widened, and when none is left the words of AT_ONCE that are not
   * wanted: they take a tenth. The one next to the selection never waits.
   * @param of which task it is
   * @param wanted whether a card is to be drawn as a whole
   * @returns for each step, how its candidates (at n - 1) are drawn
   */
  take(
    of: string,
    steps: Steps,
    selection: Selection,
    wanted: (place: Selection) => boolean = () => true,
  ): readonly (readonly Drawn[])[] {
    const same = of === this.#of
    const before = same ? this.#drawn : []
    const drawn = steps.map(({ candidates }, step) => candidates.map((_, at) => before[step]?.[at]))
    const at = ({ step, candidate }: Selection): Drawn => drawn[step - 1]?.[candidate - 1]
    const put = (places: readonly Selection[], as: Drawn): void => {
      for (const { step, candidate } of places) (drawn[step - 1] ?? [])[candidate - 1] = as
    }
    const places = byDistance(steps, selection)
    const cards = places.filter((place) => at(place) !== 'card' && wanted(place))
    const few = places.filter((place) => at(place) === undefined).length <= AT_ONCE
    this.grows = same && this.whole && few && cards.every((place) => at(place) === undefined)
    const room = this.grows ? AT_ONCE : !same || this.whole || this.#wider ? MORE : 1
    put(cards.slice(0, room), 'card')
    if (cards.length === 0 && this.#wider)
      put(places.filter((place) => at(place) === undefined).slice(0, AT_ONCE), 'words')
    this.whole = cards.length <= room && places.every((place) => at(place) !== undefined)
    this.#of = of
    this.#drawn = drawn
    this.#wider = false
    return drawn
  }

  /** For the next frame. */
  widen(): void {
    this.#wider = true
  }
}
