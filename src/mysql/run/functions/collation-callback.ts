/** utf8mb4_general_ci as SQLite asks for it: two texts as bytes in WebAssembly's memory, compared without decoding most. */
import type { Database } from '@sqlite.org/sqlite-wasm'
import { compareText, compareTextNoPad } from '../../values/collation.ts'
import { compareDigits } from '../../values/decimals.ts'
import type { SqlEngine } from '../engine.ts'

/**
 * Registers it as `MYSQL`, as `MYSQL_NO_PAD` without PAD SPACE, and the order of numbers that are written in digits as
 * `DECIMAL`. @param charge as for functions
 */
export function registerCollations({ sqlite }: SqlEngine, db: Database, charge: () => boolean): void {
  const decoder = new TextDecoder()
  const register = (name: string, compare: (a: Uint8Array, b: Uint8Array) => number): void => {
    sqlite.capi.sqlite3_create_collation_v2(
      db,
      name,
      sqlite.capi.SQLITE_UTF8,
      0,
      (_context, length1, at1, length2, at2) => {
        if (!charge()) return 0
        const heap = sqlite.wasm.heap8u()
        const a = heap.subarray(Number(at1), Number(at1) + length1)
        return compare(a, heap.subarray(Number(at2), Number(at2) + length2))
      },
      0,
    )
  }
  register('MYSQL', (a, b) => compareAscii(a, b, true) ?? compareText(decoder.decode(a), decoder.decode(b)))
  register(
    'MYSQL_NO_PAD',
    (a, b) => compareAscii(a, b, false) ?? compareTextNoPad(decoder.decode(a), decoder.decode(b)),
  )
  register('DECIMAL', (a, b) => compareDigits(decoder.decode(a), decoder.decode(b)))
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
