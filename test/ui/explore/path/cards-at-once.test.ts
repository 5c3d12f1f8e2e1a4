import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  AT_ONCE,
  byDistance,
  CardRoom,
  type Drawn,
  isInView,
  MORE,
} from '../../../../src/ui/explore/path/cards-at-once.ts'
import { cardTop, pathSizes } from '../../../../src/ui/explore/path/path-layout.ts'
import { toyTask } from '../../toy-task.ts'

type Matrix = readonly (readonly Drawn[])[]

const [step] = toyTask().steps
const [candidate] = step?.candidates ?? []
if (candidate === undefined) throw new Error('The toy task has no candidate.')
const stepOf = (candidates: number) => ({ candidates: Array.from({ length: candidates }, () => candidate) })

const sizes = fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 12 })

test('every candidate once, the selected one first, and each column from the selection on or from its top', () => {
  fc.assert(
    fc.property(sizes, fc.nat(), fc.nat(), (counts, at, which) => {
      const step = at % counts.length
      const selection = { step: step + 1, candidate: (which % (counts[step] ?? 1)) + 1 }
      const places = byDistance(counts.map(stepOf), selection)
      expect(places[0]).toEqual(selection)
      expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(places.length)
      for (const [index, count] of counts.entries()) {
        const column = places.filter((place) => place.step === index + 1).map(({ candidate }) => candidate)
        expect(column.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => at + 1))
        const from = index === step ? selection.candidate : 1
        const away = column.map((candidate) => Math.abs(candidate - from))
        expect(away).toEqual(away.toSorted((a, b) => a - b))
      }
    }),
  )
})

test('at the start of a task, the cards of its first steps', () => {
  const places = byDistance([stepOf(3), stepOf(3)], { step: 0, candidate: 0 })
  expect(places.slice(0, 4).map(({ step, candidate }) => [step, candidate])).toEqual([
    [1, 1],
    [1, 2],
    [1, 3],
    [2, 1],
  ])
})

/** What comes from one turn to the next. */
function arrivals(before: Matrix, after: Matrix, as: Drawn): number {
  return after.flatMap((column, step) => column.filter((now, at) => now === as && before[step]?.[at] !== as)).length
}

/** Whether all that stood there does, no less than it was. */
function keeps(before: Matrix, after: Matrix): boolean {
  return before.every((column, step) =>
    column.every((was, at) => was === undefined || after[step]?.[at] === 'card' || after[step]?.[at] === was),
  )
}

test('however a task grows and whatever is wanted of it, a turn brings no more than it may; what stands there stays', () => {
  const moment = fc.record({ counts: sizes, wantedFrom: fc.nat(16) })
  fc.assert(
    fc.property(fc.array(moment, { minLength: 1, maxLength: 5 }), (moments) => {
      const room = new CardRoom()
      // Steps and their candidates only come to what is there.
      let counts: readonly number[] = []
      let before: Matrix = []
      for (const { counts: now, wantedFrom } of moments) {
        counts = Array.from({ length: Math.max(counts.length, now.length) }, (_, step) =>
          Math.max(counts[step] ?? 0, now[step] ?? 0),
        )
        const selection = { step: counts.length, candidate: counts.at(-1) ?? 1 }
        const wanted = ({ candidate }: { candidate: number }): boolean => candidate > wantedFrom
        for (let turn = 0; turn === 0 || !room.whole; turn++) {
          const drawn = room.take('task', counts.map(stepOf), selection, wanted)
          expect(arrivals(before, drawn, 'card')).toBeLessThanOrEqual(turn === 0 ? AT_ONCE : MORE)
          expect(arrivals(before, drawn, 'words')).toBeLessThanOrEqual(AT_ONCE)
          expect(keeps(before, drawn)).toBe(true)
          before = drawn
          room.widen()
          expect(turn).toBeLessThan(12 * 16)
        }
        expect(before.map(({ length }) => length)).toEqual(counts)
        expect(before.flat()).not.toContain(undefined)
        for (const column of before)
          expect(column.every((as, index) => as === 'card' || !wanted({ candidate: index + 1 }))).toBe(true)
      }
    }),
  )
})

test('drawn again before the next frame, no more comes than the one that is looked at', () => {
  const room = new CardRoom()
  const steps = [stepOf(16), stepOf(16)]
  const first = room.take('task', steps, { step: 1, candidate: 1 })
  const again = room.take('task', steps, { step: 2, candidate: 16 })
  expect(arrivals(first, again, 'card')).toBe(1)
  expect(again[1]?.[15]).toBe('card')
})

test('what is added to a task that stands there whole arrives; many at once, and those of another task, do not', () => {
  const room = new CardRoom()
  const grown = (task: string, ...counts: number[]): boolean => {
    room.take(task, counts.map(stepOf), { step: 1, candidate: 1 })
    return room.grows
  }
  expect(grown('one', 3)).toBe(false)
  expect(grown('one', 4)).toBe(true)
  expect(grown('one', 16, 16)).toBe(false)
  expect(grown('other', 3)).toBe(false)
  expect(grown('other', 3, 1)).toBe(true)
})

test('a card is in view where any of it is, beside or over the picture under the path', () => {
  const of = pathSizes({ width: 700, height: 490 })
  const view = { left: 0, top: 0, width: 700, height: 490 }
  const shown = (step: number, candidate: number): boolean => isInView(view, { step, candidate }, of)
  expect(of.plot).toBeGreaterThan(0)
  expect([shown(1, 1), shown(of.columns, 1), shown(1, 16), shown(of.columns + 2, 1)]).toEqual([
    true,
    true,
    false,
    false,
  ])
  for (let candidate = 1; candidate <= 16; candidate++)
    expect(shown(1, candidate)).toBe(cardTop(candidate, of) < view.height - of.plot)
})
