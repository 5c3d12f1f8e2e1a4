/**
 * A record of a file that somebody brought, which may be anything. Not fetched for the shop that ships with the page
 * (docs/decisions/0007-first-load.md).
 */
import * as v from 'valibot'
import { success } from '../../../core/failure.ts'
import { fault, type ReadRecord } from './record.ts'
import { type Records, SCHEMAS } from './record-schemas.ts'

/** The record as its schema gives it, or the failure `catalogue-field`. */
export const checkedRecord: ReadRecord = (kind, value, where, field = '') => {
  const schema: v.GenericSchema = SCHEMAS[kind]
  const result = v.safeParse(schema, value, { abortEarly: true })
  if (result.success) return success(result.output as Records[typeof kind]) // that schema's own
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
    .map((part) => EXPECTED.get(part) ?? part.replace(/^<=(\d+)$/, 'at most $1 characters or entries'))
    .join(' or ')
}
