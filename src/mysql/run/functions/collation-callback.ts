/** utf8mb4_general_ci as SQLite asks for it: two texts as bytes in WebAssembly's memory, compared without decoding most. */
import { compareText, compareTextNoPad } from '../../values/collation.ts'
import { compareDigits } from '../../values/decimals.ts'
import type { SqlEngine } from '../engine/engine.ts'

export const COLLATION_SIGNATURE = 'i(pipip)'

/** As WebAssembly calls it: a context, the length and the place of one text, and of the other. */
export type Collation = (context: number, length1: number, at1: number, length2: number, at2: number) => number

/** Units of work of a comparison, of a byte that is compared as it is, and of one that is decoded and folded. */
const [CALL, BYTE, FOLDED_BYTE] = [80, 0.5, 30]

/**
 * By name in SQLite: `MYSQL`, `MYSQL_NO_PAD` without PAD SPACE, and `DECIMAL`, the order of numbers that are written in
 * digits.
 */
export function collations({ sqlite: { wasm }, meter }: SqlEngine): Readonly<Record<string, Collation>> {
  const decoder = new TextDecoder()
  const collation =
    (fast: (a: Uint8Array, b: Uint8Array) => number | undefined, full: (a: string, b: string) => number): Collation =>
    (_context, length1, at1, length2, at2) => {
      const bytes = length1 + length2
      if (!meter.charge(CALL + BYTE * bytes)) return 0
      const heap = wasm.heap8u()
      const a = heap.subarray(at1, at1 + length1)
      const b = heap.subarray(at2, at2 + length2)
      const known = fast(a, b)
      if (known !== undefined) return known
      return meter.charge(FOLDED_BYTE * bytes) ? full(decoder.decode(a), decoder.decode(b)) : 0
    }
  return {
    MYSQL: collation((a, b) => compareAscii(a, b, true), compareText),
    MYSQL_NO_PAD: collation((a, b) => compareAscii(a, b, false), compareTextNoPad),
    DECIMAL: collation(() => undefined, compareDigits),
  }
}

/** As `compareText`, on bytes; undefined where one is not ASCII. */
function compareAscii(a: Uint8Array, b: Uint8Array, pad: boolean): number | undefined {
  const m = pad ? withoutBlanks(a) : a.length
  const n = pad ? withoutBlanks(b) : b.length
  let result = 0
  for (let i = 0; i < Math.max(m, n); i++) {
    let x = i < m ? (a[i] ?? 0) : -1
    let y = i < n ? (b[i] ?? 0) : -1
    if (x > 0x7f || y > 0x7f) return undefined
    if (x >= 0x61 && x <= 0x7a) x -= 0x20
    if (y >= 0x61 && y <= 0x7a) y -= 0x20
    if (result === 0 && x !== y) result = x < y ? -1 : 1
  }
  return result
}

function withoutBlanks(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0x20) end--
  return end
}
