/** How well a product fits a goal, whatever was chosen on it: its kind, and the attributes that the goal wants. */
import { remembered } from '../../../core/remembered.ts'
import { isAlike, remember } from './fuzzy-match.ts'
import type { PurchasedProduct, WantedProduct } from './purchase.ts'

/** Whether it is the kind of thing that was wanted. */
export interface TypeFit {
  /** 0, 0.1, 0.5 or 1. */
  readonly rType: number
  readonly queryMatch: boolean
  /** At least two levels of the category in common. */
  readonly categoryMatch: boolean
  /** Share of the goal's title nouns in the purchased title, in [0, 1]; 0.2 where the goal's title has none. */
  readonly titleScore: number
}

/** Whether a product's attribute is like a wanted one. */
const attributeMatches = remember(isAlike)

/** What depends on product and goal only. */
export interface Fit {
  readonly type: TypeFit
  readonly matchedAttributes: number
}

/** Fits by goal and product. Dropped when there are many: goals can be thousands, and each meets other products. */
let fits = new WeakMap<WantedProduct, Map<PurchasedProduct, Fit>>()
let fitCount = 0
const MOST_FITS = 100_000

export function fitOf(purchased: PurchasedProduct, goal: WantedProduct): Fit {
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
  const titleScore = nouns === 0 ? 0.2 : common(purchased.titleNouns, goal.titleNouns) / nouns
  let rType = queryMatch || categoryMatch || titleScore > 0.2 ? 1 : 0.5
  if (titleScore < 0.1) rType = 0.1
  if (titleScore === 0) rType = 0
  return { rType, queryMatch, categoryMatch, titleScore }
}

const MOST_CATEGORIES = 10_000

const levels = remembered<readonly string[]>(
  (productCategory) => productCategory.split('›').map((level) => level.trim()),
  MOST_CATEGORIES,
)

/** How many distinct items two short lists have in common. */
function common(a: readonly string[], b: readonly string[]): number {
  let count = 0
  for (let i = 0; i < a.length; i++) {
    const item = a[i] as string // i is inside
    if (b.includes(item) && a.indexOf(item) === i) count++
  }
  return count
}

/** get_attribute_reward: wanted attributes that the product has, or that stand somewhere in its texts. */
function countMatchedAttributes(purchased: PurchasedProduct, goal: WantedProduct): number {
  const texts = lowerCaseTexts(purchased)
  return goal.attributes.filter(
    (wanted) =>
      texts.some((text) => text.includes(wanted)) ||
      purchased.attributes.some((attribute) => attributeMatches(attribute, wanted)),
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
