import { expect, test } from 'vitest'
import { parseWeights, writeWeights } from '../../../src/policies/linear/weights.ts'

const FEATURES = [
  { name: 'a.one', meaning: 'the first' },
  { name: 'b.two', meaning: 'the second' },
]
const GOOD = { version: 1, features: ['b.two', 'a.one'], weights: [2, 1], trained: { seed: 7 } }

test('weights are read by name, whatever their order', () => {
  const read = parseWeights(GOOD, FEATURES)
  expect(read.ok && [...read.value.weights]).toEqual([1, 2])
  expect(read.ok && read.value.trained).toEqual({ seed: 7 })
})

test('what is written is read back', () => {
  const weights = { weights: Float64Array.of(0.1, -3), trained: { seed: 1, method: 'SFT' } }
  expect(parseWeights(JSON.parse(writeWeights(FEATURES, weights)), FEATURES)).toEqual({ ok: true, value: weights })
})

test.each([
  [null, 'policy-shape'],
  ['[]', 'policy-shape'],
  [{}, 'policy-shape'],
  [{ ...GOOD, version: 2 }, 'policy-version'],
  [{ ...GOOD, weights: [2, Number.NaN] }, 'policy-shape'],
  [{ ...GOOD, weights: [2, '1'] }, 'policy-shape'],
  [{ ...GOOD, weights: [2] }, 'policy-shape'],
  [{ ...GOOD, features: ['b.two'], weights: [2] }, 'policy-feature'],
  [{ ...GOOD, features: ['b.two', 'b.two'] }, 'policy-feature'],
  [{ ...GOOD, features: ['b.two', 'a.one', 'c.new'], weights: [1, 2, 3] }, 'policy-feature'],
])('%j is refused with a sentence', (file, code) => {
  const read = parseWeights(file, FEATURES)
  expect(read.ok).toBe(false)
  if (read.ok) return
  expect(read.failure.code).toBe(code)
  expect(read.failure.message).toMatch(/^The policy file .*\. Make the file anew/)
})
