import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AT_ONCE, CardRoom, MORE, nearest } from '../../../../src/ui/explore/path/cards-at-once.ts'
import { toyTask } from '../../toy-task.ts'

const [step] = toyTask().steps
const [candidate] = step?.candidates ?? []
if (candidate === undefined) throw new Error('The toy task has no candidate.')
const stepOf = (candidates: number) => ({ candidates: Array.from({ length: candidates }, () => candidate) })

test('as many cards as there is room for, the selected one always, and more room takes none away', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 30 }),
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 1, max: 600 }),
      (counts, at, which, room) => {
        const step = at % counts.length
        const selection = { step: step + 1, candidate: (which % (counts[step] ?? 1)) + 1 }
        const shown = nearest(counts.map(stepOf), selection, room)
        expect(shown.map(({ length }) => length)).toEqual(counts)
        const total = counts.reduce((sum, count) => sum + count, 0)
        expect(shown.flat().filter(Boolean)).toHaveLength(Math.min(room, total))
        expect(shown[step]?.[selection.candidate - 1]).toBe(true)
        const more = nearest(counts.map(stepOf), selection, room + 16).flat()
        expect(shown.flat().every((drawn, index) => !drawn || more[index])).toBe(true)
      },
    ),
  )
})
test('at the start of a task, those of its first steps', () => {
  expect(nearest([stepOf(3), stepOf(3)], { step: 0, candidate: 0 }, 4)).toEqual([
    [true, true, true],
    [true, false, false],
  ])
})

test('however a task grows, no more than AT_ONCE cards come in one go, and in the end all stand there', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(fc.array(sizes, { minLength: 1, maxLength: 5 }), (moments) => {
      const room = new CardRoom()
      // Steps and their candidates only come to what is there.
      let counts: readonly number[] = []
      let before: readonly boolean[][] = []
      for (const moment of moments) {
        counts = Array.from({ length: Math.max(counts.length, moment.length) }, (_, step) =>
          Math.max(counts[step] ?? 0, moment[step] ?? 0),
        )
        const selection = { step: counts.length, candidate: counts.at(-1) ?? 1 }
        for (let turn = 0; turn === 0 || !room.whole; turn++) {
          const drawn = room.take('task', counts.map(stepOf), selection)
          const come = drawn.flatMap((column, step) => column.filter((now, at) => now && !before[step]?.[at]))
          expect(come.length).toBeLessThanOrEqual(turn === 0 ? AT_ONCE : MORE)
          // What stands there stays.
          expect(before.every((column, step) => column.every((was, at) => !was || drawn[step]?.[at]))).toBe(true)
          before = drawn.map((column) => [...column])
          room.widen()
        }
        expect(before.map(({ length }) => length)).toEqual(counts)
        expect(before.flat().every(Boolean)).toBe(true)
      }
    }),
  )
})

test('what is added to a task that stands there whole arrives; many at once, and those of another task, do not', () => {
  const room = new CardRoom()
  const at = { step: 1, candidate: 1 }
  const grown = (task: string, ...counts: number[]): boolean => {
    room.take(task, counts.map(stepOf), at)
    return room.grows
  }
  expect(grown('one', 3)).toBe(false)
  expect(grown('one', 4)).toBe(true)
  expect(grown('one', 16, 16)).toBe(false)
  expect(grown('other', 3)).toBe(false)
  expect(grown('other', 3, 1)).toBe(true)
})
