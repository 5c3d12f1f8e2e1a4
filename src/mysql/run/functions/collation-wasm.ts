/**
 * The order of two ASCII texts as WebAssembly, assembled here, so that SQLite asks for it without leaving WebAssembly: a sort of a
 * thousand names asks ten thousand times. It charges the meter as `Meter.charge` does, and leaves texts that are not ASCII to the
 * function that it is given (`collations.ts`).
 */
import { RESERVE } from '../engine/meter.ts'
import { u32Bytes, WasmWriter } from '../engine/wasm-bytes.ts'
import { NO_VALUE, OP } from '../engine/wasm-instructions.ts'

/** As SQLite calls it: a context, the length and the place of one text in memory, and of the other. */
export type Collation = (context: number, length1: number, at1: number, length2: number, at2: number) => number

/** Parameters, then local variables; all are i32. */
const [CONTEXT, LENGTH1, AT1, LENGTH2, AT2, KEPT1, KEPT2, I, SHORTER, X, Y] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
] as const
const PARAMETERS = 5
const LOCALS = 6
const I32 = 0x7f

type Code = readonly number[]

const get = (local: number): Code => [OP.localGet, local]
const set = (local: number, value: Code): Code => [...value, OP.localSet, local]
const constant = (value: number): Code => [OP.i32Const, ...signedBytes(value)]
const both = (operation: number, a: Code, b: Code): Code => [...a, ...b, operation]
const when = (condition: Code, then: Code): Code => [...condition, OP.if, NO_VALUE, ...then, OP.end]
const pick = (condition: Code, then: Code, otherwise: Code): Code => [...then, ...otherwise, ...condition, OP.select]
const giving = (value: Code): Code => [...value, OP.return]
/** A loop within a block: 0 begins it anew, 1 leaves it. */
const again = (body: Code): Code => [OP.block, NO_VALUE, OP.loop, NO_VALUE, ...body, OP.end, OP.end]
const leaveWhen = (condition: Code): Code => [...condition, OP.brIf, 1]
const ANEW = [OP.br, 0] as const
const byteAt = (place: Code): Code => [...place, OP.i32Load8U, 0, 0]
const add = (a: Code, b: Code): Code => both(OP.i32Add, a, b)
const subtract = (a: Code, b: Code): Code => both(OP.i32Sub, a, b)

/** LEB128 of a number of 32 bits with its sign. */
function signedBytes(value: number): number[] {
  const bytes: number[] = []
  for (let left = value; ; left >>= 7) {
    const low = left & 0x7f
    if (left >> 7 === (low & 0x40 ? -1 : 0)) return [...bytes, low]
    bytes.push(low | 0x80)
  }
}

/** @param call units of work of a call; each byte takes half of one @param padded whether blanks at the end do not count */
function body(call: number, padded: boolean): Code {
  const left = [OP.globalGet, 0] as const
  const reserve = constant(RESERVE)
  const units = add(constant(call), both(OP.i32ShrU, add(add(get(LENGTH1), get(LENGTH2)), constant(1)), constant(1)))
  const floor = pick(both(OP.i32LtS, left, reserve), left, reserve)
  const full = giving([...get(CONTEXT), ...get(KEPT1), ...get(AT1), ...get(KEPT2), ...get(AT2), OP.call, 0])
  const last = (at: number, length: number): Code => byteAt(subtract(add(get(at), get(length)), constant(1)))
  const trimmed = (at: number, length: number): Code =>
    again([
      ...leaveWhen([...get(length), OP.i32Eqz]),
      ...leaveWhen(both(OP.i32Ne, last(at, length), constant(0x20))),
      ...set(length, subtract(get(length), constant(1))),
      ...ANEW,
    ])
  const upper = (letter: number): Code =>
    when(
      both(OP.i32LtU, subtract(get(letter), constant(0x61)), constant(26)),
      set(letter, subtract(get(letter), constant(0x20))),
    )
  const isNotAscii = (byte: Code): Code => both(OP.i32And, byte, constant(0x80))
  const rest = subtract(get(LENGTH1), get(LENGTH2))
  const less = (a: Code, b: Code): Code => pick(both(OP.i32LtU, a, b), constant(-1), constant(1))
  return [
    ...set(X, subtract(left, units)),
    ...set(Y, floor),
    ...set(X, pick(both(OP.i32LtS, get(X), get(Y)), get(Y), get(X))),
    ...get(X),
    ...[OP.globalSet, 0],
    ...when(both(OP.i32LtS, get(X), constant(RESERVE + 1)), giving(constant(0))),
    ...set(KEPT1, get(LENGTH1)),
    ...set(KEPT2, get(LENGTH2)),
    ...(padded ? [...trimmed(AT1, LENGTH1), ...trimmed(AT2, LENGTH2)] : []),
    ...set(SHORTER, pick(both(OP.i32LtU, get(LENGTH1), get(LENGTH2)), get(LENGTH1), get(LENGTH2))),
    ...again([
      ...leaveWhen(both(OP.i32Eq, get(I), get(SHORTER))),
      ...set(X, byteAt(add(get(AT1), get(I)))),
      ...set(Y, byteAt(add(get(AT2), get(I)))),
      ...set(I, add(get(I), constant(1))),
      ...when(isNotAscii(both(OP.i32Or, get(X), get(Y))), full),
      ...upper(X),
      ...upper(Y),
      ...when(both(OP.i32Ne, get(X), get(Y)), giving(less(get(X), get(Y)))),
      ...ANEW,
    ]),
    ...when([...rest, OP.i32Eqz], giving(constant(0))),
    ...set(X, pick(both(OP.i32LtU, get(LENGTH1), get(LENGTH2)), get(AT2), get(AT1))),
    ...when(isNotAscii(byteAt(add(get(X), get(SHORTER)))), full),
    ...less(get(LENGTH1), get(LENGTH2)),
    OP.end,
  ]
}

const text = (word: string): Code => [word.length, ...Array.from(word, (letter) => letter.charCodeAt(0))]

/** A module that imports `e.m` (memory), `e.w` (work left) and `e.f` (what orders all texts), and exports the order as `c`. */
function moduleOf(code: Code): Uint8Array<ArrayBuffer> {
  const out = new WasmWriter(512)
  out.list([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])
  const section = (id: number, content: Code): void => out.list([id, ...u32Bytes(content.length), ...content])
  const imported = (name: string, what: Code): Code => [...text('e'), ...text(name), ...what]
  section(1, [1, 0x60, PARAMETERS, ...new Array<number>(PARAMETERS).fill(I32), 1, I32])
  section(2, [3, ...imported('f', [0, 0]), ...imported('m', [2, 0, 0]), ...imported('w', [3, I32, 1])])
  section(3, [1, 0])
  section(7, [1, ...text('c'), 0, 1])
  const whole = [1, LOCALS, I32, ...code]
  section(10, [1, ...u32Bytes(whole.length), ...whole])
  return out.written()
}

export interface AsciiFirst {
  readonly memory: WebAssembly.Memory
  readonly workLeft: WebAssembly.Global
  /** Units of work of a call. */
  readonly call: number
  readonly padded: boolean
  /** The order of texts that are not all ASCII. */
  readonly full: Collation
}

/** What SQLite may call as it is: a function of WebAssembly. */
export function asciiFirst({ memory, workLeft, call, padded, full }: AsciiFirst): Collation {
  const module = new WebAssembly.Module(moduleOf(body(call, padded)))
  const { exports } = new WebAssembly.Instance(module, { e: { m: memory, w: workLeft, f: full } })
  return exports.c as Collation // as it is made above
}
