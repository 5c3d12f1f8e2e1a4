/** Who is sent for what: wishes that their product fulfils, splits that share no family, and price limits. */
import type { RandomStream } from '../../../core/random.ts'
import type { Split } from '../../../environments/environment.ts'
import { type Instruction, type Wish, writeInstruction } from './instructions.ts'
import { alternatives, type Department, type Draft, pick, pickWeighted } from './model.ts'
import { optionText } from './options.ts'

export interface Errand {
  readonly draft: Draft
  /** Index among the product's instructions. */
  readonly index: number
  readonly wish: Wish
  readonly instruction: Instruction
  readonly split: Split
  /** Dollars; null where the instruction names no limit. */
  readonly priceUpper: number | null
}

const SHARES: readonly (readonly [Split, number])[] = [
  ['train', 0.6],
  ['dev', 0.2],
  ['test', 0.2],
]

/** Families to splits, category by category, so that each split sees every part of the shop. */
export function splitFamilies(random: RandomStream, drafts: readonly Draft[]): ReadonlyMap<number, Split> {
  const sizes = new Map<number, number>()
  const byCategory = new Map<string, Set<number>>()
  for (const { family, category } of drafts) {
    sizes.set(family, (sizes.get(family) ?? 0) + 1)
    const families = byCategory.get(category) ?? new Set()
    byCategory.set(category, families.add(family))
  }
  const splits = new Map<number, Split>()
  for (const [category, families] of byCategory) {
    const filled = new Map<Split, number>()
    for (const family of random.child(category).shuffled([...families])) {
      const [[split] = ['train' as const]] = SHARES.map(
        ([name, share]) => [name, (filled.get(name) ?? 0) / share] as const,
      ).sort((a, b) => a[1] - b[1])
      splits.set(family, split)
      filled.set(split, (filled.get(split) ?? 0) + (sizes.get(family) ?? 0))
    }
  }
  return splits
}

/** One to three traits and up to two options, what sets the product apart among them more often than not. */
function drawWish(random: RandomStream, draft: Draft, reasons: readonly string[]): Wish {
  const traitCount = pickWeighted(random, [
    [1, 0.42],
    [2, 0.4],
    [3, 0.18],
  ] as const)
  const wantsTelling = random.next() < 0.95
  /** Place among what sets the product apart; what it shares with its whole family comes last. */
  const rank = (name: string): number => {
    const place = wantsTelling ? draft.telling.indexOf(name) : -1
    return place < 0 ? Number.POSITIVE_INFINITY : place
  }
  const byRank = (a: string, b: string): number => (rank(a) === rank(b) ? 0 : rank(a) - rank(b))
  const traits = random.shuffled(draft.traits).sort((a, b) => byRank(a.name, b.name))
  const optionCount = pickWeighted(random, [
    [0, 0.12],
    [1, 0.38],
    [2, 0.5],
  ] as const)
  const options = random
    .shuffled(draft.options)
    .slice(0, optionCount)
    .map((group) => {
      const values = random.shuffled(group.values.map(optionText)).sort(byRank)
      return [group.name.toLowerCase(), values[0] ?? ''] as const
    })
  return {
    draft,
    ask: pick(random, alternatives(draft.kind.asks)),
    traits: traits.slice(0, traitCount),
    options,
    reasons,
  }
}

/** As upstream draws it: the larger of two of the first four tens above the price; seldom none. */
function drawPriceUpper(random: RandomStream, price: number): number | null {
  const tens: number[] = []
  for (let ten = 10; ten < 1000 && tens.length < 4; ten += 10) if (ten > price) tens.push(ten)
  if (tens.length < 2 || random.next() < 0.17) return null
  return Math.max(...random.shuffled(tens).slice(0, 2))
}

export function makeErrands(
  random: RandomStream,
  drafts: readonly Draft[],
  departments: readonly Department[],
): readonly Errand[] {
  const splits = splitFamilies(random.child('splits'), drafts)
  const seen = new Set<string>()
  const errands: Errand[] = []
  for (const draft of drafts) {
    const own = random.child('errands', draft.asin)
    const reasons = alternatives(departments.find(({ category }) => category === draft.category)?.reasons ?? '')
    const count = pickWeighted(own, [
      [0, 0.08],
      [1, 0.67],
      [2, 0.22],
      [3, 0.03],
    ] as const)
    for (let index = 0; index < count; index++) {
      const errand = own.child(index)
      for (let attempt = 0; ; attempt++) {
        const wish = drawWish(errand.child('wish', attempt), draft, reasons)
        const instruction = writeInstruction(errand.child('instruction', attempt), wish)
        if (seen.has(instruction.text)) continue
        seen.add(instruction.text)
        const split = splits.get(draft.family) ?? 'train'
        const priceUpper = drawPriceUpper(errand.child('price limit'), draft.price)
        errands.push({ draft, index, wish, instruction, split, priceUpper })
        break
      }
    }
  }
  return errands
}
