/** utf8mb4_general_ci as SQLite asks for it: two texts as bytes in WebAssembly's memory, compared without decoding most. */
import { compareText, compareTextNoPad } from '../../values/collation.ts'
import { compareDigits } from '../../values/decimals.ts'
import type { SqlEngine } from '../engine/engine.ts'
import { asciiFirst, type Collation } from './collation-wasm.ts'

export const COLLATION_SIGNATURE = 'i(pipip)'

/** Units of work of a comparison, and of a byte that is decoded and folded; one that is compared as it is takes half of one. */
const [CALL, FOLDED_BYTE] = [80, 30]

/**
 * By name in SQLite: `MYSQL`, `MYSQL_NO_PAD` without PAD SPACE, and `DECIMAL`, the order of numbers that are written in
 * digits.
 */
export function collations({ raw, meter }: SqlEngine): Readonly<Record<string, Collation>> {
  const decoder = new TextDecoder()
  const decoded =
    (full: (a: string, b: string) => number): Collation =>
    (_context, length1, at1, length2, at2) => {
      if (!meter.charge(FOLDED_BYTE * (length1 + length2))) return 0
      const heap = raw.bytes()
      return full(decoder.decode(heap.subarray(at1, at1 + length1)), decoder.decode(heap.subarray(at2, at2 + length2)))
    }
  const ordered = (padded: boolean, full: (a: string, b: string) => number): Collation =>
    asciiFirst({ memory: raw.memory, workLeft: meter.left, call: CALL, padded, full: decoded(full) })
  const digits = decoded(compareDigits)
  return {
    MYSQL: ordered(true, compareText),
    MYSQL_NO_PAD: ordered(false, compareTextNoPad),
    DECIMAL: (context, ...texts) => (meter.charge(CALL + (texts[0] + texts[2]) / 2) ? digits(context, ...texts) : 0),
  }
}
