/**
 * WebShop's outcome reward: how well the bought product, its chosen options and its price fit the goal
 * (princeton-nlp/WebShop @64fa2a5, web_agent_site/engine/goal.py, get_reward). Kept with its known holes: `large`
 * matches `x-large`, one chosen option can satisfy several of the goal's, a wanted attribute may be found across two
 * bullet points, and titles without a common noun make the reward 0 whatever else fits.
 *
 * Rollouts end here by the hundred thousand, so whatever depends on a product, a goal or a pair of them is remembered.
 */
import { failure, quote, type Result, success, unwrap } from '../../../core/failure.ts'
import { fitOf, type TypeFit } from './product-fit.ts'
import type { PurchasedProduct, WantedProduct } from './purchase.ts'
import { countMatchedOptions, wantedOptions } from './wanted-options.ts'

/** The reward and what it is made of; upstream's `info` with its names in camel case. */
export interface RewardDetail extends TypeFit {
  /** In [0, 1]: rType (matched attributes + matched options + price) / (attributes + options + 1). */
  readonly reward: number
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
  const refused = refusalOf(goal, price)
  if (refused !== undefined) return refused
  const attributes = goal.attributes.length
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

/**
 * The reward of `webshopReward` without what it is made of: all that rollouts ask for.
 * @throws where that fails
 */
export function outcomeReward(
  purchased: PurchasedProduct,
  goal: WantedProduct,
  price: number,
  chosenOptions: ReadonlyMap<string, string>,
): number {
  const refused = refusalOf(goal, price)
  if (refused !== undefined) return unwrap(refused)
  const wanted = wantedOptions(goal)
  const { type, matchedAttributes } = fitOf(purchased, goal)
  const matched = matchedAttributes + countMatchedOptions(wanted, chosenOptions) + (price <= goal.priceUpper ? 1 : 0)
  return (matched / (goal.attributes.length + wanted.length + 1)) * type.rType
}

function refusalOf(goal: WantedProduct, price: number): Result<never> | undefined {
  if (goal.attributes.length === 0) {
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
  return undefined
}
