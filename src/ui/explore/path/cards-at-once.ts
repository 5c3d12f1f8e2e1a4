/** A task may have hundreds of cards. Those around the selected one are drawn at once, the others with the frames that follow. */
import type { StepState } from '../../../core/log/fold-task.ts'
import type { Selection } from '../../state/selection.ts'

/** About as many as are in view on a small desk. */
export const AT_ONCE = 10
/** With each frame that follows: together they take a part of it on a slow machine. */
export const MORE = 6
/** A column away is about as far as this many rows. */
const COLUMN = 3

/** @returns for each step, which of its candidates (at n - 1) are among the `most` nearest to the selection */
export function nearest(
  steps: readonly Pick<StepState, 'candidates'>[],
  selection: Selection,
  most: number,
): readonly (readonly boolean[])[] {
  const far = steps.map(({ candidates }, step) =>
    candidates.map((_, candidate) => {
      const columns = Math.abs(step + 1 - Math.max(1, selection.step))
      // The columns beside it are seen from their top.
      const rows = columns === 0 ? Math.abs(candidate + 1 - Math.max(1, selection.candidate)) : candidate
      return columns * COLUMN + rows
    }),
  )
  const order = far.flat().toSorted((a, b) => a - b)
  const last = order[most - 1]
  if (last === undefined) return far.map((column) => column.map(() => true))
  let alike = most - order.filter((distance) => distance < last).length
  return far.map((column) => column.map((distance) => distance < last || (distance === last && alike-- > 0)))
}

/** Of the task that stands there: which of its cards are drawn now. */
export class CardRoom {
  /** Whether all of them are. */
  whole = false
  /** Whether all were before, and what has come is added to them. */
  grows = false
  #of = ''
  /** The nearest that are drawn, besides those that stood there before many came at once. */
  #most = AT_ONCE
  #stood: readonly number[] = []

  /**
   * @param of which task it is
   * @returns for each step, which of its candidates (at n - 1) are drawn: those that stood there, and of the others no more
   * than AT_ONCE at first and MORE each time it is widened
   */
  take(
    of: string,
    steps: readonly Pick<StepState, 'candidates'>[],
    selection: Selection,
  ): readonly (readonly boolean[])[] {
    if (of !== this.#of) {
      this.#stood = []
      this.whole = false
      this.#most = AT_ONCE
    }
    this.#of = of
    const counts = steps.map(({ candidates }) => candidates.length)
    const added = counts.reduce((sum, count, step) => sum + Math.max(0, count - (this.#stood[step] ?? 0)), 0)
    this.grows = this.whole && added <= AT_ONCE
    if (this.whole && !this.grows) this.#most = AT_ONCE
    const stood = this.#stood
    const drawn = nearest(steps, selection, this.grows ? Number.POSITIVE_INFINITY : this.#most).map((column, step) =>
      column.map((near, candidate) => near || candidate < (stood[step] ?? 0)),
    )
    this.whole = drawn.every((column) => !column.includes(false))
    if (this.whole) this.#stood = counts
    return drawn
  }

  widen(): void {
    this.#most += MORE
  }
}
