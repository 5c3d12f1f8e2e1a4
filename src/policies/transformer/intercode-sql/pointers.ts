/**
 * Short names that stand after what they mean: `ta` after a table, `A` after a column, `va` after a value. A question is
 * shown in lower case, so that no capital in it can be taken for a column.
 */

/** Columns, tables and values that get one; what comes after is shown, if at all, by its own name. */
export const MOST_COLUMNS = 78
export const MOST_TABLES = 26
export const MOST_VALUES = 10

const letter = (n: number, first: string): string => String.fromCharCode(first.charCodeAt(0) + n)

/** `A` to `Z`, `AA` to `AZ`, `BA` to `BZ`. @param n from 0, below `MOST_COLUMNS` */
export function columnPointer(n: number): string {
  const last = letter(n % 26, 'A')
  return n < 26 ? last : letter(Math.floor(n / 26) - 1, 'A') + last
}

/** `ta` to `tz`. @param n from 0, below `MOST_TABLES` */
export function tablePointer(n: number): string {
  return `t${letter(n, 'a')}`
}

/** `va` to `vj`. @param n from 0, below `MOST_VALUES` */
export function valuePointer(n: number): string {
  return `v${letter(n, 'a')}`
}

/** @returns -1 for what is none */
export function columnPlace(pointer: string): number {
  if (!/^[AB]?[A-Z]$/.test(pointer)) return -1
  const last = pointer.charCodeAt(pointer.length - 1) - 65
  return pointer.length === 1 ? last : 26 * (pointer.charCodeAt(0) - 64) + last
}

/** @returns -1 for what is none */
export function tablePlace(pointer: string): number {
  return /^t[a-z]$/.test(pointer) ? pointer.charCodeAt(1) - 97 : -1
}

/** @returns -1 for what is none */
export function valuePlace(pointer: string): number {
  return /^v[a-j]$/.test(pointer) ? pointer.charCodeAt(1) - 97 : -1
}
