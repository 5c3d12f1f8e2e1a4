/**
 * One record of a file: read by whoever knows its shape, or a sentence that says which file, which record and which field
 * is wrong, what was expected there, what was found, and what to do.
 */
import { failure, quote, type Result, success } from '../../../core/failure.ts'
import type { Records } from './record-schemas.ts'

/** Where in which file, as a sentence begins: `items_shuffle.json, record 3 (asin B01)`. */
export interface Where {
  readonly file: string
  readonly record: string
}

/** Reads one record; `field` is the path at which `value` stands. */
export type ReadRecord = <K extends keyof Records>(
  kind: K,
  value: unknown,
  where: Where,
  field?: string,
) => Result<Records[K]>

/** Of files that ship with the page, which a test holds to the schemas; all others are `checkedRecord`. */
export const trustedRecord: ReadRecord = (kind, value) => success(value as Records[typeof kind]) // our own build's

/** The failure `catalogue-field`. */
export function fault(where: Where, field: string, expected: string, found: unknown) {
  const at = `${where.file}, ${where.record}${field === '' ? '' : `, field ${field.slice(0, 80)}`}`
  return failure(
    'catalogue-field',
    `${at}: expected ${expected}, found ${described(found)}. Correct it or take the record out, then open the file again.`,
  )
}

function described(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  return typeof value === 'string' ? quote(value) : String(value)
}
