import { expect, test } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import { standardDeviation } from '../../../src/core/statistics.ts'
import { initialParameters } from '../../../src/policies/transformer/initial-parameters.ts'
import { fingerprintOf } from '../../../src/policies/transformer/language-model.ts'
import {
  flattened,
  kernelTrouble,
  tensorOf,
  tensorPlaces,
  unflattened,
} from '../../../src/policies/transformer/parameters.ts'
import { createTokenizer } from '../../../src/policies/transformer/tokenizer/tokenizer.ts'
import { randomModel, SMALL_CONFIG, SMALL_VOCABULARY } from './small-model.ts'

const CONFIG = { ...SMALL_CONFIG, keyValueHeads: SMALL_CONFIG.heads }

test('what is laid out for the kernel comes back as it was', () => {
  const model = randomModel(CONFIG, 2)
  const there = flattened(model)
  expect(unflattened(CONFIG, there)).toEqual(model)
  // Every number has one place.
  expect([...there].sort()).toEqual([...model.tensors.values()].flatMap((tensor) => [...tensor]).sort())
})

test('a model begins with the deviations that it says, the same for a seed', () => {
  const begin = initialParameters(CONFIG, stream(1))
  expect(initialParameters(CONFIG, stream(1))).toEqual(begin)
  expect(initialParameters(CONFIG, stream(2))).not.toEqual(begin)
  const { hidden, intermediate, layers } = CONFIG
  const expected: readonly (readonly [RegExp, number])[] = [
    [/embed/, 0.05],
    [/[qkv]_proj|gate_proj|up_proj/, 1 / Math.sqrt(hidden)],
    [/o_proj/, 1 / Math.sqrt(2 * layers * hidden)],
    [/down_proj/, 1 / Math.sqrt(2 * layers * intermediate)],
  ]
  for (const place of tensorPlaces(CONFIG)) {
    const numbers = [...tensorOf(begin, place)]
    if (place.name.includes('norm')) {
      expect(new Set(numbers)).toEqual(new Set([1]))
      continue
    }
    const [, deviation = 0] = expected.find(([name]) => name.test(place.name)) ?? []
    // A sample of a thousand numbers: its deviation is within some percent.
    expect((standardDeviation(numbers) ?? 0) / deviation, place.name).toBeCloseTo(1, 0.7)
  }
})

test.each([
  ['layers', 13, /13 layers/],
  ['keyValueHeads', 2, /2 heads of keys/],
  ['headSize', 16, /no 32/],
  ['intermediate', 50, /50 is no multiple of 4/],
  ['vocabulary', 290, /290 is no multiple of 4/],
  ['context', 0.5, /context is 0.5/],
  ['ropeTheta', 1, /rotary/],
  ['normEpsilon', 0, /epsilon/],
] as const)('the kernel says that it does not take %s of %d', (name, value, words) => {
  expect(kernelTrouble(CONFIG)).toBeUndefined()
  expect(kernelTrouble({ ...CONFIG, [name]: value })).toMatch(words)
})

test('heads of four numbers are none that the kernel takes', () => {
  expect(kernelTrouble({ ...CONFIG, heads: 8, keyValueHeads: 8, headSize: 4 })).toMatch(/4 numbers is no multiple of 8/)
})

test('a fingerprint is that of the numbers, the shape and the words', () => {
  const parameters = flattened(randomModel(CONFIG, 2))
  const tokenizer = createTokenizer(SMALL_VOCABULARY)
  const known = fingerprintOf(CONFIG, parameters, tokenizer)
  expect(known).toMatch(/^[0-9a-f]{16}$/)
  expect(fingerprintOf({ ...CONFIG }, parameters.slice(), tokenizer)).toBe(known)
  const moved = parameters.slice()
  moved[100] = (moved[100] as number) + 2 ** -20
  const fewer = { ...SMALL_VOCABULARY, merges: SMALL_VOCABULARY.merges.slice(0, -1) }
  const others = [
    fingerprintOf(CONFIG, moved, tokenizer),
    fingerprintOf({ ...CONFIG, ropeTheta: 500 }, parameters, tokenizer),
    fingerprintOf(CONFIG, parameters, createTokenizer(fewer)),
  ]
  expect(new Set([known, ...others]).size).toBe(4)
})
