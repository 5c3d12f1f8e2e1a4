/** The shapes of the records of official files, as far as they are read. */
import * as v from 'valibot'
import { SPLIT_NAMES } from '../../../core/settings/settings.ts'

export const SCHEMAS = {
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
