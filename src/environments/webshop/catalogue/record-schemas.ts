/**
 * The shapes of the records of official files, and their reader: what people bring may be anything. Not fetched for the
 * shop that ships with the page (docs/decisions/0007-first-load.md).
 */
import * as v from 'valibot'
import { success } from '../../../core/failure.ts'
import { SPLIT_NAMES } from '../../../core/settings/settings.ts'
import { fault, type ReadRecord } from './record.ts'

const SCHEMAS = {
  asin: v.object({ asin: v.pipe(v.string(), v.nonEmpty()) }),
  item: v.object({
    name: v.string(),
    full_description: v.string(),
    small_description: v.union([v.array(v.string()), v.string()]),
    pricing: v.nullish(v.string()),
    customization_options: v.unknown(),
    product_category: v.string(),
    category: v.string(),
    query: v.string(),
    images: v.optional(v.unknown()),
  }),
  optionGroup: v.nullable(v.array(v.object({ value: v.string() }))),
  /** Only what `load_products` and the synthetic goals read. */
  attributes: v.object({
    attributes: v.optional(v.array(v.string())),
    instruction: v.nullish(v.string()),
    instruction_attributes: v.nullish(v.array(v.string())),
  }),
  human: v.array(
    v.object({
      instruction: v.string(),
      instruction_attributes: v.array(v.string()),
      instruction_options: v.array(v.string()),
    }),
  ),
  setupGoal: v.object({
    asin: v.string(),
    /** Index into the ASIN's human instructions. */
    instruction: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    split: v.picklist(SPLIT_NAMES),
    /** Dollars; null where the instruction names no limit. */
    price_upper: v.nullable(v.number()),
  }),
}

export type Records = { readonly [K in keyof typeof SCHEMAS]: v.InferOutput<(typeof SCHEMAS)[K]> }

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
    .map((part) => EXPECTED.get(part) ?? part)
    .join(' or ')
}
