import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineOf, numbersOf, ratiosOf, readStored } from '../../../src/scripts/bench/comparison.ts'

const noisy = (median: number, low: number, high: number) => ({ median, low, high, repeats: 7 })

test('a ratio has the bounds of the two runs put against each other', () => {
  const now = numbersOf({ engine: { rollouts: { stepsPerSecond: noisy(200, 180, 220) } } })
  const stored = numbersOf({ engine: { rollouts: { stepsPerSecond: noisy(100, 90, 110) } } })
  const [ratio] = ratiosOf(now, stored)
  expect(ratio).toEqual({
    name: 'engine.rollouts.stepsPerSecond',
    stored: 100,
    now: 200,
    ratio: 2,
    bounds: [180 / 110, 220 / 90],
  })
})

test('a change is one that noise alone does not make', () => {
  const line = (now: object, stored: object): string =>
    ratiosOf(numbersOf({ a: now }), numbersOf({ a: stored }))
      .map(lineOf)
      .join()
  expect(line(noisy(105, 95, 115), noisy(100, 90, 110))).toBe(
    'a: 100 stored, 105 now, 1.050 times (0.864 to 1.278), within noise',
  )
  expect(line(noisy(200, 180, 220), noisy(100, 90, 110))).toMatch(/changed$/)
  expect(lineOf({ name: 'a', stored: 1, now: 2, ratio: 2, bounds: undefined })).toBe(
    'a: 1 stored, 2 now, 2.000 times, measured once',
  )
})

test('a run beside itself is one, and within noise', () => {
  const amount = fc.double({ min: 1e-6, max: 1e12, noNaN: true })
  const measured = fc.array(amount, { minLength: 3, maxLength: 3 }).map((values) => {
    const [low = 1, median = 1, high = 1] = values.toSorted((a, b) => a - b)
    return noisy(median, low, high)
  })
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.oneof(amount, measured)), (row) => {
      for (const { ratio, bounds } of ratiosOf(numbersOf({ row }), numbersOf({ row }))) {
        expect(ratio).toBe(1)
        if (bounds === undefined) continue
        expect(bounds[0]).toBeLessThanOrEqual(1)
        expect(bounds[1]).toBeGreaterThanOrEqual(1)
      }
    }),
  )
})

test('what only one of two runs has, or has in another form, has no bounds', () => {
  const now = numbersOf({ a: 4, b: 3, c: noisy(2, 1, 3) })
  const stored = numbersOf({ a: 2, c: 1, d: 9 })
  expect(ratiosOf(now, stored)).toEqual([
    { name: 'a', stored: 2, now: 4, ratio: 2, bounds: undefined },
    { name: 'c', stored: 1, now: 2, ratio: 2, bounds: undefined },
  ])
})

test('a file that is none is said in a sentence', () => {
  for (const text of ['', '{', 'null', '[]', '7,', '{"machine":{"cpu":"fast"}}', '"text"'])
    expect(readStored(text)).toMatchObject({ ok: false, failure: { code: 'bench-file' } })
})

test('numbers that cannot be are left out of a hostile file', () => {
  const stored = readStored(`{
    "good": 2, "zero": 0, "negative": -1, "huge": 1e999, "text": "3", "list": [1, 2], "__proto__": { "bad": 1 }, "constructor": 5,
    "turned": { "median": 1, "low": 2, "high": 3, "repeats": 7 }, "none": { "median": null, "low": 1, "high": 1, "repeats": 1 },
    "texts": { "median": "1", "low": 1, "high": 1, "repeats": 1 }
  }`)
  expect(stored.ok && [...stored.value.keys()]).toEqual(['good', '__proto__.bad', 'constructor'])
  expect(ratiosOf(numbersOf({ good: 1, turned: noisy(2, 1, 3) }), stored.ok ? stored.value : new Map())).toHaveLength(1)
  expect(({} as { bad?: number }).bad).toBeUndefined()
})

test('a file as deep as a text can be is read', () => {
  const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`
  expect(readStored(deep)).toMatchObject({ ok: false })
})

test('any JSON is numbers or a sentence', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const stored = readStored(text)
      if (stored.ok) for (const ratio of ratiosOf(stored.value, stored.value)) expect(ratio.ratio).toBe(1)
      else expect(stored.failure.message).toMatch(/^[A-Z].*\.$/)
    }),
  )
})
