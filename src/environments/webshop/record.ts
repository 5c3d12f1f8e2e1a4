/**
 * One record of a file from outside: parsed by a schema, or a sentence that says which file, which record and which
 * field is wrong, what was expected there, what was found, and what to do.
 */
import * as v from 'valibot'
import { failure, quote, type Result, success } from '../../core/failure.ts'

/** Where in which file, as a sentence begins: `items_shuffle.json, record 3 (asin B01)`. */
export interface Where {
  readonly file: string
  readonly record: string
}

/** The failure `catalogue-field`. */
export function fault(where: Where, field: string, expected: string, found: unknown) {
  const at = `${where.file}, ${where.record}${field === '' ? '' : `, field ${field.slice(0, 80)}`}`
  return failure(
    'catalogue-field',
    `${at}: expected ${expected}, found ${described(found)}. Correct it or take the record out, then open the file again.`,
  )
}

/** The value as the schema gives it; `field` is the path at which `value` stands. */
export function parsed<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  where: Where,
  field = '',
): Result<v.InferOutput<S>> {
  const result = v.safeParse(schema, value, { abortEarly: true })
  if (result.success) return success(result.output)
  const { issue, path } = deepest(result.issues[0], field === '' ? [] : [field])
  const missing = issue.expected?.startsWith('"') === true && issue.received === 'undefined'
  return fault(where, path.join('.'), missing ? 'a value' : words(issue.expected), missing ? undefined : issue.input)
}

/** A union has the issues of its branches inside; the one that got further in says more. Paths inside are relative. */
function deepest(
  issue: v.BaseIssue<unknown>,
  above: readonly string[],
): { readonly issue: v.BaseIssue<unknown>; readonly path: readonly string[] } {
  const path = [...above, ...(issue.path?.map((part) => String(part.key)) ?? [])]
  const inner = issue.issues?.find((candidate) => candidate.path !== undefined)
  return inner === undefined ? { issue, path } : deepest(inner, path)
}

const EXPECTED: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['number', 'a number'],
  ['Array', 'a list'],
  ['Object', 'an object'],
  ['!0', 'text that is not empty'],
])

function words(expected: string | null): string {
  if (expected === null) return 'something else'
  return expected
    .replace(/[()]/g, '')
    .split(' | ')
    .map((part) => EXPECTED.get(part) ?? part)
    .join(' or ')
}

function described(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  return typeof value === 'string' ? quote(value) : String(value)
}
