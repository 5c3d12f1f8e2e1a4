import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeLabels } from '../../../../src/ui/compare/results/label-places.ts'

const ROOM = { gap: 13, least: 0, most: 300 }

describe('labels at the ends of lines', () => {
  test('stay where they are where none is in the way of another', () => {
    expect(placeLabels([200, 10, 100], ROOM)).toEqual([200, 10, 100])
    expect(placeLabels([], ROOM)).toEqual([])
  })
  test('two at one place move apart by as much, to both sides', () => {
    expect(placeLabels([100, 100], ROOM)).toEqual([93.5, 106.5])
    expect(placeLabels([100, 98, 200], ROOM)).toEqual([105.5, 92.5, 200])
    expect(placeLabels([100, 110, 200], ROOM)).toEqual([98.5, 111.5, 200])
  })
  test('at an edge they move away from it', () => {
    expect(placeLabels([0, 0, 0], ROOM)).toEqual([0, 13, 26])
    expect(placeLabels([300, 299], ROOM)).toEqual([300, 287])
  })
  test('where there is no room for all, they are evenly spread', () => {
    expect(placeLabels([5, 5, 5], { gap: 13, least: 0, most: 10 })).toEqual([0, 5, 10])
  })

  // Doubles are mostly tiny or at an edge; whole numbers lie all over the picture.
  const end = fc.oneof(fc.double({ min: -50, max: 350, noNaN: true }), fc.integer({ min: -50, max: 350 }))
  const ends = fc.array(end, { minLength: 1, maxLength: 16 })
  test('never lie on each other, keep their order, and stay in the picture', () => {
    fc.assert(
      fc.property(ends, (wanted) => {
        const places = placeLabels(wanted, ROOM)
        const order = wanted.map((_, at) => at).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b)
        const sorted = order.map((at) => places[at] ?? Number.NaN)
        sorted.forEach((place, rank) => {
          expect(place).toBeGreaterThanOrEqual(-1e-9)
          expect(place).toBeLessThanOrEqual(300 + 1e-9)
          if (rank > 0) expect(place - (sorted[rank - 1] ?? Number.NaN)).toBeGreaterThanOrEqual(13 - 1e-9)
        })
      }),
    )
  })
  test('move as little as can be: no other places without overlaps are nearer in squares', () => {
    const cost = (wanted: readonly number[], places: readonly number[]): number =>
      places.reduce((sum, place, at) => sum + (place - (wanted[at] ?? 0)) ** 2, 0)
    const room = fc.record({
      wanted: ends,
      nudges: fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 16, maxLength: 16 }),
    })
    fc.assert(
      fc.property(room, ({ wanted, nudges }) => {
        const places = placeLabels(wanted, ROOM)
        const other = places.map((place, at) => place + (nudges[at] ?? 0))
        const sorted = other.toSorted((a, b) => a - b)
        const allowed = sorted.every(
          (place, rank) => place >= 0 && place <= 300 && (rank === 0 || place - (sorted[rank - 1] ?? 0) >= 13),
        )
        if (allowed) expect(cost(wanted, other)).toBeGreaterThanOrEqual(cost(wanted, places) - 1e-6)
      }),
    )
  })
})
