/** The order of texts in WebAssembly: that of the decoded texts, for the same work, wherever they lie and whatever they hold. */
import { expect, test } from 'vitest'
import { stream } from '../../src/core/random.ts'
import { createMeter, RESERVE } from '../../src/mysql/run/engine/meter.ts'
import { asciiFirst } from '../../src/mysql/run/functions/collation-wasm.ts'
import { compareText, compareTextNoPad } from '../../src/mysql/values/collation.ts'

const CALL = 80
const FOLDED = 1_000_000
const memory = new WebAssembly.Memory({ initial: 1 })
const workLeft = new WebAssembly.Global({ value: 'i32', mutable: true }, 0)
const meter = createMeter(workLeft)
const bytes = new Uint8Array(memory.buffer)

/** All texts decoded, and a charge that tells that they were. */
function orders(padded: boolean) {
  const compare = padded ? compareText : compareTextNoPad
  const decode = (at: number, length: number) => new TextDecoder().decode(bytes.subarray(at, at + length))
  const plain = (length1: number, at1: number, length2: number, at2: number) =>
    compare(decode(at1, length1), decode(at2, length2))
  const full = (_: number, ...texts: [number, number, number, number]): number => {
    meter.charge(FOLDED)
    return plain(...texts)
  }
  return { plain, fast: asciiFirst({ memory, workLeft, call: CALL, padded, full }) }
}

/** Letters of both cases, what lies between and around them, blanks, control characters, and some that are not ASCII. */
const LETTERS = [
  'a',
  'A',
  'b',
  'Z',
  'z',
  '[',
  '_',
  '`',
  '{',
  '@',
  '0',
  ' ',
  ' ',
  '\t',
  '~',
  'é',
  'ß',
  '\u0301',
  '中',
  '😀',
]

test.each([true, false])('padded %s: 60,000 pairs of texts', (padded) => {
  const { plain, fast } = orders(padded)
  const random = stream(5).child('texts', padded ? 1 : 0)
  const encoder = new TextEncoder()
  const word = (most: number) => Array.from({ length: random.below(9) }, () => LETTERS[random.below(most)]).join('')
  const seen = { less: 0, equal: 0, more: 0, decoded: 0 }
  for (let i = 0; i < 60_000; i++) {
    const most = i % 2 === 0 ? LETTERS.length : LETTERS.indexOf('é') // every second pair is ASCII
    const one = encoder.encode(word(most))
    const other = i % 3 === 0 ? Uint8Array.from(one).fill(0x61, 0, i % 4) : encoder.encode(word(most))
    const [at1, at2] = [64 + random.below(1000), 4096 + random.below(1000)]
    bytes.set(one, at1)
    bytes.set(other, at2)
    meter.start()
    const order = fast(0, one.length, at1, other.length, at2)
    const ascii = [...one, ...other].every((byte) => byte < 0x80)
    expect(order, `${one} and ${other}`).toBe(Math.sign(plain(one.length, at1, other.length, at2)))
    const work = meter.used() - CALL - Math.ceil((one.length + other.length) / 2)
    expect(ascii ? [0] : [0, FOLDED]).toContain(work)
    seen[order < 0 ? 'less' : order > 0 ? 'more' : 'equal']++
    if (work > 0) seen.decoded++
  }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(1000)
})

test('without work left it says 0, and takes the reserve of nobody', () => {
  const { fast } = orders(true)
  bytes.set(new TextEncoder().encode('ab'), 64)
  for (const left of [0, 1, CALL, CALL + 1, CALL + 2]) {
    meter.start(left)
    expect(fast(0, 1, 64, 1, 65)).toBe(left > CALL + 1 ? -1 : 0)
    expect(workLeft.value).toBe(RESERVE + Math.max(0, left - CALL - 1))
    expect(meter.spent()).toBe(left <= CALL + 1)
  }
})
