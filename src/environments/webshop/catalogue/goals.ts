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
  type HeldSources,
  humanDraft,
  humanInstructions,
  type Instruction,
  NO_LIMIT,
  noGoals,
  numbered,
  priceText,
  type WantedProduct,
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
export function upstreamGoals(sources: HeldSources, kind: GoalKind | undefined, seed: number): Result<readonly Goal[]> {
  const goals = new UpstreamGoals(sources, kind, seed)
  for (const product of sources.products) {
    const added = goals.add(product, sources.instructions.get(product.asin))
    if (!added.ok) return added
  }
  return goals.all()
}

/** Goals as upstream makes them, while the products come by in the order of the items file. */
export class UpstreamGoals {
  readonly #sources: GoalSources
  readonly #human: boolean
  readonly #seed: number
  readonly #most: number
  readonly #drafts: Draft[] = []
  /** By attribute: synthetic goals that want it. */
  readonly #uses = new Map<string, number>()

  /** @param most synthetic goals; more are refused */
  constructor(sources: GoalSources, kind: GoalKind | undefined, seed: number, most = MOST_GOALS) {
    this.#sources = sources
    this.#human = (kind ?? (sources.human === undefined ? 'synthetic' : 'human')) === 'human'
    this.#seed = seed
    this.#most = most
  }

  /**
   * @param entry of the product in items_ins_v2.json
   * @param wanted what its goals keep of the product
   */
  add(product: Product, entry: Instruction | undefined, wanted: WantedProduct = product): Result<true> {
    return this.#human ? this.#addHuman(product, wanted) : this.#addSynthetic(product, entry, wanted)
  }

  all(): Result<readonly Goal[]> {
    if (this.#drafts.length === 0) return noGoals(this.#sources, this.#human ? 'a human' : 'a synthetic')
    const drafts = this.#human
      ? this.#drafts
      : this.#drafts.map((goal) => ({ ...goal, weight: meanRarity(goal.attributes, this.#uses) }))
    return success(ordered(drafts))
  }

  /** One goal for each human instruction that has attributes. */
  #addHuman({ asin, price }: Product, wanted: WantedProduct): Result<true> {
    const instructions = humanInstructions(this.#sources, asin)
    if (!instructions.ok) return instructions
    instructions.value.forEach((human, i) => {
      if (human.instruction_attributes.length === 0) return
      this.#drafts.push(humanDraft(wanted, human, drawPriceUpper(price, this.#seed, asin, i)))
    })
    return success(true)
  }

  /** One goal for each combination of options of a product with an instruction; one price limit a product. */
  #addSynthetic(product: Product, entry: Instruction | undefined, wanted: WantedProduct): Result<true> {
    const { files } = this.#sources
    const instruction = entry?.instruction
    if (instruction === undefined || instruction === null) return success(true)
    const attributes = entry?.instruction_attributes ?? []
    const where = { file: files.attributes.name, record: `record ${product.asin}` }
    if (attributes.length === 0) return fault(where, 'instruction_attributes', 'at least one attribute', attributes)
    const combinations = [...product.options.values()].reduce((count, values) => count * values.length, 1)
    if (this.#drafts.length + combinations > this.#most)
      return failure(
        'catalogue-goals',
        `${files.items.name}: the options up to product ${product.asin} combine to more than ${grouped(this.#most)} synthetic goals. Use human goals, or fewer products.`,
      )
    const limit = drawPriceUpper(product.price, this.#seed, product.asin)
    for (const options of combined(product)) {
      const named = Array.from(options, ([name, value]) => `${name}: ${value}`).join(', and ')
      this.#drafts.push({
        product: wanted,
        instruction: `${instruction}${named === '' ? '' : ` with ${named}`}${priceText(limit)}`,
        attributes,
        options,
        priceUpper: limit ?? NO_LIMIT,
        weight: 0,
      })
    }
    for (const attribute of attributes) this.#uses.set(attribute, (this.#uses.get(attribute) ?? 0) + combinations)
    return success(true)
  }
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
function ordered(drafts: readonly Draft[]): readonly Goal[] {
  const { test, dev } = splitSizes(drafts.length)
  return numbered(
    pythonShuffled(drafts, ORDER_SEED).map((draft, i) => ({
      draft,
      split: i < test ? 'test' : i < test + dev ? 'dev' : 'train',
    })),
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
