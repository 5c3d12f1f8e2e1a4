import { expect, test } from 'vitest'
import type { WebShopState } from '../../../../src/environments/webshop/types.ts'
import { createWebShop } from '../../../../src/environments/webshop/webshop.ts'
import { createWebShopActions } from '../../../../src/policies/linear/webshop/webshop-actions.ts'
import { createWebShopView } from '../../../../src/policies/transformer/webshop/webshop-view.ts'
import { shopCarefully } from '../../../../src/scripts/make/language-model/careful-shopper.ts'
import { shippedCatalogue } from '../../../../src/scripts/make/language-model/webshop-demonstrations.ts'
import { byAsin, guarded } from '../../../policies/guarded.ts'

const shop = createWebShop(shippedCatalogue())
// Nothing of a product but what the results and its own page show: descriptions and features are never opened.
const products = Array.from(shop.catalogue.products, (product) =>
  guarded(product, ['asin', 'title', 'priceTag', 'options']),
)
const space = createWebShopActions(byAsin(products))
const view = createWebShopView(space)

function hidden(state: WebShopState): WebShopState {
  const allowed = Object.keys(state).filter((name) => name !== 'reward')
  return guarded({ ...state, goal: guarded(state.goal, ['instruction']) }, allowed)
}

test.each([10, 15])('buys within %i steps, goes by what is shown, and says what has words', (stepLimit) => {
  let comparing = 0
  for (const goal of shop.catalogue.goals.slice(0, 60)) {
    let state = shop.reset(goal)
    let memory = view.begin(hidden(state))
    let steps = 0
    let done = false
    for (; !done && steps < stepLimit; steps++) {
      const action = shopCarefully(hidden(state), memory.shop, stepLimit)
      expect(space.actions(hidden(state), memory.shop)).toContain(action)
      expect(view.write(hidden(state), memory, action)).toBeDefined()
      const next = shop.step(state, action)
      done = next.done
      state = next.state
      if (!done) memory = view.advance(memory, hidden(state))
    }
    expect(done).toBe(true)
    if (memory.shop.opened.length > 1) comparing++
  }
  expect(comparing).toBeGreaterThan(0)
})
