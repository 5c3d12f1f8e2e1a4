/** What goals are made from, whoever lists them: human instructions, and drafts that wait for their place in a split. */
import { failure, type Result, success } from '../../../core/failure.ts'
import type { Split } from '../../environment.ts'
import type { Goal, Product } from '../types.ts'
import type { ReadRecord } from './record.ts'
import type { Records } from './record-schemas.ts'

interface Named {
  readonly name: string
}

/** The names of the files, for sentences. */
export interface FileNames {
  readonly items: Named
  readonly attributes: Named
  readonly human?: Named
  readonly setup?: Named
}

export interface GoalSources {
  readonly files: FileNames
  /** items_human_ins.json, not parsed yet. */
  readonly human: ReadonlyMap<string, unknown> | undefined
  readonly read: ReadRecord
}

/** Those of a shop that is held whole. */
export interface HeldSources extends GoalSources {
  readonly products: readonly Product[]
  readonly byAsin: ReadonlyMap<string, Product>
  /** items_ins_v2.json. */
  readonly instructions: ReadonlyMap<string, Instruction>
}

/** The entry of an ASIN in items_ins_v2.json, as far as synthetic goals read it. */
export interface Instruction {
  readonly instruction?: string | null | undefined
  readonly instruction_attributes?: readonly string[] | null | undefined
}

/** What a goal says of the product that is wanted. */
export type WantedProduct = Pick<Product, 'asin' | 'category' | 'query' | 'title' | 'productCategory' | 'titleNouns'>

/** No limit in the instruction. */
export const NO_LIMIT = 1_000_000

/** A goal before it has its place in a split. */
export type Draft = Pick<Goal, 'instruction' | 'attributes' | 'options' | 'priceUpper' | 'weight'> & {
  readonly product: WantedProduct
}

export function priceText(limit: number | undefined): string {
  return limit === undefined ? '' : `, and price lower than ${limit.toFixed(2)} dollars`
}

type HumanInstruction = Records['human'][number]

export function humanInstructions(sources: GoalSources, asin: string): Result<readonly HumanInstruction[]> {
  const entry = sources.human?.get(asin)
  if (entry === undefined) return success([])
  return sources.read('human', entry, { file: sources.files.human?.name ?? '', record: `record ${asin}` })
}

function withoutDots(instruction: string): string {
  let start = 0
  let end = instruction.length
  while (instruction[start] === '.') start++
  while (end > start && instruction[end - 1] === '.') end--
  return instruction.slice(start, end)
}

export function humanDraft(product: WantedProduct, human: HumanInstruction, limit: number | undefined): Draft {
  return {
    product,
    instruction: withoutDots(human.instruction) + priceText(limit),
    attributes: human.instruction_attributes,
    options: human.instruction_options,
    priceUpper: limit ?? NO_LIMIT,
    weight: 1,
  }
}

export function numbered(drafts: readonly { readonly draft: Draft; readonly split: Split }[]): readonly Goal[] {
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

/** @param kind of instruction, with its article */
export function noGoals({ files }: Pick<GoalSources, 'files'>, kind: string): ReturnType<typeof failure> {
  const words = `No product of ${files.items.name} has ${kind} instruction.`
  return failure('catalogue-goals', `${words} The instruction file may belong to another items file.`)
}
