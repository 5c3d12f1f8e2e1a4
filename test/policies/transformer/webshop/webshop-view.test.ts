import { describe, expect, test } from 'vitest'
import { stream } from '../../../../src/core/random.ts'
import type { WebShopState } from '../../../../src/environments/webshop/types.ts'
import { createWebShopActions } from '../../../../src/policies/linear/webshop/webshop-actions.ts'
import type { ViewMemory } from '../../../../src/policies/transformer/webshop/memory.ts'
import { createWebShopView } from '../../../../src/policies/transformer/webshop/webshop-view.ts'
import { byAsin, guarded } from '../../guarded.ts'
import { createSmallShop } from '../../small-shop.ts'

const shop = createSmallShop()
const shown = ['asin', 'title', 'description', 'bulletPoints', 'priceTag', 'options']
const space = createWebShopActions(byAsin(Array.from(shop.catalogue.products, (product) => guarded(product, shown))))
const view = createWebShopView(space)

function hidden(state: WebShopState): WebShopState {
  const allowed = Object.keys(state).filter((name) => name !== 'reward')
  return guarded({ ...state, goal: guarded(state.goal, ['instruction']) }, allowed)
}

interface Moment {
  readonly state: WebShopState
  readonly memory: ViewMemory
  readonly text: string
  readonly actions: readonly string[]
}

/** Episodes of uniformly drawn actions; the view sees guarded states only. */
function* walk(episodes: number, steps = 15, choose?: (actions: readonly string[]) => string): Generator<Moment[]> {
  for (let e = 0; e < episodes; e++) {
    const goals = shop.catalogue.goals
    const goal = goals[e % goals.length] as (typeof goals)[number]
    const random = stream(7).child('walk', e)
    let state = shop.reset(goal)
    let memory = view.begin(hidden(state))
    let text = view.opening(hidden(state), memory)
    const moments: Moment[] = []
    for (let step = 0; step < steps; step++) {
      const actions = space.actions(state, memory.shop)
      moments.push({ state, memory, text, actions })
      const action = choose?.(actions) ?? (actions[random.below(actions.length)] as string)
      const next = shop.step(state, action)
      if (next.done) break
      state = next.state
      memory = view.advance(memory, hidden(state))
      text = view.seen(hidden(state), memory)
    }
    yield moments
  }
}

/** Pieces of words and punctuation: about what a byte-level BPE makes of such texts. */
function pieces(text: string): number {
  return (text.match(/[a-z]+|\d+|[^\sa-z\d]/gi) ?? []).length
}

test('every action of the log-linear policy has short words, which mean that action', () => {
  const pages = new Set<string>()
  for (const moments of walk(200))
    for (const { state, memory, actions } of moments) {
      const written = actions.map((action) => view.write(hidden(state), memory, action))
      expect(new Set(written).size).toBe(actions.length)
      written.forEach((words, i) => {
        if (words === undefined) throw new Error(`${actions[i]} has no words.`)
        expect(view.read(hidden(state), memory, words)).toBe(actions[i])
        if (words.startsWith('click')) expect(pieces(words)).toBeLessThanOrEqual(5)
      })
      pages.add(state.page)
    }
  expect([...pages].sort()).toEqual(['index', 'item_page', 'item_sub_page', 'search_results'])
})

test('what a model writes without sense is handed on as it is', () => {
  const [moments] = walk(1)
  const { state, memory } = (moments as Moment[])[0] as Moment
  for (const text of ['', 'buy', 'click[r1', 'click', 'search', 'click[r1]', ']]', 'now buy r1'])
    expect(view.read(state, memory, text)).toBe(text)
  for (const text of ['r99', 'r0', 'o1', '', 'r 1'])
    expect(view.read(state, memory, `click ${text}`)).toBe(`click[${text}]`)
})

test('an action that would read back as another has no words', () => {
  const [moments] = walk(1)
  const { state, memory } = (moments as Moment[])[0] as Moment
  for (const action of [
    'click[next]',
    'search[Floor  Lamp]',
    `search[${'x'.repeat(500)}]`,
    'search[a\nb]',
    'search[Ä]',
  ])
    expect(view.write(state, memory, action), action).toBeUndefined()
  expect(view.write(state, memory, 'search[floor lamp]')).toBe('search floor lamp')
})

test('texts are lower-case words with single spaces, and equal histories read equally', () => {
  const first = [...walk(60)].flat()
  const second = [...walk(60)].flat()
  expect(second.map(({ text }) => text)).toEqual(first.map(({ text }) => text))
  for (const { text } of first) expect(text).toMatch(/^[^\sA-Z]+(?: [^\sA-Z]+)*$/)
})

test('a page of results is shown once', () => {
  for (const moments of walk(100)) {
    const pages = moments.filter(({ text }) => text.startsWith('results')).map(({ state }) => state)
    expect(new Set(pages.map(({ keywords, pageNumber }) => `${keywords} ${pageNumber}`)).size).toBe(pages.length)
  }
})

test('fifteen steps fit into a thousand tokens, even when only pages are turned', () => {
  const turning = (actions: readonly string[]) =>
    actions.includes('click[next >]') ? 'click[next >]' : (actions[0] as string)
  const long = [...walk(100), ...walk(12, 15, turning)]
  for (const moments of long) {
    const tokens = moments.reduce((sum, { text }) => sum + pieces(text) + 12, 0)
    expect(tokens).toBeLessThan(1000)
  }
})

describe('on a page', () => {
  const goal = shop.catalogue.goals[0] as (typeof shop.catalogue.goals)[number]
  const start = shop.reset(goal)
  const begun = view.begin(start)
  const found = shop.step(start, 'search[running shoes]').state
  const foundMemory = view.advance(begun, found)
  const link = `click[${(found.hits[0] ?? '').toLowerCase()}]`
  const open = shop.step(found, link).state
  const openMemory = view.advance(foundMemory, open)

  test('the opening names what is asked for, the limit and the number of words', () => {
    expect(view.opening(start, begun)).toMatch(/^task : running shoes , arch support , navy .*; \d+ words$/)
  })

  test('each product ends with the number of words that it covers and its pointer', () => {
    const lines = view.seen(found, foundMemory).replace('results : ', '').split(' , ')
    expect(lines).toHaveLength(10)
    lines.forEach((line, i) => {
      expect(line).toMatch(new RegExp(`\\d+ r${i + 1}$`))
    })
  })

  test('options that the request names are marked, and only what changed is told afterwards', () => {
    const text = view.seen(open, openMemory)
    expect(text).toContain('color : navy ! o1')
    expect(text).toContain('size : small ! ')
    const chosen = shop.step(open, 'click[navy]').state
    expect(view.seen(chosen, view.advance(openMemory, chosen))).toMatch(
      /^chosen navy ; left size ; covered \d+ of \d+$/,
    )
    expect(view.seen(open, view.advance(openMemory, open))).toBe('same page')
  })

  test('going back names what was opened, and the best products that are left', () => {
    const back = shop.step(open, 'click[< prev]').state
    const text = view.seen(back, view.advance(openMemory, back))
    expect(text).toMatch(/^back : opened (?:over )?\d+ r1 ; left (?:over )?\d+ r\d+(?: , (?:over )?\d+ r\d+){2}$/)
  })
})
