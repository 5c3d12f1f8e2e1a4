/**
 * The words of the made-up shop: what a department's table says, and what the generator makes of it. Tables keep
 * alternatives in one string, parted by `|`, so that a kind of product stays a screenful.
 */
import type { RandomStream } from '../../../core/random.ts'
import type { LadderName } from './ladders.ts'

export const CATEGORY_NAMES = ['beauty', 'electronics', 'fashion', 'garden', 'grocery'] as const
export type CategoryName = (typeof CATEGORY_NAMES)[number]

/** How a shopper joins a trait to a thing: it *is* washable, it *has* pockets, it is *for* dry skin, *of* linen. */
export const PHRASINGS = ['is', 'has', 'for', 'of'] as const
export type Phrasing = (typeof PHRASINGS)[number]

/** Phrasing; spoken forms, the plain one first; words in a title; two or more bullets. */
export type TraitRow = readonly [phrasing: Phrasing, spoken: string, title: string, bullets: string]

/** One of: "a lamp", "a pair of boots", "some tea". */
export type Countability = 'one' | 'pair' | 'some'

export interface KindRow {
  readonly heads: string
  readonly asks: string
  readonly query: string
  /** Levels joined by ' › '. */
  readonly path: string
  readonly traits: string
  readonly options: readonly (readonly [group: string, ladder: LadderName])[]
  /** Dollars. */
  readonly price: readonly [number, number]
  /** Sentences for descriptions; `{b}` is the brand. */
  readonly about: string
  readonly count?: Countability
}

export interface Department {
  readonly category: CategoryName
  readonly brands: string
  readonly series: string
  readonly traits: Readonly<Record<string, TraitRow>>
  readonly kinds: readonly KindRow[]
  /** Why somebody shops here, as an aside: "my old one broke". */
  readonly reasons: string
  readonly closings: string
}

export interface Trait {
  /** The attribute, e.g. `machine wash`. */
  readonly name: string
  readonly phrasing: Phrasing
  readonly spoken: readonly string[]
  readonly title: string
  readonly bullets: readonly string[]
}

export interface OptionGroup {
  readonly name: string
  readonly values: readonly string[]
}

/** A product before it is written down as a record. */
export interface Draft {
  readonly asin: string
  readonly family: number
  readonly kind: KindRow
  readonly category: CategoryName
  readonly brand: string
  readonly traits: readonly Trait[]
  readonly options: readonly OptionGroup[]
  readonly title: string
  readonly description: string
  readonly bullets: readonly string[]
  /** As listed: '', '$a' or '$a - $b'. */
  readonly pricing: string
  /** Dollars; inside the range where there is one. */
  readonly price: number
  /** What sets this one apart from its family, the rarest first: names of traits, values of options. */
  readonly telling: readonly string[]
}

export function alternatives(row: string): readonly string[] {
  return row.split('|')
}

export function pick<T>(random: RandomStream, items: readonly T[]): T {
  const item = items[random.below(items.length)]
  if (item === undefined) throw new Error('pick from an empty list')
  return item
}

/** The items with these weights drawn once. */
export function pickWeighted<T>(random: RandomStream, items: readonly (readonly [T, number])[]): T {
  let left = random.next() * items.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [item, weight] of items) {
    left -= weight
    if (left < 0) return item
  }
  return pick(random, items)[0]
}
