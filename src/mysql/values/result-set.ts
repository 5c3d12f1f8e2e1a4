/** What a statement that has rows gives: values with their types, for whoever prints them. */
import type { ValueType } from './value-type.ts'

/**
 * Dates and times are text (`2014-05-30`, `2014-05-30 23:32:02`, `-01:30:00`); whole numbers beyond 2^53 are bigints,
 * beyond 2^63 digits in text; a decimal is a number, or its digits in text where it may have more than 15. Its scale stands
 * in the column's type (see `decimalText`).
 */
export type SqlValue = string | number | bigint | null

export interface ResultColumn {
  readonly name: string
  readonly type: ValueType
}

export interface ResultSet {
  readonly columns: readonly ResultColumn[]
  /** One value for each column. */
  readonly rows: readonly (readonly SqlValue[])[]
}
