/** Values that SQLite hands to a function, and the one that it gets back: as the package's `capi` does, without asking it. */
import type { SqlEngine } from '../engine/engine.ts'
import { KIND } from '../engine/raw-sqlite.ts'
import type { Value } from './arguments.ts'

/** Handed over as it is: SQLite takes a copy. */
const TRANSIENT = -1

const ENCODER = new TextEncoder()

export interface HandedValues {
  /** As many as there are at a place, in order. */
  take(count: number, at: number): Value[]
  /** What a function gives back; undefined leaves that open. Throws for a bigint beyond 64 bits. */
  give(context: number, value: Value): void
}

export function handedValues({ raw, scratch: { value: room }, sqlite: { capi } }: SqlEngine): HandedValues {
  const { call } = raw

  function one(value: number): Value {
    switch (call.sqlite3_value_type(value)) {
      case KIND.integer: {
        const near = call.sqlite3_value_double(value)
        if (Number.isSafeInteger(near)) return near
        return call.sqlite3_value_int64(value)
      }
      case KIND.float:
        return call.sqlite3_value_double(value)
      case KIND.text: {
        const at = call.sqlite3_value_text(value)
        return at === 0 ? null : raw.text(at, call.sqlite3_value_bytes(value))
      }
      case KIND.null:
        return null
      default:
        return capi.sqlite3_value_to_js(value) as Value
    }
  }

  function text(context: number, value: string): void {
    if (3 * value.length > room.bytes) capi.sqlite3_result_js(context, value)
    else {
      const { written } = ENCODER.encodeInto(value, raw.bytes().subarray(room.at, room.at + room.bytes))
      call.sqlite3_result_text(context, room.at, written, TRANSIENT)
    }
  }

  return {
    take(count, at) {
      const values = new Array<Value>(count)
      for (let i = 0; i < count; i++) values[i] = one(raw.words()[(at >> 2) + i] as number) // as many as SQLite says
      return values
    },
    give(context, value) {
      if (value === null) call.sqlite3_result_null(context)
      else if (typeof value === 'string') text(context, value)
      else if (typeof value !== 'number') capi.sqlite3_result_js(context, value as bigint)
      else if ((value | 0) === value) call.sqlite3_result_int(context, value)
      else if (Number.isInteger(value)) capi.sqlite3_result_js(context, value)
      else call.sqlite3_result_double(context, value)
    },
  }
}
