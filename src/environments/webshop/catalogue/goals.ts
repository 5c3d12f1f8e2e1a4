/**
 * What shoppers are sent to buy. Follows `get_human_goals` and `get_synthetic_goals` of web_agent_site/engine/goal.py
 * and the shuffle of web_agent_text_env.py (`random.seed(233)`). Upstream draws price limits before that seed, so its
 * limits differ from start to start; ours come from a stream named by product and instruction.
 */

import { failure, type Result, success } from '../../../core/failure.ts'
import { grouped } from '../../../core/grouped.ts'
import { stream } from '../../../core/random.ts'
import { byCodePoint } from '../python-text.ts'
import type { Goal, Product } from '../types.ts'
import {
  type Draft,
  type GoalSources,
  humanDraft,
  humanInstructions,
  NO_LIMIT,
  noGoals,
  numbered,
  priceText,
} from './drafts.ts'
import { pythonShuffled } from './python-shuffle.ts'
import { fault } from './record.ts'

export const GOAL_KINDS = ['human', 'synthetic'] as const
export type GoalKind = (typeof GOAL_KINDS)[number]

/** More synthetic goals than this are refused: a product has one for each combination of its options. */
const MOST_GOALS = 2_000_000

/** Python's seed of the order of goals. */
const ORDER_SEED = 233

/** All goals of all splits as upstream makes them. Failures: `catalogue-field`, `catalogue-goals`. */
export function upstreamGoals(sources: GoalSources, kind: GoalKind | undefined, seed: number): Result<readonly Goal[]> {
  const human = (kind ?? (sources.human === undefined ? 'synthetic' : 'human')) === 'human'
  const goals = ordered(human ? humanGoals(sources, seed) : syntheticGoals(sources, seed))
  return goals.ok && goals.value.length === 0 ? noGoals(sources, human ? 'a human' : 'a synthetic') : goals
}

/** Multiples of ten dollars above the price, at most four, below 1,000 (PRICE_RANGE). */
export function priceRange(price: number): readonly number[] {
  const range: number[] = []
  for (let limit = 10; limit < 1000 && range.length < 4; limit += 10) if (limit > price) range.push(limit)
  return range
}

/** The larger of two different ones of `priceRange`, or undefined where there are not two. */
export function drawPriceUpper(price: number, seed: number, ...name: readonly (string | number)[]): number | undefined {
  const range = priceRange(price)
  if (range.length < 2) return undefined
  const [a = 0, b = 0] = stream(seed)
    .child('webshop', 'price-limit', ...name)
    .shuffled(range)
  return Math.max(a, b)
}

/** One goal for each human instruction that has attributes, in the order of the products. */
function humanGoals(sources: GoalSources, seed: number): Result<Draft[]> {
  const goals: Draft[] = []
  for (const product of sources.products) {
    const instructions = humanInstructions(sources, product.asin)
    if (!instructions.ok) return instructions
    instructions.value.forEach((human, i) => {
      if (human.instruction_attributes.length === 0) return
      goals.push(humanDraft(product, human, drawPriceUpper(product.price, seed, product.asin, i)))
    })
  }
  return success(goals)
}

/** One goal for each combination of options of each product with an instruction; one price limit a product. */
function syntheticGoals(sources: GoalSources, seed: number): Result<Draft[]> {
  const goals: Draft[] = []
  const uses = new Map<string, number>()
  for (const product of sources.products) {
    const entry = sources.instructions.get(product.asin)
    const instruction = entry?.instruction
    if (instruction === undefined || instruction === null) continue
    const attributes = entry?.instruction_attributes ?? []
    const where = { file: sources.files.attributes.name, record: `record ${product.asin}` }
    if (attributes.length === 0) return fault(where, 'instruction_attributes', 'at least one attribute', attributes)
    const combinations = [...product.options.values()].reduce((count, values) => count * values.length, 1)
    if (goals.length + combinations > MOST_GOALS)
      return failure(
        'catalogue-goals',
        `${sources.files.items.name}: the options up to product ${product.asin} combine to more than ${grouped(MOST_GOALS)} synthetic goals. Use human goals, or fewer products.`,
      )
    const limit = drawPriceUpper(product.price, seed, product.asin)
    for (const options of combined(product)) {
      const named = Array.from(options, ([name, value]) => `${name}: ${value}`).join(', and ')
      goals.push({
        product,
        instruction: `${instruction}${named === '' ? '' : ` with ${named}`}${priceText(limit)}`,
        attributes,
        options,
        priceUpper: limit ?? NO_LIMIT,
        weight: 0,
      })
    }
    for (const attribute of attributes) uses.set(attribute, (uses.get(attribute) ?? 0) + combinations)
  }
  return success(goals.map((goal) => ({ ...goal, weight: meanRarity(goal.attributes, uses) })))
}

/** Mean over the attributes of one over the number of goals that have it. */
function meanRarity(attributes: readonly string[], uses: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const attribute of attributes) sum += 1 / (uses.get(attribute) ?? 1)
  return sum / attributes.length
}

/** All combinations of a product's options, by sorted name; the last name varies fastest (itertools.product). */
function combined(product: Product): readonly ReadonlyMap<string, string>[] {
  let combinations: ReadonlyMap<string, string>[] = [new Map()]
  for (const name of [...product.options.keys()].sort(byCodePoint)) {
    const values = product.options.get(name) ?? []
    combinations = combinations.flatMap((chosen) => values.map((value) => new Map(chosen).set(name, value)))
  }
  return combinations
}

/** Upstream's order, then the splits by position. */
function ordered(drafts: Result<Draft[]>): Result<readonly Goal[]> {
  if (!drafts.ok) return drafts
  const { test, dev } = splitSizes(drafts.value.length)
  return success(
    numbered(
      pythonShuffled(drafts.value, ORDER_SEED).map((draft, i) => ({
        draft,
        split: i < test ? 'test' : i < test + dev ? 'dev' : 'train',
      })),
    ),
  )
}

/**
 * The WebShop paper's split, 500 test and 1,000 dev goals, where more than 1,500 goals leave some for training;
 * with fewer, a sixth for test and a third for dev (the same ratio), the rest for training.
 */
export function splitSizes(goals: number): { readonly test: number; readonly dev: number } {
  if (goals > 1500) return { test: 500, dev: 1000 }
  return { test: Math.floor(goals / 6), dev: Math.floor(goals / 3) }
}
