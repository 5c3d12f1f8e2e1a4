/**
 * WebShop's outcome reward: how well the bought product, its chosen options and its price fit the goal
 * (princeton-nlp/WebShop @64fa2a5, web_agent_site/engine/goal.py, get_reward). Kept with its known holes: `large`
 * matches `x-large`, one chosen option can satisfy several of the goal's, a wanted attribute may be found across two
 * bullet points, and titles without a common noun make the reward 0 whatever else fits.
 *
 * Rollouts end here by the hundred thousand, so whatever depends on a product, a goal or a pair of them is remembered.
 */
import { failure, quote, type Result, success } from '../../core/failure.ts'
import { COLORS, normalizeColor } from './colors.ts'
import { tokenSetRatio } from './fuzzy.ts'
import type { Goal, Product } from './types.ts'

export type PurchasedProduct = Pick<
  Product,
  'title' | 'description' | 'bulletPoints' | 'attributes' | 'query' | 'productCategory' | 'titleNouns'
>

export type WantedProduct = Pick<
  Goal,
  'query' | 'productCategory' | 'attributes' | 'options' | 'priceUpper' | 'titleNouns'
>

/** The reward and what it is made of; upstream's `info` with its names in camel case. */
export interface RewardDetail {
  /** In [0, 1]: rType (matched attributes + matched options + price) / (attributes + options + 1). */
  readonly reward: number
  /** 0, 0.1, 0.5 or 1. */
  readonly rType: number
  readonly queryMatch: boolean
  /** At least two levels of the category in common. */
  readonly categoryMatch: boolean
  /** Share of the goal's title nouns in the purchased title, in [0, 1]; 0.2 where the goal's title has none. */
  readonly titleScore: number
  /** Share of matched attributes, and their weight in the reward. */
  readonly rAtt: number
  readonly wAtt: number
  /** Share of matched options; undefined when the goal wants none (upstream leaves both out). */
  readonly rOption: number | undefined
  readonly wOption: number | undefined
  /** Whether the price is within the goal's limit. */
  readonly rPrice: boolean
  readonly wPrice: number
}

/** Scores above this are a match. */
const FUZZY_THRESHOLD = 85

/**
 * The reward for buying `purchased` at `price` dollars with `chosenOptions` (name to value, lower-cased; only values
 * count). Goal and product must not change afterwards: what was computed of them is kept.
 *
 * Fails where upstream raises: `reward-no-attributes` (it divides by their number), `reward-no-price-limit` and
 * `reward-no-price` (it compares or adds None).
 */
export function webshopReward(
  purchased: PurchasedProduct,
  goal: WantedProduct,
  price: number,
  chosenOptions: ReadonlyMap<string, string>,
): Result<RewardDetail> {
  const attributes = goal.attributes.length
  if (attributes === 0) {
    return failure(
      'reward-no-attributes',
      'The goal wants no attribute, so WebShop has no reward for it. Leave it out.',
    )
  }
  if (!(goal.priceUpper > 0)) {
    const limit = quote(goal.priceUpper)
    return failure(
      'reward-no-price-limit',
      `The goal's price limit is ${limit}. Give it one above 0, or 1000000 for none.`,
    )
  }
  if (Number.isNaN(price)) {
    return failure(
      'reward-no-price',
      'The purchased product has no price, so WebShop has no reward for it. Give it one.',
    )
  }
  const wanted = wantedOptions(goal)
  const { type, matchedAttributes } = fitOf(purchased, goal)
  const matchedOptions = countMatchedOptions(wanted, chosenOptions)
  const rPrice = price <= goal.priceUpper
  const parts = attributes + wanted.length + 1
  return success({
    reward: ((matchedAttributes + matchedOptions + (rPrice ? 1 : 0)) / parts) * type.rType,
    ...type,
    rAtt: matchedAttributes / attributes,
    wAtt: attributes / parts,
    rOption: wanted.length > 0 ? matchedOptions / wanted.length : undefined,
    wOption: wanted.length > 0 ? wanted.length / parts : undefined,
    rPrice,
    wPrice: 1 / parts,
  })
}

type TypeFit = Pick<RewardDetail, 'rType' | 'queryMatch' | 'categoryMatch' | 'titleScore'>

/** Remembers a verdict on two strings. Shops repeat their words; the bound keeps the memory in check. */
function remember(judge: (a: string, b: string) => boolean, most = 200_000): (a: string, b: string) => boolean {
  const verdicts = new Map<string, Map<string, boolean>>()
  let count = 0
  return (a, b) => {
    let ofB = verdicts.get(b)
    const known = ofB?.get(a)
    if (known !== undefined) return known
    if (++count > most) {
      verdicts.clear()
      ofB = undefined
      count = 1
    }
    if (ofB === undefined) {
      ofB = new Map()
      verdicts.set(b, ofB)
    }
    const verdict = judge(a, b)
    ofB.set(a, verdict)
    return verdict
  }
}

