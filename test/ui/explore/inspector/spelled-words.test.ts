import { expect, test } from 'vitest'
import { alike, logOf, sameTokens, shifts } from '../../../../src/ui/explore/inspector/spelled-words.ts'
import type { Spelled } from '../../../../src/worker/protocol/visits.ts'

const spelled = (...tokens: readonly (readonly [string, number])[]): Spelled => ({
  read: '',
  tokens: tokens.map(([text, probability]) => ({ text, probability, others: [] })),
})

test('a whole action is as likely as the product of its tokens', () => {
  expect(Math.exp(logOf(spelled(['click', 0.5], [' r2', 0.25])))).toBeCloseTo(0.125, 12)
  expect(logOf(spelled())).toBe(0)
  expect(logOf(spelled(['click', 0]))).toBeLessThan(-20)
})

test('two actions part at the first token that differs, or where one ends', () => {
  const [a, b] = [spelled(['click', 1], [' r2', 1], ['<|end|>', 1]), spelled(['click', 1], [' r5', 1], ['<|end|>', 1])]
  expect(alike(a, b)).toBe(1)
  expect(alike(a, a)).toBe(3)
  expect(alike(a, spelled(['click', 1]))).toBe(1)
  expect(sameTokens(a, a)).toBe(true)
  expect(sameTokens(a, spelled(['click', 1]))).toBe(false)
})

test('a shift is what came after minus what was before', () => {
  const moved = shifts(spelled(['click', 0.5], [' r2', 0.25]), spelled(['click', 0.75], [' r2', 0]))
  expect(moved).toEqual([0.25, -0.25])
})
