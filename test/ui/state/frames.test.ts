/** Which part of the page has its turn in which frame. */
import { expect, test } from 'vitest'
import { isTurnOf } from '../../../src/ui/state/frames.ts'

test('of six frames three are of parts of an even number, and the others of 1, 3 and 5, whoever asks how often', () => {
  const turns = Array.from({ length: 60 }, (_, frame) => {
    const asked = [1, 2, 3, 4, 5, 2, 1].map((part) => isTurnOf(part, 1000 + frame))
    expect([asked[0], asked[1], asked[1]]).toEqual([asked[6], asked[5], asked[3]])
    return [1, 2, 3, 5].filter((part) => asked[part - 1])
  })
  expect(turns.every(({ length }) => length === 1)).toBe(true)
  for (let from = 0; from + 6 <= turns.length; from++)
    expect(
      turns
        .slice(from, from + 6)
        .flat()
        .toSorted((a, b) => a - b),
    ).toEqual([1, 2, 2, 2, 3, 5])
})
