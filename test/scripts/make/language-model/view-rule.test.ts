/** What the compact view of WebShop is worth: rules that know nothing but its texts, on the tasks that agents are measured on. */
import { expect, test } from 'vitest'
import { stream } from '../../../../src/core/random.ts'
import { createWebShop } from '../../../../src/environments/webshop/webshop.ts'
import { createWebShopActions } from '../../../../src/policies/linear/webshop/webshop-actions.ts'
import { createWebShopView } from '../../../../src/policies/transformer/webshop/webshop-view.ts'
import { shippedCatalogue } from '../../../../src/scripts/make/language-model/webshop-demonstrations.ts'

const shop = createWebShop(shippedCatalogue())
const space = createWebShopActions(shop.catalogue.products)
const view = createWebShopView(space)
const dev = shop.catalogue.goals.filter(({ split }) => split === 'dev')

/** Searches for all words, opens what covers most within the limit, chooses the first marked option of each group, buys. */
function rule(texts: readonly string[], said: readonly string[]): string {
  const text = texts.at(-1) ?? ''
  const words = /^task : (.*?)(?: under \$[\d.]+)? ; \d+ words$/.exec(text)
  if (words !== null) return `search ${(words[1] ?? '').replaceAll(' , ', ' ')}`
  if (text.startsWith('results')) {
    const lines = Array.from(text.matchAll(/(over )?(\d+) (r\d+)/g), ([, over, count, pointer]) => {
      return { worth: Number(count) - (over === undefined ? 0 : 100), pointer }
    })
    const most = Math.max(...lines.map(({ worth }) => worth))
    return `click ${lines.find(({ worth }) => worth === most)?.pointer ?? 'back'}`
  }
  const item = texts.findLast((seen) => seen.startsWith('item')) ?? ''
  for (const group of item.split(' ; ').slice(1, -1)) {
    const marked = Array.from(group.matchAll(/[!?] (o\d+)/g), ([, pointer]) => `click ${pointer}`)
    const first = /! (o\d+)/.exec(group)?.[1]
    const wanted = first === undefined ? marked[0] : `click ${first}`
    if (wanted !== undefined && !marked.some((action) => said.includes(action))) return wanted
  }
  return 'click buy now'
}

test('simple rules over its texts alone earn two thirds of the reward', () => {
  let sum = 0
  for (const goal of dev) {
    let state = shop.reset(goal)
    let memory = view.begin(state)
    const texts = [view.opening(state, memory)]
    const said: string[] = []
    for (let step = 0; step < 10; step++) {
      const words = rule(texts, said)
      said.push(words)
      const next = shop.step(state, view.read(state, memory, words))
      sum += next.reward
      if (next.done) break
      state = next.state
      memory = view.advance(memory, state)
      texts.push(view.seen(state, memory))
    }
  }
  expect(dev.length).toBeGreaterThanOrEqual(255)
  expect(sum / dev.length).toBeGreaterThanOrEqual(0.65)
})

test('fifteen steps at random fit into a context of a thousand tokens on the shipped tasks', () => {
  // Pieces of letters, digits and signs: a byte-level BPE of 2,048 tokens learnt from such texts needs as many, within a percent.
  const pieces = (text: string) => (text.match(/[a-z]+|\d+|[^\sa-z\d]/gi) ?? []).length + 1
  for (const goal of dev) {
    const random = stream(3).child('random', goal.id)
    let state = shop.reset(goal)
    let memory = view.begin(state)
    let tokens = pieces(view.opening(state, memory))
    for (let step = 0; step < 15; step++) {
      const actions = space.actions(state, memory.shop).filter((action) => action !== 'click[buy now]')
      const action = actions[random.below(actions.length)] ?? ''
      tokens += pieces(view.write(state, memory, action) ?? action)
      state = shop.step(state, action).state
      memory = view.advance(memory, state)
      tokens += pieces(view.seen(state, memory))
    }
    expect(tokens).toBeLessThan(1024)
  }
})
