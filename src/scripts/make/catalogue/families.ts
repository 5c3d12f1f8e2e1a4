/**
 * Families: four to six products of one brand, each differing from another of them in one attribute, one group of
 * options, the price, or the edition, so that finding the right one takes reading.
 */
import type { RandomStream } from '../../../core/random.ts'
import { drawValues } from './ladders.ts'
import { describe, listBullets, newVoice, writeTitle } from './listing.ts'
import {
  alternatives,
  type Department,
  type Draft,
  type KindRow,
  type OptionGroup,
  pick,
  pickWeighted,
  type Trait,
} from './model.ts'
import { optionText } from './options.ts'

/** Traits that no one product has together; the likeliest swaps within a family. */
const RIVALS: readonly (readonly string[])[] = [
  ['long sleeve', 'short sleeve'],
  ['v neck', 'crew neck'],
  ['slim fit', 'loose fit', 'regular fit'],
  ['machine wash', 'hand wash'],
  ['tumble dry', 'hand wash'],
  ['elastic waist', 'drawstring waist', 'high waist'],
  ['polyester spandex', 'cotton spandex'],
  ['rubber sole', 'rubber outsole'],
  ['genuine leather', 'faux leather'],
  ['slip resistant', 'non slip'],
  ['human hair', 'synthetic hair'],
  ['dry skin', 'sensitive skin'],
  ['dry hair', 'damaged hair'],
  ['argan oil', 'coconut oil', 'tea tree'],
  ['hyaluronic acid', 'vitamin c'],
  ['fragrance free', 'coconut oil'],
  ['sensitive teeth', 'teeth whitening'],
  ['dark circles', 'fine lines'],
  ['carbon fiber', 'aluminum alloy'],
  ['fast charging', 'wireless charging'],
  ['deep bass', 'stereo sound'],
  ['ultra hd', 'high definition'],
  ['motion detection', 'night vision'],
  ['solid wood', 'engineered wood'],
  ['living room', 'dining room', 'home office'],
  ['steel frame', 'metal legs'],
  ['mid century', 'contemporary style'],
  ['memory foam', 'high density'],
  ['sugar free', 'low sugar', 'zero sugar'],
  ['low carb', 'high fiber'],
  ['artificial colors', 'artificial flavors'],
  ['dairy free', 'grass fed'],
  ['gluten free', 'nut free'],
]

const EDITIONS = ['Deluxe Edition', 'Value Pack', 'Premium Edition', 'Gift Box', 'Twin Set', 'Pro Edition'] as const

/** What a family's members share and what one of them changes. */
interface Member {
  readonly traits: readonly Trait[]
  readonly options: readonly OptionGroup[]
  readonly priceFactor: number
  readonly edition: string
}

function traitsOf(department: Department, kind: KindRow): readonly Trait[] {
  return alternatives(kind.traits).map((name) => {
    const row = department.traits[name]
    if (row === undefined) throw new Error(`${kind.heads}: no trait "${name}" in ${department.category}`)
    const [phrasing, spoken, title, bullets] = row
    return { name, phrasing, spoken: alternatives(spoken), title, bullets: alternatives(bullets) }
  })
}

function areRivals(a: string, b: string): boolean {
  return RIVALS.some((group) => group.includes(a) && group.includes(b))
}

function drawTraits(random: RandomStream, pool: readonly Trait[]): readonly Trait[] {
  const wanted = 3 + random.below(2)
  const drawn: Trait[] = []
  for (const trait of random.shuffled(pool))
    if (drawn.length < wanted && !drawn.some((other) => areRivals(other.name, trait.name))) drawn.push(trait)
  return drawn
}

function drawOptions(random: RandomStream, kind: KindRow): readonly OptionGroup[] {
  const shape = random.next()
  if (shape < 0.1) return []
  const groups = kind.options.length > 1 && shape < 0.25 ? kind.options.slice(0, 1) : kind.options
  const taken: string[] = []
  return groups.map(([name, ladder]) => {
    const values = drawValues(random, ladder, taken)
    taken.push(...values)
    return { name, values }
  })
}

function swapTrait(random: RandomStream, base: Member, pool: readonly Trait[]): Member | undefined {
  const at = random.below(base.traits.length)
  const old = base.traits[at]
  const others = pool.filter(
    (trait) =>
      !base.traits.includes(trait) && base.traits.every((kept) => kept === old || !areRivals(kept.name, trait.name)),
  )
  if (old === undefined || others.length === 0) return undefined
  const rivals = others.filter((trait) => areRivals(trait.name, old.name))
  const swapped = pick(random, rivals.length > 0 && random.next() < 0.7 ? rivals : others)
  const traits = base.traits.map((trait) => (trait === old ? swapped : trait))
  return { ...base, traits }
}

function swapOptions(random: RandomStream, base: Member, kind: KindRow): Member | undefined {
  if (base.options.length === 0) return undefined
  const at = random.below(base.options.length)
  const old = base.options[at]
  const ladder = kind.options.find(([name]) => name === old?.name)?.[1]
  if (old === undefined || ladder === undefined) return undefined
  const taken = base.options.filter((group) => group !== old).flatMap((group) => group.values)
  const values = drawValues(random, ladder, taken)
  if (values.every((value) => old.values.includes(value))) return undefined
  const options = base.options.map((group) => (group === old ? { name: group.name, values } : group))
  return { ...base, options }
}

