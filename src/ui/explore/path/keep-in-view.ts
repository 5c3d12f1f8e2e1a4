/** Where the path is scrolled to. */
import type { Selection } from '../../state/selection.ts'
import { COLUMN, cardTop, columnLeft, type Pane, type PathSizes } from './path-layout.ts'

/** The part of the path that is seen, in pixels. */
export interface InView {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * Scrolls only when needed and at once: linked motion in several panes makes people sick. The step before, whose reward
 * is the bar, stays in view with the selected one where both fit.
 * @param more whether something stands in the column after it: the task's end, a question
 * @returns where to; where it is, if that will do
 */
export function keptInView(
  seen: InView,
  { step, candidate }: Selection,
  sizes: PathSizes,
  more: boolean,
): Pick<InView, 'left' | 'top'> {
  const at = Math.max(1, step)
  const { width } = seen
  const left = (column: number): number => columnLeft(Math.max(1, column), sizes) - COLUMN.left
  const own = left(at + 1)
  const end = more && left(at + 2) - left(at) <= width ? left(at + 2) : own
  const start = [at - 1, at].map(left).find((from) => end - from <= width) ?? own - width
  const below = more && sizes.columns === 1 ? 1 : 0
  const top = cardTop(Math.max(1, candidate), sizes)
  const bottom = cardTop(Math.max(1, candidate) + 1 + below, sizes) + 2
  const room = seen.height - sizes.plot
  const down = (): number => {
    if (candidate <= 1 && bottom <= room) return 0
    if (bottom > seen.top + room) return bottom - room
    return top < seen.top ? top - 12 : seen.top
  }
  return { left: start < seen.left || end > seen.left + width ? start : seen.left, top: down() }
}

/**
 * A scroller that is told what of it is seen, and remembers it. To ask for that while the page changes would have the browser lay
 * out what has changed so far, and the rest once more.
 */
export class PathScroller {
  #scroller: Element | null = null
  /** Until it has been measured, that of a small desk: to ask would be a layout of what stands there so far. */
  #seen: InView = { left: 0, top: 0, width: 686, height: 490 }
  readonly #sizes: ResizeObserver
  readonly #scrolled: () => unknown

  /**
   * @param resized told of the size of the pane, with its scroll bars, so that these do not come and go by what they cause
   * @param scrolled told when something else is seen of it
   */
  constructor(resized: (pane: Pane) => void, scrolled: () => unknown = () => undefined) {
    this.#scrolled = scrolled
    this.#sizes = new ResizeObserver(([entry]) => {
      const { inlineSize: width = 0, blockSize: height = 0 } = entry?.borderBoxSize[0] ?? {}
      if (entry === undefined || width === 0) return
      this.#seen = { ...this.#seen, width: entry.contentRect.width, height: entry.contentRect.height }
      resized({ width, height })
    })
  }

  /** @param scroller null where there is none any more */
  take(scroller: Element | null): void {
    if (scroller === this.#scroller) return
    this.#sizes.disconnect()
    this.#scroller?.removeEventListener('scroll', this.#heard)
    this.#scroller = scroller
    if (scroller === null) return
    this.#sizes.observe(scroller)
    scroller.addEventListener('scroll', this.#heard)
    this.#seen = { ...this.#seen, left: 0, top: 0 } // it is new
  }

  readonly #heard = (): void => {
    this.#look()
    this.#scrolled()
  }

  #look(): void {
    if (this.#scroller !== null) this.#seen = { ...this.#seen, ...placeOf(this.#scroller) }
  }

  /** What is seen of it. */
  get seen(): InView {
    return this.#seen
  }

  /** What will be, once `keep` has been asked the same. @see keptInView */
  ahead(selection: Selection, sizes: PathSizes, more: boolean): InView {
    return { ...this.#seen, ...keptInView(this.#seen, selection, sizes, more) }
  }

  /** @see keptInView */
  keep(selection: Selection, sizes: PathSizes, more: boolean): void {
    const { left, top } = keptInView(this.#seen, selection, sizes, more)
    if (this.#scroller === null || (left === this.#seen.left && top === this.#seen.top)) return
    this.#scroller.scrollTo(left, top)
    this.#look() // where it can: the end may be nearer
  }
}

function placeOf({ scrollLeft: left, scrollTop: top }: Element): Pick<InView, 'left' | 'top'> {
  return { left, top }
}
