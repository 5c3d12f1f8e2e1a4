/** The shapes of the records of official files, as far as they are read. */
import * as v from 'valibot'
import { SPLIT_NAMES } from '../../../core/settings/settings.ts'

/** Characters of a title, an option, an instruction: what is one line on a page. Real ones have some hundred. */
const line = v.pipe(v.string(), v.maxLength(10_000))
/** Characters of a description. */
const text = v.pipe(v.string(), v.maxLength(1_000_000))

function listOf<T extends v.GenericSchema>(entry: T) {
  return v.pipe(v.array(entry), v.maxLength(10_000))
}

export const SCHEMAS = {
  asin: v.object({ asin: v.pipe(line, v.nonEmpty()) }),
  item: v.object({
    name: line,
    full_description: text,
    small_description: v.union([listOf(text), text]),
    pricing: v.nullish(line),
    customization_options: v.unknown(),
    product_category: line,
    category: line,
    query: line,
    images: v.optional(v.unknown()),
  }),
  optionGroup: v.nullable(listOf(v.object({ value: line }))),
  /** Only what `load_products` and the synthetic goals read. */
  attributes: v.object({
    attributes: v.optional(listOf(line)),
    instruction: v.nullish(line),
    instruction_attributes: v.nullish(listOf(line)),
  }),
  human: listOf(
    v.object({
      instruction: line,
      instruction_attributes: listOf(line),
      instruction_options: listOf(line),
    }),
  ),
  setupGoal: v.object({
    asin: line,
    /** Index into the ASIN's human instructions. */
    instruction: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    split: v.picklist(SPLIT_NAMES),
    /** Dollars; null where the instruction names no limit. */
    price_upper: v.nullable(v.number()),
  }),
}

export type Records = { readonly [K in keyof typeof SCHEMAS]: v.InferOutput<(typeof SCHEMAS)[K]> }
