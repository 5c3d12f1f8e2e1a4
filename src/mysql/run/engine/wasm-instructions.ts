/** Where a WebAssembly instruction ends: its immediates, by opcode (WebAssembly 2.0, 5.4, without vectors and references). */
import type { WasmReader } from './wasm-bytes.ts'

export const OP = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  return: 0x0f,
  call: 0x10,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Load8U: 0x2d,
  i32Const: 0x41,
  i32Eqz: 0x45,
  i32Eq: 0x46,
  i32Ne: 0x47,
  i32LtS: 0x48,
  i32LtU: 0x49,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32And: 0x71,
  i32Or: 0x72,
  i32ShrU: 0x76,
  /** Followed by a number: saturating truncations, and memory in bulk. */
  prefixed: 0xfc,
} as const

/** After `OP.prefixed`. */
export const BULK = { init: 8, drop: 9, copy: 10, fill: 11 } as const

/** Block types of no value; those of one are a byte as well. */
export const NO_VALUE = 0x40

/** Moves past the immediates of an instruction that begins with `opcode`, and tells where that is. Throws for instructions that it does not know. */
export function skipImmediates(reader: WasmReader, opcode: number): number {
  if (opcode >= 0x45 && opcode <= 0xc4) return reader.at // comparisons, arithmetic, conversions
  if (opcode >= 0x28 && opcode <= 0x3e) return skip(reader, 2) // loads and stores: alignment, offset
  switch (opcode) {
    case 0x00: // unreachable
    case 0x01: // nop
    case 0x05: // else
    case 0x0b: // end
    case 0x0f: // return
    case 0x1a: // drop
    case 0x1b: // select
      return reader.at
    case 0x02: // block
    case 0x03: // loop
    case 0x04: // if
    case 0x0c: // br
    case 0x0d: // br_if
    case 0x10: // call
    case 0x20: // local.get
    case 0x21: // local.set
    case 0x22: // local.tee
    case 0x23: // global.get
    case 0x24: // global.set
    case 0x3f: // memory.size
    case 0x40: // memory.grow
    case 0x41: // i32.const
    case 0x42: // i64.const
      return skip(reader, 1)
    case 0x0e: // br_table: labels, and the one for all else
      return skip(reader, reader.u32() + 1)
    case 0x11: // call_indirect: type, table
      return skip(reader, 2)
    case 0x43: // f32.const
      reader.at += 4
      return reader.at
    case 0x44: // f64.const
      reader.at += 8
      return reader.at
    case OP.prefixed:
      return skipPrefixed(reader)
    default:
      throw new Error(`Instruction 0x${opcode.toString(16)} is not known here.`)
  }
}

function skipPrefixed(reader: WasmReader): number {
  const kind = reader.u32()
  if (kind <= 7) return reader.at // saturating truncations
  if (kind === BULK.init || kind === BULK.copy) return skip(reader, 2)
  if (kind === BULK.drop || kind === BULK.fill) return skip(reader, 1)
  throw new Error(`Instruction 0xfc ${kind} is not known here.`)
}

function skip(reader: WasmReader, numbers: number): number {
  for (let i = 0; i < numbers; i++) reader.skipNumber()
  return reader.at
}
