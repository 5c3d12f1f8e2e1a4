/** The path scrolls no more than it must, and asks for no layout to find that out. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keptInView, PathScroller } from '../../../../src/ui/explore/path/keep-in-view.ts'
import { CARD_GAP, cardTop, columnLeft, pathSizes } from '../../../../src/ui/explore/path/path-layout.ts'

const PANE = { width: 700, height: 490 }
const SIZES = pathSizes(PANE)
const ROOM = PANE.height - SIZES.plot
const at = (step: number, candidate: number) => ({ step, candidate })
const seen = (left: number, top: number) => ({ left, top, ...PANE })

/** A scroller of a path so large, that counts how often it is asked. */
function fakeScroller(width: number, height: number) {
  const heard = new Map<string, () => void>()
  const place = { left: 0, top: 0 }
  let asked = 0
  const scroller = {
    clientWidth: PANE.width,
    clientHeight: PANE.height,
    addEventListener: (type: string, listener: () => void) => heard.set(type, listener),
    removeEventListener: (type: string) => heard.delete(type),
    scrollTo(left: number, top: number): void {
      place.left = Math.max(0, Math.min(left, width - PANE.width))
      place.top = Math.max(0, Math.min(top, height - PANE.height))
    },
    get scrollLeft() {
      asked++
      return place.left
    },
    get scrollTop() {
      asked++
      return place.top
    },
  }
  return { scroller: scroller as unknown as Element, place, asked: () => asked, heard }
}

let resize: (entry: unknown) => void
beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(told: (entries: unknown[]) => void) {
        resize = (entry) => told([entry])
      }
      observe(): void {}
      disconnect(): void {}
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

test('what is in view stays where it is', () => {
  for (const [step, candidate] of [
    [0, 0],
    [1, 1],
    [2, 1],
    [3, 1],
  ] as const)
    expect(keptInView(seen(0, 0), at(step, candidate), SIZES, false)).toEqual({ left: 0, top: 0 })
})

test('wherever it was scrolled to, the selected card is in view then, with the step before where both fit', () => {
  for (let step = 1; step <= 9; step++)
    for (let candidate = 1; candidate <= 20; candidate++)
      for (const from of [seen(0, 0), seen(333, 77), seen(5000, 3000)]) {
        const to = keptInView(from, at(step, candidate), SIZES, false)
        const shown = Math.max(1, step - 1)
        expect(to.left).toBeLessThan(columnLeft(shown, SIZES))
        expect(to.left + PANE.width).toBeGreaterThanOrEqual(columnLeft(step, SIZES) + SIZES.card.width)
        expect(to.top).toBeLessThanOrEqual(cardTop(candidate, SIZES))
        expect(to.top + ROOM).toBeGreaterThanOrEqual(cardTop(candidate + 1, SIZES) - CARD_GAP)
        expect(keptInView({ ...from, ...to }, at(step, candidate), SIZES, false)).toEqual(to)
      }
})

test('a scroller asks where it is when it has been moved, and at no other time', () => {
  const { scroller, place, asked, heard } = fakeScroller(3000, 2000)
  const path = new PathScroller(() => {})
  path.take(scroller)
  const begun = asked()
  for (let candidate = 1; candidate <= 2; candidate++) path.keep(at(1, candidate), SIZES, false)
  path.take(scroller)
  expect([asked(), place]).toEqual([begun, { left: 0, top: 0 }])

  path.keep(at(7, 1), SIZES, false)
  expect(place.left).toBeGreaterThan(0)
  const { left } = place
  place.left = 0 // by hand
  heard.get('scroll')?.()
  path.keep(at(7, 1), SIZES, false)
  expect(place.left).toBe(left)
  path.take(null)
  expect(heard.size).toBe(0)
})

test('it knows how large it is from what it is told', () => {
  const { scroller, place } = fakeScroller(3000, 2000)
  const told: unknown[] = []
  const path = new PathScroller((pane) => told.push(pane))
  path.take(scroller)
  resize({ borderBoxSize: [{ inlineSize: 300, blockSize: 490 }], contentRect: { width: 290, height: 480 } })
  expect(told).toEqual([{ width: 300, height: 490 }])
  path.keep(at(3, 1), pathSizes({ width: 300, height: 490 }), false)
  expect(place.left).toBeGreaterThan(0)
  resize({ borderBoxSize: [{ inlineSize: 0, blockSize: 0 }], contentRect: { width: 0, height: 0 } }) // hidden
  expect(told).toHaveLength(1)
})
