/** What SQLite hands to a function, and how MySQL's functions read it. */
import { doubleText } from '../../values/numbers.ts'

export type Value = string | number | bigint | null | Uint8Array | Int8Array | ArrayBuffer | undefined | boolean

/** Whole numbers stay whole; what SQLite gives as text counts as the number it starts with. */
export function numberOf(value: Value): number {
  return typeof value === 'string' ? Number.parseFloat(value) || 0 : Number(value)
}

export function textOf(value: Value): string {
  return typeof value === 'number' && !Number.isInteger(value) ? doubleText(value) : String(value)
}