function variant(random: RandomStream, base: Member, kind: KindRow, pool: readonly Trait[]): Member | undefined {
  const change = pickWeighted(random, [
    ['trait', 0.46],
    ['options', 0.29],
    ['price', 0.13],
    ['edition', 0.12],
  ] as const)
  const priceFactor = Math.min(2.6, Math.max(0.5, base.priceFactor * (0.62 + random.next())))
  if (change === 'trait') {
    const swapped = swapTrait(random, base, pool)
    return swapped && { ...swapped, priceFactor }
  }
  if (change === 'options') {
    const swapped = swapOptions(random, base, kind)
    return swapped && { ...swapped, priceFactor }
  }
  if (change === 'price') return { ...base, priceFactor: Math.min(2.8, base.priceFactor * (1.8 + 1.6 * random.next())) }
  return {
    ...base,
    priceFactor: Math.min(2.8, base.priceFactor * (1.3 + random.next())),
    edition: pick(random, EDITIONS),
  }
}

/** Each a variant of an earlier one; no two alike. */
function membersOf(random: RandomStream, kind: KindRow, pool: readonly Trait[]): readonly Member[] {
  const base: Member = {
    traits: drawTraits(random.child('traits'), pool),
    options: drawOptions(random.child('options'), kind),
    priceFactor: 1,
    edition: '',
  }
  const members = [base]
  const wanted = 4 + random.child('members').below(3)
  for (let attempt = 0; members.length < wanted && attempt < 60; attempt++) {
    const own = random.child('variant', attempt)
    const member = variant(own, pick(own, members), kind, pool)
    if (member === undefined) continue
    const alike = members.some(
      (other) =>
        other.traits.every((trait) => member.traits.includes(trait)) &&
        JSON.stringify(other.options) === JSON.stringify(member.options) &&
        other.edition === member.edition &&
        Math.abs(other.priceFactor - member.priceFactor) < 0.4,
    )
    if (!alike) members.push(member)
  }
  return members
}

/** Names of traits and values of options that not the whole family has, the rarest first. */
function tellingOf(member: Member, family: readonly Member[]): readonly string[] {
  const names = ({ traits, options }: Member): readonly string[] => [
    ...traits.map((trait) => trait.name),
    ...options.flatMap((group) => group.values.map(optionText)),
  ]
  const all = family.map((other) => new Set(names(other)))
  const holders = (name: string): number => all.filter((other) => other.has(name)).length
  return names(member)
    .filter((name) => holders(name) < all.length)
    .sort((a, b) => holders(a) - holders(b))
}

const ENDINGS = [0.99, 0.99, 0.99, 0.95, 0.49, 0.89, 0] as const

function priced(random: RandomStream, dollars: number): Pick<Draft, 'pricing' | 'price'> {
  const low = Math.max(3, Math.floor(dollars)) + pick(random, ENDINGS)
  const shape = random.next()
  if (shape < 0.05) return { pricing: '', price: 100 }
  if (shape > 0.15) return { pricing: `$${low.toFixed(2)}`, price: low }
  const high = Math.floor(low * (1.25 + 0.6 * random.next())) + 0.99
  const price = Math.round(100 * (low + (high - low) * random.next())) / 100
  return { pricing: `$${low.toFixed(2)} - $${high.toFixed(2)}`, price }
}

const ASIN_LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** `B0RRO` and five more: nobody takes it for a shop's real number. */
function newAsin(random: RandomStream, taken: Set<string>): string {
  for (;;) {
    let asin = 'B0RRO'
    for (let i = 0; i < 5; i++) asin += ASIN_LETTERS[random.below(36)]
    if (taken.has(asin)) continue
    taken.add(asin)
    return asin
  }
}

/** All products of the shop, family by family; families are numbered from 0. */
export function makeDrafts(random: RandomStream, departments: readonly Department[]): readonly Draft[] {
  const drafts: Draft[] = []
  const asins = new Set<string>()
  const asinStream = random.child('asin')
  let family = 0
  for (const department of departments) {
    for (const [k, kind] of department.kinds.entries()) {
      const pool = traitsOf(department, kind)
      const brands = random.child('brands', department.category, k).shuffled(alternatives(department.brands))
      const families = k % 2 === 1 ? 3 : 2
      for (const brand of brands.slice(0, families)) {
        const own = random.child('family', family)
        const voice = newVoice(own.child('voice'), department, kind, brand)
        const [from, to] = kind.price
        // small prices are stretched: below 20 dollars nearly every limit lets everything through
        const dollars = 1.35 * from * (to / from) ** (1.25 * own.child('price').next())
        const members = membersOf(own, kind, pool)
        for (const [m, member] of members.entries()) {
          const words = own.child('words', m)
          drafts.push({
            asin: newAsin(asinStream, asins),
            family,
            kind,
            category: department.category,
            brand,
            traits: member.traits,
            options: member.options,
            title: writeTitle(voice, member.traits, member.options, member.edition, m),
            description: describe(words.child('description'), voice, member.traits),
            bullets: listBullets(words.child('bullets'), voice, member.traits),
            ...priced(words.child('price'), dollars * member.priceFactor),
            telling: tellingOf(member, members),
          })
        }
        family++
      }
    }
  }
  return drafts
}
