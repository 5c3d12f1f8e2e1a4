/**
 * A WebAssembly module made to count its own work: a global, `work_left`, loses one for each function that is entered, one
 * for each turn of a loop, and one for every 16 bytes that are copied or filled at once. Below zero the module traps
 * (`unreachable`), wherever it is. So what runs in it ends, also where nothing inside would ask; and as nothing looks at a
 * clock, it ends at the same place everywhere. Known elsewhere as gas or fuel metering.
 */
import { u32Bytes, WasmReader, WasmWriter } from './wasm-bytes.ts'
import { BULK, NO_VALUE, OP, skipImmediates } from './wasm-instructions.ts'

/** Exported besides what the module exports: a mutable global of 32 bits, to be set before work begins. */
export const WORK_LEFT = 'work_left'
/** Exported as well: LLVM's stack pointer, which a trap leaves where it was. */
export const STACK_POINTER = 'stack_pointer'

const SECTION = { global: 6, export: 7, code: 10 } as const
const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00] as const // "\0asm", version 1
const MUTABLE_I32 = [0x7f, 0x01] as const
const EXPORTED_GLOBAL = 3
/** 16 bytes a unit. */
const BYTES_SHIFT = 4

/** Global indexes: the meter, and a place to hold the size of a copy. */
interface Meter {
  readonly left: number
  readonly size: number
}

/**
 * @param bytes a module whose globals are its own, LLVM's stack pointer first, with instructions of WebAssembly 2.0 without
 * vectors. Throws an Error for others.
 */
export function meteredWasm(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  if (HEADER.some((byte, i) => bytes[i] !== byte)) throw new Error('This is not a WebAssembly module of version 1.')
  const out = new WasmWriter(bytes.length * 1.3)
  out.list(HEADER)
  let meter: Meter | undefined
  for (const reader = new WasmReader(bytes, HEADER.length); reader.at < bytes.length; ) {
    const id = reader.byte()
    const end = reader.u32() + reader.at
    const body = new WasmWriter(1.3 * (end - reader.at) + 64)
    if (id === SECTION.global) meter = addGlobals(reader, end, body)
    else if (id === SECTION.export) addExports(reader, end, known(meter), body)
    else if (id === SECTION.code) countWork(reader, known(meter), body)
    else body.copy(bytes, reader.at, end)
    out.list([id])
    out.sized(body)
    reader.at = end
  }
  return out.written()
}

function known(meter: Meter | undefined): Meter {
  if (meter === undefined) throw new Error('The module has no globals of its own.')
  return meter
}

function addGlobals(reader: WasmReader, end: number, out: WasmWriter): Meter {
  const count = reader.u32()
  out.u32(count + 2)
  out.copy(reader.bytes, reader.at, end)
  const largest = [OP.i32Const, 0xff, 0xff, 0xff, 0xff, 0x07, OP.end] // 2^31 - 1: nothing is bounded while it starts
  out.list([...MUTABLE_I32, ...largest])
  out.list([...MUTABLE_I32, OP.i32Const, 0, OP.end])
  return { left: count, size: count + 1 }
}

function addExports(reader: WasmReader, end: number, { left }: Meter, out: WasmWriter): void {
  out.u32(reader.u32() + 2)
  out.copy(reader.bytes, reader.at, end)
  for (const [name, global] of [
    [WORK_LEFT, left],
    [STACK_POINTER, 0],
  ] as const) {
    out.u32(name.length)
    out.list([...name].map((letter) => letter.charCodeAt(0)))
    out.list([EXPORTED_GLOBAL, ...u32Bytes(global)])
  }
}

function countWork(reader: WasmReader, meter: Meter, out: WasmWriter): void {
  const [get, set] = [
    (global: number) => [OP.globalGet, ...u32Bytes(global)],
    (global: number) => [OP.globalSet, ...u32Bytes(global)],
  ]
  const trapBelowZero = [...get(meter.left), OP.i32Const, 0, OP.i32LtS, OP.if, NO_VALUE, OP.unreachable, OP.end]
  const turn = [...get(meter.left), OP.i32Const, 1, OP.i32Sub, ...set(meter.left), ...trapBelowZero]
  const shifted = [...get(meter.size), OP.i32Const, BYTES_SHIFT, OP.i32ShrU]
  const bulk = [...set(meter.size), ...get(meter.left), ...shifted, OP.i32Sub, ...set(meter.left), ...get(meter.size)]
  const functions = reader.u32()
  out.u32(functions)
  for (let i = 0; i < functions; i++) {
    const end = reader.u32() + reader.at
    const body = new WasmWriter(1.5 * (end - reader.at) + 64)
    countIn(reader, end, turn, bulk, body)
    out.sized(body)
  }
}

/** One function, with `turn` at its start and at the start of each loop, and `bulk` before memory is copied or filled. */
function countIn(
  reader: WasmReader,
  end: number,
  turn: readonly number[],
  bulk: readonly number[],
  out: WasmWriter,
): void {
  let from = reader.at
  const upTo = (at: number): void => {
    out.copy(reader.bytes, from, at)
    from = at
  }
  for (let groups = reader.u32(); groups > 0; groups--) {
    reader.u32()
    reader.byte()
  }
  upTo(reader.at)
  out.list(turn)
  while (reader.at < end) {
    const at = reader.at
    const opcode = reader.byte()
    skipImmediates(reader, opcode)
    if (opcode === OP.loop) {
      upTo(reader.at)
      out.list(turn)
    } else if (opcode === OP.prefixed && isBulk(reader.bytes[at + 1])) {
      upTo(at)
      out.list(bulk)
    }
  }
  upTo(end)
}

const isBulk = (kind: number | undefined): boolean => kind === BULK.copy || kind === BULK.fill || kind === BULK.init
