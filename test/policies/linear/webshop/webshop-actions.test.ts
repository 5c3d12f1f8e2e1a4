import { expect, test } from 'vitest'
import { stream } from '../../../../src/core/random.ts'
import type { WebShopState } from '../../../../src/environments/webshop/types.ts'
import { createLinearActor } from '../../../../src/policies/linear/linear-actor.ts'
import { WEBSHOP_FEATURES } from '../../../../src/policies/linear/webshop/features.ts'
import { createWebShopActions } from '../../../../src/policies/linear/webshop/webshop-actions.ts'
import { byAsin, guarded } from '../../guarded.ts'
import { createSmallShop } from '../../small-shop.ts'

const shop = createSmallShop()

const shown = ['asin', 'title', 'description', 'bulletPoints', 'priceTag', 'options']
const products = byAsin(Array.from(shop.catalogue.products, (product) => guarded(product, shown)))
const openSpace = createWebShopActions(shop.catalogue.products)
const space = createWebShopActions(products)

function hidden(state: WebShopState): WebShopState {
  const allowed = Object.keys(state).filter((name) => name !== 'reward')
  return guarded({ ...state, goal: guarded(state.goal, ['instruction']) }, allowed)
}

/** Plays episodes by uniformly drawn actions and hands over every state with its memory, policy's view guarded. */
function* walk(episodes: number) {
  for (let e = 0; e < episodes; e++) {
    const goals = shop.catalogue.goals
    const goal = goals[e % goals.length] as (typeof goals)[number]
    const random = stream(5).child('walk', e)
    let state = shop.reset(goal)
    let memory = space.begin(hidden(state))
    for (let step = 0; step < 12; step++) {
      const actions = space.actions(hidden(state), memory)
      yield { state, memory, actions }
      const next = shop.step(state, actions[random.below(actions.length)] as string)
      if (next.done) break
      state = next.state
      memory = space.advance(memory, hidden(state))
    }
  }
}

test('the policy reads the pages and the instruction, nothing else', () => {
  const width = space.features.length
  for (const { state, memory, actions } of walk(200)) {
    const seen = hidden(state)
    const rows = new Float64Array(actions.length * width)
    space.describe(seen, memory, actions, rows)
    for (const action of actions) expect(space.explain(seen, memory, action)).not.toBe('')
    expect(rows.every(Number.isFinite)).toBe(true)
  }
})

test('descriptions and features are read only where their pages were opened', () => {
  const unread = Array.from(shop.catalogue.products, (p) => guarded(p, ['asin', 'title', 'priceTag', 'options']))
  const blind = createWebShopActions(byAsin(unread))
  const state = shop.step(shop.reset(shop.catalogue.goals[0] as never), 'search[running shoes]').state
  const open = shop.step(state, `click[${(state.hits[0] ?? '').toLowerCase()}]`).state
  let memory = blind.advance(blind.advance(blind.begin(state), state), open)
  const actions = blind.actions(open, memory)
  blind.describe(open, memory, actions, new Float64Array(actions.length * blind.features.length))
  const features = shop.step(open, 'click[features]').state
  memory = blind.advance(memory, features)
  const back = shop.step(features, 'click[< prev]').state
  const rows = new Float64Array(actions.length * blind.features.length)
  expect(() => blind.describe(back, memory, actions, rows)).toThrow('bulletPoints')
})

test('every offered action changes the page, except for choosing the chosen option again', () => {
  for (const { state, actions } of walk(100)) {
    for (const action of actions) {
      const next = shop.step(state, action).state
      const again = [...state.options.values()].some((value) => action === `click[${value}]`)
      expect(next === state && !again, `${action} on ${state.page}`).toBe(false)
    }
  }
})

test('features have distinct names and a meaning each, between 15 and 40 of them, and all occur', () => {
  expect(new Set(WEBSHOP_FEATURES.map(({ name }) => name)).size).toBe(WEBSHOP_FEATURES.length)
  expect(WEBSHOP_FEATURES.length).toBeGreaterThanOrEqual(15)
  expect(WEBSHOP_FEATURES.length).toBeLessThanOrEqual(40)
  for (const { meaning } of WEBSHOP_FEATURES) expect(meaning.length).toBeGreaterThan(8)
  const seen = new Set<number>()
  const width = WEBSHOP_FEATURES.length
  for (const { state, memory, actions } of walk(600)) {
    const rows = new Float64Array(actions.length * width)
    space.describe(state, memory, actions, rows)
    rows.forEach((value, i) => {
      if (value !== 0) seen.add(i % width)
    })
  }
  const unseen = WEBSHOP_FEATURES.filter((_, i) => !seen.has(i)).map(({ name }) => name)
  expect(unseen).toEqual([])
})

test('a guarded catalogue gives the same policy as an open one', () => {
  const weights = Float64Array.from({ length: space.features.length }, (_, k) => Math.sin(k))
  const task = shop.tasks('dev')[0] as never
  const [a, b] = [space, openSpace].map((s) => {
    const actor = createLinearActor(shop, s, weights)
    const streams = Array.from({ length: 30 }, (_, i) => stream(9).child(i))
    return actor.rollouts(actor.begin(task), 10, 1, streams)
  })
  expect(a).toEqual(b)
})
