/** Numbers of 16 bits, by IEEE 754's own values and by every one of them. */
import { expect, test } from 'vitest'
import { readNumbers, writeNumbers } from '../../../../src/policies/transformer/hugging-face/number-formats.ts'

const bits = (...halves: number[]) => new Uint8Array(Uint16Array.from(halves).buffer)
const half = (value: number) => new Uint16Array(writeNumbers(Float32Array.of(value), 'F16').buffer)[0]

test('IEEE’s halves', () => {
  const known: [number, number][] = [
    [0, 0],
    [0x8000, -0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x3555, 0.333251953125],
  ]
  const edges: [number, number][] = [
    [0x7bff, 65504],
    [0x0400, 2 ** -14],
    [0x03ff, 2 ** -14 - 2 ** -24],
    [1, 2 ** -24],
  ]
  for (const [written, value] of [...known, ...edges]) {
    expect(readNumbers(bits(written), 'F16')[0]).toBe(value)
    expect(half(value)).toBe(written)
  }
  expect([...readNumbers(bits(0x7c00, 0xfc00, 0x7e00), 'F16')]).toEqual([Infinity, -Infinity, Number.NaN])
})

test('the nearest half, of two as near the even one', () => {
  expect(half(1 / 3)).toBe(0x3555)
  expect([half(1 + 2 ** -11), half(1 + 3 * 2 ** -11), half(1 + 2 ** -11 + 2 ** -20)]).toEqual([0x3c00, 0x3c02, 0x3c01])
  expect([half(2 ** -25), half(2 ** -25 + 2 ** -40), half(-3 * 2 ** -25)]).toEqual([0, 1, 0x8002])
  expect([half(2047.9), half(65519), half(65520), half(-1e9)]).toEqual([0x6800, 0x7bff, 0x7c00, 0xfc00])
  expect(half(1e-45)).toBe(0)
})

test('every half comes back from the number that it is', () => {
  const all = Uint16Array.from({ length: 0x10000 }, (_, i) => i)
  const values = readNumbers(new Uint8Array(all.buffer), 'F16')
  const back = new Uint16Array(writeNumbers(values, 'F16').buffer)
  expect([...all].filter((half) => back[half] !== half && !Number.isNaN(values[half]))).toEqual([])
})

test('bfloat16 is the upper half of a float', () => {
  expect([...readNumbers(bits(0x3f80, 0xc049, 0x0001), 'BF16')]).toEqual([1, -3.140625, 2 ** -133])
})

test('32 bits stay as they are, from any place in a file', () => {
  const values = Float32Array.of(-0, 1e-45, 0.1, 3e38)
  const file = new Uint8Array(17)
  file.set(writeNumbers(values, 'F32'), 1)
  expect(readNumbers(file.subarray(1), 'F32')).toEqual(values)
})

test('numbers of a Node buffer that begins amid another are read from where it begins', () => {
  const whole = Buffer.from(new Float32Array([1, 2, 3, 4]).buffer)
  expect([...readNumbers(whole.subarray(8), 'F32')]).toEqual([3, 4])
})
