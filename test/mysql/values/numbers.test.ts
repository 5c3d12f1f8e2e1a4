import { describe, expect, test } from 'vitest'
import { decimalText, sentReal } from '../../../src/mysql/index.ts'
import { doubleText, numberPrefix, roundHalfUp } from '../../../src/mysql/values/numbers.ts'

describe('decimals are rounded on their shortest digits, halves away from zero', () => {
  test.each([
    [1.005, 2, '1.01'],
    [-2.5, 0, '-3'],
    [-0.001, 2, '0.00'],
    [1e21, 1, '1000000000000000000000.0'],
    [12345678901234567890n, 2, '12345678901234567890.00'],
  ] as const)('%s to %s', (value, decimals, text) => {
    expect(decimalText(value, decimals)).toBe(text)
  })
  test('ROUND may round left of the point', () => {
    expect([roundHalfUp(1250, -2), roundHalfUp(-1250, -2), roundHalfUp(2.5, 0)]).toEqual([1300, -1300, 3])
  })
})

test('FLOAT is sent with six digits, FLOAT(M,D) and DOUBLE(M,D) with D after the point', () => {
  expect(sentReal(Math.fround(78.4), { kind: 'float' })).toBe(78.4)
  expect(sentReal(2.256, { kind: 'double', decimals: 2 })).toBe(2.26)
  expect(sentReal(0.1 + 0.2, { kind: 'double' })).toBe(0.30000000000000004)
})

test('a text counts as the number that it starts with', () => {
  expect(['12abc', ' -3.5e2x', '.5', 'abc', '1e999'].map(numberPrefix)).toEqual([12, -350, 0.5, 0, 0])
})

test('a double as text has its shortest digits, and an exponent from 1e15 on and below 1e-15', () => {
  const texts = [0.1, -0, 5, 1e14, 1e15, 123456789012345680, 1e-4, 1e-5, -2.5e-7, 1e-16].map(doubleText)
  expect(texts.join(' ')).toBe('0.1 -0 5 100000000000000 1e15 1.2345678901234568e17 0.0001 0.00001 -0.00000025 1e-16')
})
