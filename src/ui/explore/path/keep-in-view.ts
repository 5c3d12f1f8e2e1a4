/** Where the path is scrolled to. */
import type { Selection } from '../../state/selection.ts'
import { COLUMN, cardTop, columnLeft, type PathSizes } from './path-layout.ts'

/**
 * Scrolls only when needed and at once: linked motion in several panes makes people sick. The step before, whose reward
 * is the bar, stays in view with the selected one where both fit.
 * @param more whether something stands in the column after it: the task's end, a question
 */
export function keepInView(scroller: Element, { step, candidate }: Selection, sizes: PathSizes, more: boolean): void {
  const at = Math.max(1, step)
  const width = scroller.clientWidth
  const left = (column: number): number => columnLeft(Math.max(1, column), sizes) - COLUMN.left
  const own = left(at + 1)
  const end = more && left(at + 2) - left(at) <= width ? left(at + 2) : own
  const start = [at - 1, at].map(left).find((from) => end - from <= width) ?? own - width
  if (start < scroller.scrollLeft || end > scroller.scrollLeft + width) scroller.scrollLeft = start
  const below = more && sizes.columns === 1 ? 1 : 0
  const top = cardTop(Math.max(1, candidate), sizes)
  const bottom = cardTop(Math.max(1, candidate) + 1 + below, sizes) + 2
  const room = scroller.clientHeight - sizes.plot
  if (candidate <= 1 && bottom <= room) scroller.scrollTop = 0
  else if (bottom > scroller.scrollTop + room) scroller.scrollTop = bottom - room
  else if (top < scroller.scrollTop) scroller.scrollTop = top - 12
}
