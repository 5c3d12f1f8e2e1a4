/** Where the path is scrolled to. */
import type { Selection } from '../../state/selection.ts'
import { CARD, COLUMN, cardTop, columnLeft } from './path-layout.ts'

/**
 * Scrolls only when needed and at once: linked motion in several panes makes people sick. The step before, whose reward
 * is the bar, stays in view with the selected one where both fit.
 */
export function keepInView(scroller: Element, { step, candidate }: Selection, card: number, isLast: boolean): void {
  const top = cardTop(Math.max(1, candidate), card)
  const curve = scroller.querySelector('.curve')?.clientHeight ?? 0
  const room = scroller.clientHeight - curve
  const own = columnLeft(Math.max(1, step)) + CARD.width + COLUMN.gap
  const withEnd = own + CARD.width + 12
  // With the last step its end is told, too.
  const end = isLast && withEnd - columnLeft(step) + 12 <= scroller.clientWidth ? withEnd : own
  const before = columnLeft(Math.max(1, end === withEnd ? step : step - 1)) - 12
  const start = end - before <= scroller.clientWidth ? before : end - CARD.width - COLUMN.gap - 12
  if (start < scroller.scrollLeft || end > scroller.scrollLeft + scroller.clientWidth) scroller.scrollLeft = start
  if (candidate <= 1) scroller.scrollTop = 0
  else if (top + card > scroller.scrollTop + room) scroller.scrollTop = top + card + 12 - room
  else if (top < scroller.scrollTop) scroller.scrollTop = top - 12
}
