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
export function collations({ raw, meter }: SqlEngine): Readonly<Record<string, Collation>> {
  const decoder = new TextDecoder()
  const collation =
    (fast: Fast, full: (a: string, b: string) => number): Collation =>
    (_context, length1, at1, length2, at2) => {
      const bytes = length1 + length2
      if (!meter.charge(CALL + BYTE * bytes)) return 0
      const heap = raw.bytes()
      const known = fast(heap, at1, at1 + length1, at2, at2 + length2)
      if (known !== undefined) return known
      if (!meter.charge(FOLDED_BYTE * bytes)) return 0
      return full(decoder.decode(heap.subarray(at1, at1 + length1)), decoder.decode(heap.subarray(at2, at2 + length2)))
    }
  return {
    MYSQL: collation(
      (heap, at1, end1, at2, end2) => compareAscii(heap, at1, padless(heap, at1, end1), at2, padless(heap, at2, end2)),
      compareText,
    ),
    MYSQL_NO_PAD: collation(compareAscii, compareTextNoPad),
    DECIMAL: collation(() => undefined, compareDigits),
  }
}

/** The order of two texts in a heap, each from a place to an end; undefined where that cannot be told from its bytes. */
type Fast = (heap: Uint8Array, at1: number, end1: number, at2: number, end2: number) => number | undefined

/**
 * As `compareTextNoPad`. What comes after the first letters that differ does not count; a byte that is not ASCII before it does:
 * it may be an accent, which is nothing, of the letter before.
 */
const compareAscii: Fast = (heap, at1, end1, at2, end2) => {
  const shorter = Math.min(end1 - at1, end2 - at2)
  for (let i = 0; i < shorter; i++) {
    let x = heap[at1 + i] as number // both are inside
    let y = heap[at2 + i] as number
    if (x > 0x7f || y > 0x7f) return undefined
    if (x === y) continue
    if (x >= 0x61 && x <= 0x7a) x -= 0x20
    if (y >= 0x61 && y <= 0x7a) y -= 0x20
    if (x !== y) return x < y ? -1 : 1
  }
  const rest = end1 - at1 - (end2 - at2)
  if (rest === 0) return 0
  const next = rest > 0 ? heap[at1 + shorter] : heap[at2 + shorter]
  return (next as number) > 0x7f ? undefined : Math.sign(rest)
}

/** Where a text ends but for blanks. */
function padless(heap: Uint8Array, at: number, end: number): number {
  let last = end
  while (last > at && heap[last - 1] === 0x20) last--
  return last
}
