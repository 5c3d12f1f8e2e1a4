/**
 * A shopper who looks at a few products before buying the one that covers most of the request. Whatever it goes by stands
 * in the compact view: counts of words, prices over the limit, marks of options, what an opened product can come to.
 */

import type { ShopMemory } from '../../../policies/linear/webshop/memory.ts'
import type { Fit } from '../../../policies/linear/webshop/products.ts'
import { optionsOf } from '../../../policies/linear/webshop/products.ts'
import type { ShownState } from '../../../policies/linear/webshop/shown-state.ts'
import { bestOption, reachOf } from '../../../policies/transformer/webshop/reach.ts'

/** Products that it opens at most, unless it is in a hurry. */
export const MOST_LOOKS = 3

/**
 * @param stepLimit actions in an episode: it looks at no further product that it could not come back from
 * @param looks products that it opens at most
 */
export function shopCarefully(
  state: ShownState,
  memory: ShopMemory,
  stepLimit: number,
  looks: number = MOST_LOOKS,
): string {
  switch (state.page) {
    case 'index':
      return search(memory)
    case 'search_results':
      return choose(state, memory, { stepLimit, looks })
    case 'item_page':
      return state.asin === undefined
        ? 'click[< prev]'
        : decide(state, memory, memory.reading.fit(state.asin), { stepLimit, looks })
    default:
      return 'click[< prev]'
  }
}

/** The first search that was not asked yet: all words of the request to begin with. */
function search({ reading, asked }: ShopMemory): string {
  return (
    (reading.queries.find(({ text, sentence }) => !sentence && !asked.includes(text)) ?? reading.queries[0])?.action ??
    ''
  )
}

/** How many actions an episode has, and how many products are opened. */
interface Limits {
  readonly stepLimit: number
  readonly looks: number
}

function choose(state: ShownState, memory: ShopMemory, limits: Limits): string {
  const next = nextLook(state, memory)
  const opened = bestOpened(state, memory)
  if (opened === undefined) return next?.product.action ?? 'click[back to search]'
  return next !== undefined && mayLook(memory, opened, next, limits) ? next.product.action : opened.product.action
}

function decide(state: ShownState, memory: ShopMemory, fit: Fit, limits: Limits): string {
  if (state.options.size === 0) {
    const next = nextLook(state, memory)
    const best = bestOpened(state, memory) ?? fit
    if (best !== fit || (next !== undefined && mayLook(memory, fit, next, limits))) return 'click[< prev]'
  }
  const options = optionsOf(memory.reading.instruction, fit)
  for (const [group, name] of fit.product.groups.entries()) {
    const option = bestOption(group, options)
    if (option !== undefined && !state.options.has(name)) return `click[${option.value}]`
  }
  return 'click[buy now]'
}

/** Whether another look may pay: the best so far leaves words uncovered, and the other’s title is not far behind. */
function mayLook({ reading, opened, steps }: ShopMemory, best: Fit, next: Fit, { stepLimit, looks }: Limits): boolean {
  const terms = reading.instruction.terms.length
  // Back, open the next, back, open the best again, choose its options, buy.
  const needed = 4 + best.product.groups.length + 1
  return (
    opened.length < looks &&
    steps + needed <= stepLimit &&
    reachOf(reading, best) < terms &&
    (next.overlap - best.overlap) * terms > -1.5 &&
    (!next.overLimit || best.overLimit)
  )
}

/** The product on the page with most covered words in its title that was not opened, one within the limit if there is one. */
function nextLook(state: ShownState, { reading, opened }: ShopMemory): Fit | undefined {
  return bestBy(
    reading.page(state).fits.filter(({ product }) => !opened.includes(product.shown.asin)),
    ({ overlap, overLimit }) => overlap - (overLimit ? 1 : 0),
  )
}

/** The opened product on the page that can cover most words. */
function bestOpened(state: ShownState, { reading, opened }: ShopMemory): Fit | undefined {
  return bestBy(
    reading.page(state).fits.filter(({ product }) => opened.includes(product.shown.asin)),
    (fit) => reachOf(reading, fit) - (fit.overLimit ? 1.5 : 0),
  )
}

/** The first of those with the largest value. */
function bestBy(fits: readonly Fit[], value: (fit: Fit) => number): Fit | undefined {
  let best: Fit | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const fit of fits) {
    const worth = value(fit)
    if (worth <= most) continue
    best = fit
    most = worth
  }
  return best
}
