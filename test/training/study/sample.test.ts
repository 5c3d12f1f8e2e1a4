import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import { createSample } from '../../../src/training/study/sample.ts'

const groups = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 12 })

test('a sample does not depend on how its collection grew', () => {
  fc.assert(
    fc.property(groups, fc.nat(1000), (sizes, most) => {
      const items = sizes.map((size, group) => Array.from({ length: size }, (_, i) => `${group}/${i}`))
      const grown = createSample<string>(most, stream(1))
      items.forEach((of, group) => {
        // What is asked for on the way changes nothing.
        grown.with(group, of.slice(0, 3))
        grown.add(group, of)
      })
      const last = items.length - 1
      const late = createSample<string>(most, stream(1))
      items.slice(0, last).forEach((of, group) => {
        late.add(group, of)
      })
      const sample = late.with(last, items[last] ?? [])
      expect(grown.with(-1, [])).toEqual(sample)
      expect(new Set(sample).size).toBe(Math.min(most, items.flat().length))
    }),
    { numRuns: 50 },
  )
})

test('every item is as likely to stay as any other', () => {
  const counts = new Map<number, number>()
  for (let seed = 0; seed < 4000; seed++) {
    const sample = createSample<number>(2, stream(seed))
    sample.add(0, [0, 1, 2])
    for (const item of sample.with(1, [3, 4])) counts.set(item, (counts.get(item) ?? 0) + 1)
  }
  const error = Math.sqrt((0.4 * 0.6) / 4000)
  for (let item = 0; item < 5; item++) expect(Math.abs((counts.get(item) ?? 0) / 4000 - 0.4)).toBeLessThan(4.5 * error)
})
