import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearest } from '../../../../src/ui/explore/path/cards-at-once.ts'
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