/** Whether a product's attribute is like a wanted one. */
const attributeMatches = remember((attribute, wanted) => tokenSetRatio(attribute, wanted) > FUZZY_THRESHOLD)

/** Whether a chosen value is like a wanted option, which is normalised already. */
const optionMatches = remember((value, option) => tokenSetRatio(normalizeColor(value), option) > FUZZY_THRESHOLD)

/** What depends on product and goal only. */
interface Fit {
  readonly type: TypeFit
  readonly matchedAttributes: number
}

/** Fits by goal and product. Dropped when there are many: goals can be thousands, and each meets other products. */
let fits = new WeakMap<WantedProduct, Map<PurchasedProduct, Fit>>()
let fitCount = 0
const MOST_FITS = 100_000

function fitOf(purchased: PurchasedProduct, goal: WantedProduct): Fit {
  const known = fits.get(goal)?.get(purchased)
  if (known !== undefined) return known
  if (++fitCount > MOST_FITS) {
    fits = new WeakMap()
    fitCount = 1
  }
  const fit = { type: typeFit(purchased, goal), matchedAttributes: countMatchedAttributes(purchased, goal) }
  const ofGoal = fits.get(goal)
  if (ofGoal === undefined) fits.set(goal, new Map([[purchased, fit]]))
  else ofGoal.set(purchased, fit)
  return fit
}

/** get_type_reward: whether it is the kind of thing that was wanted. */
function typeFit(purchased: PurchasedProduct, goal: WantedProduct): TypeFit {
  const queryMatch = purchased.query === goal.query
  const categoryMatch = common(levels(purchased.productCategory), levels(goal.productCategory)) >= 2
  // Over the length of the goal's list, which may repeat a noun: an identical title can score below 1.
  const nouns = goal.titleNouns.length
  const titleScore = nouns === 0 ? 0.2 : common(new Set(purchased.titleNouns), new Set(goal.titleNouns)) / nouns
  let rType = queryMatch || categoryMatch || titleScore > 0.2 ? 1 : 0.5
  if (titleScore < 0.1) rType = 0.1
  if (titleScore === 0) rType = 0
  return { rType, queryMatch, categoryMatch, titleScore }
}

function levels(productCategory: string): ReadonlySet<string> {
  return new Set(productCategory.split('›').map((level) => level.trim()))
}

function common(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0
  for (const item of a) if (b.has(item)) count++
  return count
}

/** get_attribute_reward: wanted attributes that the product has, or that stand somewhere in its texts. */
function countMatchedAttributes(purchased: PurchasedProduct, goal: WantedProduct): number {
  const texts = lowerCaseTexts(purchased)
  return goal.attributes.filter(
    (wanted) =>
      purchased.attributes.some((attribute) => attributeMatches(attribute, wanted)) ||
      texts.some((text) => text.includes(wanted)),
  ).length
}

const textsOf = new WeakMap<PurchasedProduct, readonly string[]>()

function lowerCaseTexts(product: PurchasedProduct): readonly string[] {
  let texts = textsOf.get(product)
  if (texts === undefined) {
    texts = [product.title, product.bulletPoints.join(' '), product.description].map((text) => text.toLowerCase())
    textsOf.set(product, texts)
  }
  return texts
}

/** get_option_reward: wanted options that some chosen value is like. */
function countMatchedOptions(wanted: readonly string[], chosen: ReadonlyMap<string, string>): number {
  let count = 0
  for (const option of wanted) {
    for (const value of chosen.values()) {
      if (optionMatches(value, option)) {
        count++
        break
      }
    }
  }
  return count
}

const wantedOf = new WeakMap<WantedProduct, readonly string[]>()

/** A goal's options as text for comparison, colours normalised. */
function wantedOptions(goal: WantedProduct): readonly string[] {
  let wanted = wantedOf.get(goal)
  if (wanted === undefined) {
    wanted =
      'size' in goal.options
        ? Array.from(goal.options, ([name, value]) => pairText(name, value))
        : goal.options.map(normalizeColor)
    wantedOf.set(goal, wanted)
  }
  return wanted
}

/**
 * Synthetic goals compare Python's (name, value) tuple: a colour is found in it only where it equals the name or the
 * value, and otherwise its repr is compared, whose quotes and commas are no words but whose escapes are.
 */
function pairText(name: string, value: string): string {
  const color = COLORS.find((known) => known === name || known === value)
  return color ?? `(${reprText(name)}, ${reprText(value)})`
}

/** Python's repr of a string as far as its words go: separators and control characters become \xNN or \uNNNN. */
function reprText(text: string): string {
  return text.replace(/[\p{C}\p{Z}]/gu, (character) => {
    if (character === ' ') return character
    const short = { '\t': '\\t', '\n': '\\n', '\r': '\\r' }[character]
    if (short !== undefined) return short
    const code = (character.codePointAt(0) ?? 0).toString(16)
    if (code.length <= 2) return `\\x${code.padStart(2, '0')}`
    return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`
  })
}
