/**
 * WebShop for the embedded policy: the actions that make sense on each page, with their features. The policy reads what
 * a shopper reads: the instruction, the pages along its history and its own actions; never the goal or the attributes.
 */
import { remembered } from '../../../core/remembered.ts'
import type { ActionSpace } from '../action-space.ts'
import { describeActions } from './describe.ts'
import { explainAction } from './explain.ts'
import { WEBSHOP_FEATURES, WEBSHOP_VERSION } from './features.ts'
import { advanceMemory, emptyMemory, type ShopMemory } from './memory.ts'
import { type ReadProduct, readProduct, type ShownProduct } from './products.ts'
import { createReading } from './reading.ts'
import type { ShownState } from './shown-state.ts'

export type WebShopActions = ActionSpace<ShownState, ShopMemory>

const PREV: readonly string[] = ['click[< prev]']
const NOTHING: readonly string[] = []

/** Instructions whose readings are kept, some 30 kB each; the oldest goes first. */
const MOST_READINGS = 1024

/** Products whose readings are kept, some kB each. */
const MOST_PRODUCTS = 50_000

/** @param products by ASIN: the catalogue, of which only what the pages show is read */
export function createWebShopActions(products: { get(asin: string): ShownProduct | undefined }): WebShopActions {
  const product = remembered((asin): ReadProduct => {
    const found = products.get(asin)
    if (found === undefined) throw new Error(`The catalogue of the policy has no product ${asin}.`)
    return readProduct(found)
  }, MOST_PRODUCTS)
  /** Comparisons come back to the same tasks again and again. */
  const reading = remembered((instruction) => createReading(instruction, product), MOST_READINGS)
  return {
    version: WEBSHOP_VERSION,
    features: WEBSHOP_FEATURES,
    begin: (state) => emptyMemory(reading(state.goal.instruction)),
    advance: advanceMemory,
    actions(state, { reading }) {
      switch (state.page) {
        case 'index':
          return reading.queryActions
        case 'search_results':
          return reading.page(state).actions
        case 'item_page':
          return state.asin === undefined ? PREV : reading.fit(state.asin).product.actions
        case 'item_sub_page':
          return PREV
        case 'done':
          return NOTHING
      }
    },
    describe: describeActions,
    explain: explainAction,
  }
}
