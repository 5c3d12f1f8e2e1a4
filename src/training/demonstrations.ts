/**
 * Demonstrations on WebShop by an expert who knows the goal but is not careful: what the SFT policy learns from. The
 * slips are there so that exploration has something left to find: a wrong product of the same kind, an option left out,
 * needless reading, a purchase too early, a weak search.
 */
import type { RandomStream } from '../core/random.ts'
import type { Goal, Product, WebShopState } from '../environments/webshop/types.ts'
import type { WebShop } from '../environments/webshop/webshop.ts'
import type { ActionSpace } from '../policies/linear/action-space.ts'
import type { Decision } from '../policies/linear/decision.ts'
import type { ExpertTrajectory } from './expert.ts'

/** Probability of each slip, where it can happen. */
export interface Slips {
  /** Any of the queries instead of one that finds the goal. */
  readonly weakSearch: number
  /** Another product of the page, of the same kind where there is one. */
  readonly wrongProduct: number
  /** On a wrong product: does not notice, and goes on as if it were right. */
  readonly staysWrong: number
  /** Of each option the goal asks for. */
  readonly skippedOption: number
  /** Of an option: some other value of the product. */
  readonly wrongOption: number
  /** Of each look at an item page: opens the description or the features. */
  readonly needlessReading: number
  /** Of each look at an item page: buys before the options are chosen. */
  readonly earlyPurchase: number
}

export const SLIPS: Slips = {
  weakSearch: 0.25,
  wrongProduct: 0.3,
  staysWrong: 0.75,
  skippedOption: 0.2,
  wrongOption: 0.15,
  needlessReading: 0.15,
  earlyPurchase: 0.1,
}

/** An expert trajectory, and what it shows to imitate. */
export interface Demonstration extends ExpertTrajectory {
  readonly decisions: readonly Decision[]
}

/** One episode of the careless expert; undefined if it did not buy within `stepLimit` actions. */
export function demonstrate<M>(
  shop: WebShop,
  space: ActionSpace<WebShopState, M>,
  goal: Goal,
  random: RandomStream,
  slips: Slips = SLIPS,
  stepLimit = 10,
): Demonstration | undefined {
  let state = shop.reset(goal)
  let memory = space.begin(state)
  const actions: string[] = []
  const decisions: Decision[] = []
  const wanted = [...goal.options.values()].filter(() => random.next() >= slips.skippedOption)
  while (actions.length < stepLimit) {
    const offered = space.actions(state, memory)
    const action = decide({ shop, state, offered, goal, wanted, random, slips })
    const rows = new Float64Array(offered.length * space.features.length)
    space.describe(state, memory, offered, rows)
    decisions.push({ rows, count: offered.length, chosen: offered.indexOf(action) })
    actions.push(action)
    const { state: next, reward, done } = shop.step(state, action)
    if (done) return { taskId: goal.id, actions, reward, skip: [], decisions }
    memory = space.advance(memory, next)
    state = next
  }
  return undefined
}

interface Situation {
  readonly shop: WebShop
  readonly state: WebShopState
  /** What the policy could do here; the expert does one of these, so that the policy can learn it. */
  readonly offered: readonly string[]
  readonly goal: Goal
  /** Option values that the expert means to choose. */
  readonly wanted: readonly string[]
  readonly random: RandomStream
  readonly slips: Slips
}

function decide(situation: Situation): string {
  switch (situation.state.page) {
    case 'index':
      return decideSearch(situation)
    case 'search_results':
      return decideResult(situation)
    case 'item_page':
      return decideItem(situation)
    default:
      return pick(situation.offered, situation.random)
  }
}

function pick(actions: readonly string[], random: RandomStream): string {
  const action = actions[random.below(actions.length)]
  if (action === undefined) throw new Error('The expert has nothing to choose from.')
  return action
}

function decideSearch({ shop, state, offered, goal, random, slips }: Situation): string {
  const places = offered.map((action) => shop.step(state, action).state.hits.indexOf(goal.asin))
  const found = (most: number) => offered.filter((_, i) => (places[i] ?? -1) >= 0 && (places[i] ?? -1) < most)
  const strong = found(3).length > 0 ? found(3) : found(10)
  return pick(strong.length === 0 || random.next() < slips.weakSearch ? offered : strong, random)
}

function decideResult({ shop, state, offered, goal, random, slips }: Situation): string {
  const link = (asin: string): string => `click[${asin.toLowerCase()}]`
  const right = offered.includes(link(goal.asin))
  if (right && random.next() >= slips.wrongProduct) return link(goal.asin)
  const alike = state.hits
    .filter((asin) => asin !== goal.asin && shop.catalogue.products.get(asin)?.query === goal.query)
    .map(link)
    .filter((action) => offered.includes(action))
  if (right) return pick(alike.length > 0 ? alike : offered, random)
  const draw = random.next()
  if (draw < 0.6 && alike.length > 0) return pick(alike, random)
  if (draw < 0.85 && state.pageNumber < 3 && offered.includes('click[next >]')) return 'click[next >]'
  return 'click[back to search]'
}

function decideItem({ shop, state, offered, goal, wanted, random, slips }: Situation): string {
  const product = state.asin === undefined ? undefined : shop.catalogue.products.get(state.asin)
  if (product === undefined) return pick(offered, random)
  const pending = wanted.flatMap((value) => pendingOption(product, state, value))
  const untouched = state.options.size === 0
  if (product.asin !== goal.asin && untouched && random.next() >= slips.staysWrong)
    return random.next() < 0.8 ? 'click[< prev]' : 'click[back to search]'
  if (random.next() < slips.needlessReading) return random.next() < 0.5 ? 'click[description]' : 'click[features]'
  if (pending.length === 0 || random.next() < slips.earlyPurchase) return 'click[buy now]'
  const { group, value } = pending[0] as (typeof pending)[number]
  const values = product.options.get(group) ?? []
  const said = random.next() < slips.wrongOption ? (values[random.below(values.length)] ?? value) : value
  const action = `click[${said}]`
  return offered.includes(action) ? action : 'click[buy now]'
}

/** Where a wanted value can still be chosen; nothing where the product lacks it or its group is decided. */
function pendingOption(product: Product, state: WebShopState, value: string) {
  const found: { readonly group: string; readonly value: string }[] = []
  for (const [group, values] of product.options)
    if (!state.options.has(group) && values.includes(value)) found.push({ group, value })
  return found.slice(0, 1)
}
