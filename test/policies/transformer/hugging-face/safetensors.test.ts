/** safetensors beside a reader that is not ours, and files that are wrong in every way. */
import { safetensors } from '@jax-js/loaders'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { expect, test } from 'vitest'
import { unwrap } from '../../../../src/core/failure.ts'
import { readSafetensors, writeSafetensors } from '../../../../src/policies/transformer/hugging-face/safetensors.ts'
import { llamaShapes } from '../../../../src/policies/transformer/llama.ts'
import { randomModel, SMALL_CONFIG } from '../small-model.ts'

const shapes = llamaShapes(SMALL_CONFIG)
const { tensors } = randomModel()
const file = writeSafetensors(tensors, shapes, 'F32')

test('what is written is read back bit for bit', () => {
  expect(unwrap(readSafetensors(file, shapes))).toEqual(tensors)
})

test('another reader reads the same', () => {
  const theirs = safetensors.parse(file.slice())
  expect(theirs.metadata).toEqual({ format: 'pt', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(Object.keys(theirs.tensors)).toEqual([...shapes.keys()])
  for (const [name, { dtype, shape, data }] of Object.entries(theirs.tensors)) {
    expect([dtype, shape]).toEqual(['F32', shapes.get(name)])
    expect(data).toEqual(tensors.get(name))
  }
})

test('in 16 bits the nearest numbers come back, in half the space', () => {
  const halves = writeSafetensors(tensors, shapes, 'F16')
  expect(halves.length).toBeLessThan(0.55 * file.length)
  for (const [name, values] of unwrap(readSafetensors(halves, shapes)))
    for (const [i, value] of values.entries()) {
      const exact = tensors.get(name)?.[i] ?? Number.NaN
      expect(Math.abs(value - exact)).toBeLessThanOrEqual(Math.max(2 ** -25, Math.abs(exact) * 2 ** -11))
    }
})

test('numbers begin at a whole count of eight bytes', () => {
  const header = Number(new DataView(file.buffer).getBigUint64(0, true))
  expect(header % 8).toBe(0)
  expect(file.length).toBe(8 + header + 4 * [...tensors.values()].reduce((sum, { length }) => sum + length, 0))
})

/** A file of two tensors, whose header is bent. */
const PAIR = new Map([
  ['a', [2]],
  ['b', [2, 2]],
])
const data = new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer)
type Header = Record<string, unknown>
const good: Header = {
  a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
  b: { dtype: 'F32', shape: [2, 2], data_offsets: [8, 24] },
}
function made(header: Header | string, numbers: Uint8Array = data, length?: bigint): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + text.length + numbers.length)
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true)
  bytes.set(text, 8)
  bytes.set(numbers, 8 + text.length)
  return bytes
}
const a = (bent: object) => made({ ...good, a: { ...(good.a as object), ...bent } })

test('a file of other programs, without a digest, tensors in any order, is read', () => {
  const turned = {
    __metadata__: { format: 'pt' },
    b: { ...(good.b as object), data_offsets: [0, 16] },
    a: { ...(good.a as object), data_offsets: [16, 24] },
  }
  expect(unwrap(readSafetensors(made(turned), PAIR)).get('a')).toEqual(Float32Array.of(5, 6))
  const digest = bytesToHex(sha256(data))
  expect(readSafetensors(made({ __metadata__: { sha256: digest }, ...good }), PAIR).ok).toBe(true)
})

test('bfloat16 is read', () => {
  const header = { a: { dtype: 'BF16', shape: [2], data_offsets: [0, 4] } }
  const numbers = new Uint8Array(Uint16Array.of(0x3f80, 0xbf80).buffer)
  expect(unwrap(readSafetensors(made(header, numbers), new Map([['a', [2]]]))).get('a')).toEqual(Float32Array.of(1, -1))
})

test.each([
  ['empty', new Uint8Array(), 'has 0 bytes'],
  ['a header longer than the file', made(good, data, 500n), 'ends within its header'],
  ['a header of 2^63 bytes', made(good, data, 1n << 63n), 'at most 1048576 are read'],
  ['no JSON', made('{"a":'), 'a header that is no JSON'],
  ['bytes that are no UTF-8', made('{}', data, 4n), 'a header that is no JSON'],
  ['a list', made('[]'), 'a header that is no object'],
  ['words that are none', made({ __metadata__: { sha256: 3 }, ...good }), 'malformed at __metadata__'],
  ['a tensor missing', made({ a: good.a }), 'lacks the tensor b'],
  ['a tensor too many', made({ ...good, c: good.a }), 'holds "c", which the model has not'],
  ['a name of objects', made(`${JSON.stringify(good).slice(0, -1)},"__proto__":{}}`), 'holds "__proto__"'],
  ['whole numbers', a({ dtype: 'I32' }), 'malformed at a, dtype'],
  ['another shape', a({ shape: [3] }), 'has a in the shape [3]; the configuration says [2]'],
  [
    'a shape of the same size',
    made({ ...good, b: { dtype: 'F32', shape: [4], data_offsets: [8, 24] } }),
    'has b in the shape [4]',
  ],
  ['a place below zero', a({ data_offsets: [-8, 0] }), 'malformed at a, data_offsets'],
  ['a place that is no number', a({ data_offsets: [0, '8'] }), 'malformed at a, data_offsets'],
  ['a place behind the end', a({ data_offsets: [24, 32] }), 'ends after 24 bytes of numbers; a stands at 24 to 32'],
  ['too few bytes', a({ data_offsets: [0, 4] }), 'gives a 4 bytes; 2 numbers of F32 take 8'],
  ['turned around', a({ data_offsets: [8, 0] }), 'gives a -8 bytes'],
  ['half the numbers', a({ dtype: 'F16' }), 'gives a 8 bytes; 2 numbers of F16 take 4'],
  ['an overlap', a({ data_offsets: [8, 16] }), 'overlap or leave a gap, at byte 0'],
  [
    'a gap',
    made({ ...good, b: { dtype: 'F32', shape: [2, 2], data_offsets: [12, 28] } }, new Uint8Array(28)),
    'leave a gap, at byte 8',
  ],
  ['something behind', made(good, new Uint8Array(25)), 'has 1 bytes behind its last tensor'],
  [
    'no number',
    made(good, new Uint8Array(Float32Array.of(1, Number.NaN, 3, 4, 5, 6).buffer)),
    'a number in a that is not finite',
  ],
  ['another digest', made({ __metadata__: { sha256: '00' }, ...good }), 'was damaged or changed'],
])('refused with a sentence: %s', (_, bytes, says) => {
  const read = readSafetensors(bytes, PAIR)
  expect(read.ok ? 'read' : read.failure.message).toContain(says)
})

test('one bit turned anywhere in the numbers is noticed', () => {
  const header = 8 + Number(new DataView(file.buffer).getBigUint64(0, true))
  for (const at of [header, header + 4001, file.length - 1]) {
    const turned = file.slice()
    turned[at] = (turned[at] ?? 0) ^ 1
    expect(readSafetensors(turned, shapes).ok).toBe(false)
  }
})

test('what does not fit is not written', () => {
  const one = new Map([['a', [1]]])
  expect(() => writeSafetensors(new Map([['a', Float32Array.of(1e6)]]), one, 'F16')).toThrow('a does not fit into F16')
  expect(() => writeSafetensors(new Map([['a', Float32Array.of(1, 2)]]), one, 'F32')).toThrow('a has 2 numbers')
  expect(() => writeSafetensors(new Map(), one, 'F32')).toThrow('a has no numbers')
})
