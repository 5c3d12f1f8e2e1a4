/**
 * What shoppers are sent to buy. Follows `get_human_goals` and `get_synthetic_goals` of web_agent_site/engine/goal.py
 * and the shuffle of web_agent_text_env.py (`random.seed(233)`). Upstream draws price limits before that seed, so its
 * limits differ from start to start; ours come from a stream named by product and instruction.
 */
import * as v from 'valibot'
import { failure, type Result, success } from '../../core/failure.ts'
import { stream } from '../../core/random.ts'
import type { Split } from '../environment.ts'
import type { CatalogueFiles } from './official-files.ts'
import { pythonShuffled } from './python-shuffle.ts'
import { byCodePoint } from './python-text.ts'
import { fault, parsed } from './record.ts'
import type { Setup } from './setup.ts'
import type { Goal, Product } from './types.ts'

export const GOAL_KINDS = ['human', 'synthetic'] as const
export type GoalKind = (typeof GOAL_KINDS)[number]

export interface GoalSources {
  readonly products: readonly Product[]
  readonly byAsin: ReadonlyMap<string, Product>
  /** For the names in sentences. */
  readonly files: CatalogueFiles
  /** items_human_ins.json, not parsed yet. */
  readonly human: ReadonlyMap<string, unknown> | undefined
  /** items_ins_v2.json. */
  readonly instructions: ReadonlyMap<
    string,
    {
      readonly instruction?: string | null | undefined
      readonly instruction_attributes?: readonly string[] | null | undefined
    }
  >
  readonly setup: Setup | undefined
}

/** No limit in the instruction. */
export const NO_LIMIT = 1_000_000

/** More synthetic goals than this are refused: a product has one for each combination of its options. */
const MOST_GOALS = 2_000_000

/** Python's seed of the order of goals. */
const ORDER_SEED = 233

/** A goal before it has its place in a split. */
type Draft = Pick<Goal, 'instruction' | 'attributes' | 'options' | 'priceUpper' | 'weight'> & {
  readonly product: Product
}

/** All goals of all splits. Failures: `catalogue-field`, `catalogue-goals`. */
export function makeGoals(
  sources: GoalSources,
  options: { readonly kind: GoalKind | undefined; readonly seed: number },
): Result<readonly Goal[]> {
  const kind = options.kind ?? (sources.human === undefined ? 'synthetic' : 'human')
  const goals =
    sources.setup !== undefined
      ? setupGoals(sources, sources.setup)
      : kind === 'human'
        ? ordered(humanGoals(sources, options.seed))
        : ordered(syntheticGoals(sources, options.seed))
  if (goals.ok && goals.value.length === 0)
    return failure(
      'catalogue-goals',
      `No product of ${sources.files.items.name} has ${kind === 'human' ? 'a human' : 'a synthetic'} instruction. The instruction file may belong to another items file.`,
    )
  return goals
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

function priceText(limit: number | undefined): string {
  return limit === undefined ? '' : `, and price lower than ${limit.toFixed(2)} dollars`
}

const humanSchema = v.array(
  v.object({
    instruction: v.string(),
    instruction_attributes: v.array(v.string()),
    instruction_options: v.array(v.string()),
  }),
)
type HumanInstruction = v.InferOutput<typeof humanSchema>[number]

function humanInstructions(sources: GoalSources, asin: string): Result<readonly HumanInstruction[]> {
  const entry = sources.human?.get(asin)
  if (entry === undefined) return success([])
  return parsed(humanSchema, entry, { file: sources.files.human?.name ?? '', record: `record ${asin}` })
}

function withoutDots(instruction: string): string {
  let start = 0
  let end = instruction.length
  while (instruction[start] === '.') start++
  while (end > start && instruction[end - 1] === '.') end--
  return instruction.slice(start, end)
}

function humanDraft(product: Product, human: HumanInstruction, limit: number | undefined): Draft {
  return {
    product,
    instruction: withoutDots(human.instruction) + priceText(limit),
    attributes: human.instruction_attributes,
    options: human.instruction_options,
    priceUpper: limit ?? NO_LIMIT,
    weight: 1,
  }
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
        `${sources.files.items.name}: the options up to product ${product.asin} combine to more than ${MOST_GOALS.toLocaleString('en-US')} synthetic goals. Use human goals, or fewer products.`,
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

/** Exactly the goals that the setup lists, in its order. */
function setupGoals(sources: GoalSources, setup: Setup): Result<readonly Goal[]> {
  const drafts: { draft: Draft; split: Split }[] = []
  for (let i = 0; i < setup.goals.length; i++) {
    const listed = setup.goals[i]
    if (listed === undefined) continue
    const where = { file: sources.files.setup?.name ?? 'setup.json', record: `goal ${i} (asin ${listed.asin})` }
    const product = sources.byAsin.get(listed.asin)
    if (product === undefined) return fault(where, 'asin', 'a product of the items file', listed.asin)
    const instructions = humanInstructions(sources, listed.asin)
    if (!instructions.ok) return instructions
    const human = instructions.value[listed.instruction]
    if (human === undefined || human.instruction_attributes.length === 0)
      return fault(where, 'instruction', 'the index of a human instruction with attributes', listed.instruction)
    drafts.push({ draft: humanDraft(product, human, listed.price_upper ?? undefined), split: listed.split })
  }
  return success(numbered(drafts))
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

function numbered(drafts: readonly { readonly draft: Draft; readonly split: Split }[]): readonly Goal[] {
  const counts = new Map<Split, number>()
  return drafts.map(({ draft, split }) => {
    const n = counts.get(split) ?? 0
    counts.set(split, n + 1)
    const { product, ...own } = draft
    return {
      id: `${split}-${n}`,
      split,
      ...own,
      asin: product.asin,
      category: product.category,
      query: product.query,
      title: product.title,
      productCategory: product.productCategory,
      get titleNouns() {
        return product.titleNouns
      },
    }
  })
}
