import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WebShopState } from '../../../src/environments/webshop/types.ts'
import { createWebShop, type WebShop } from '../../../src/environments/webshop/webshop.ts'
import { catalogueOf, instruction, item, MUGS, values } from './made-up-shop.ts'

const OPTIONS = {
  'search_results "x"': values('search_results', 'Next >', '< Prev', 'Buy Now', 'é'),
  Size: values('S', ''),
}
const HUMAN = { A000000001: [instruction('a red mug', ['sturdy'], ['red']), instruction('a mug')] }
const shop: WebShop = createWebShop(
  catalogueOf({ items: [...MUGS, item('A000000004', { customization_options: OPTIONS })], human: HUMAN }),
)

function start(to: WebShop = shop): WebShopState {
  const [goal] = to.catalogue.goals
  if (goal === undefined) throw new Error('There is no goal.')
  return to.reset(goal)
}

function walk(actions: readonly string[], to: WebShop = shop): WebShopState {
  return actions.reduce((state, action) => to.step(state, action).state, start(to))
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('mug', '<r>', '<a> x', '<c>', '<c> garden', '<q> mugs'),
)
const anyAction = fc.oneof(
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 2, arbitrary: text.map((words) => `search[${words}]`) },
  { weight: 1, arbitrary: text.map((words) => `click[${words}]`) },
  { weight: 2, arbitrary: fc.constantFrom('search[mug]', 'search[mug item_page]', 'search[search_results mug]') },
)
/** Actions, some of them numbers: click that place among what can be clicked. */
const walks = fc.array(fc.oneof({ weight: 1, arbitrary: anyAction }, { weight: 3, arbitrary: fc.nat(40) }), {
  maxLength: 30,
})

function played(moves: readonly (string | number)[]): readonly { state: WebShopState; action: string }[] {
  const trace: { state: WebShopState; action: string }[] = []
  let state = start()
  for (const move of moves) {
    const clickables = shop.clickables(state)
    const action =
      typeof move === 'string' ? move : `click[${clickables[move % (clickables.length || 1)] ?? 'nothing'}]`
    trace.push({ state, action })
    state = shop.step(state, action).state
  }
  return trace
}

describe('laws', () => {
  test('no string makes a step, an observation or a view throw; rewards lie in [0, 1]', () => {
    fc.assert(
      fc.property(walks, (moves) => {
        for (const { state, action } of played(moves)) {
          const { state: next, reward, done } = shop.step(state, action)
          expect(reward).toBeGreaterThanOrEqual(0)
          expect(reward).toBeLessThanOrEqual(1)
          if (!done) expect(reward).toBe(0)
          if (done) expect([next.page, next.reward]).toEqual(['done', reward])
          expect(shop.observe(next)).not.toBe('')
          expect(shop.render(next, 'text_rich')).not.toBe('')
          expect(shop.view(next).clickables).toEqual(shop.clickables(next))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('a step is pure: the state is left alone and the same step gives the same state', () => {
    fc.assert(
      fc.property(walks, (moves) => {
        for (const { state, action } of played(moves)) {
          const before = structuredClone({ ...state, goal: state.goal.id })
          const first = shop.step(state, action)
          expect(shop.step(state, action)).toEqual(first)
          expect({ ...state, goal: state.goal.id }).toEqual(before)
        }
      }),
    )
  })

  test('a click acts exactly on what can be clicked; anything else gives the same state back', () => {
    fc.assert(
      fc.property(walks, text, (moves, words) => {
        for (const { state } of played(moves)) {
          const clickables = shop.clickables(state)
          const offered = clickables.includes(words.toLowerCase())
          const still = shop.step(state, `click[${words}]`)
          if (!offered) expect(still).toEqual({ state, reward: 0, done: false })
          if (!offered) expect(still.state).toBe(state)
          for (const clickable of clickables) {
            const { state: next } = shop.step(state, `click[${clickable}]`)
            const refused =
              clickable === 'search' || clickable === '' || [...state.options.values()].includes(clickable)
            if (!refused) expect(next, clickable).not.toBe(state)
          }
        }
      }),
      { numRuns: 40 },
    )
  })

  test('an action is idle exactly where it leaves the state as it was', () => {
    fc.assert(
      fc.property(walks, (moves) => {
        for (const { state, action } of played(moves))
          expect(shop.idle(state, action) === undefined, action).toBe(shop.step(state, action).state !== state)
      }),
    )
  })

  test('two shops of the same catalogue say the same', () => {
    const other = createWebShop(shop.catalogue)
    fc.assert(
      fc.property(walks, (moves) => {
        const actions = played(moves).map(({ action }) => action)
        expect(other.render(walk(actions, other), 'text_rich')).toBe(shop.render(walk(actions), 'text_rich'))
      }),
    )
  })
})

describe('transitions', () => {
  test('a search acts on every page and forgets the product', () => {
    for (const actions of [[], ['search[tea]'], ['search[mug]', 'click[a000000001]', 'click[red]']])
      expect(walk([...actions, 'search[blue teapot]'])).toMatchObject({
        page: 'search_results',
        keywords: ['blue', 'teapot'],
        asin: undefined,
        options: new Map(),
      })
  })

  test('back to search forgets all but the goal', () => {
    expect(walk(['search[mug]', 'click[a000000001]', 'click[red]', 'click[Back to Search]'])).toEqual(start())
  })

  test('going back to the results forgets the options, coming back from a description keeps them', () => {
    const chosen = ['search[mug]', 'click[a000000001]', 'click[red]']
    expect(walk([...chosen, 'click[description]', 'click[< prev]']).options).toEqual(new Map([['color', 'red']]))
    expect(walk([...chosen, 'click[< prev]', 'click[a000000001]']).options).toEqual(new Map())
  })

  test('results have no last page', () => {
    const far = walk(['search[mug]', ...Array.from({ length: 8 }, () => 'click[next >]')])
    expect(far.pageNumber).toBe(9)
    expect(shop.observe(far)).toMatch(/Page 9 \(Total results: \d\) \[SEP\] < Prev \[SEP\] Next >$/)
  })

  test('buying ends the episode; afterwards nothing can be clicked, but a search goes on', () => {
    const bought = shop.step(walk(['search[mug]', 'click[a000000001]', 'click[red]']), 'click[BUY NOW]')
    expect(bought).toMatchObject({ done: true, reward: 1, state: { page: 'done', reward: 1 } })
    expect(shop.step(bought.state, 'click[buy now]')).toEqual({ state: bought.state, reward: 0, done: false })
    const again = shop.step(bought.state, 'search[mug]')
    expect(again).toMatchObject({ done: false, reward: 0, state: { page: 'search_results', reward: undefined } })
  })

  test('a step with no action, or with the wrong case of one, does nothing', () => {
    const state = walk(['search[mug]'])
    for (const action of ['', 'buy it', 'search[]', 'Click[next >]', 'SEARCH[mug]', 'click[]', 'search[a][b]'])
      expect(shop.step(state, action)).toEqual({ state, reward: 0, done: false })
  })
})

describe('special first words of a search', () => {
  const asins = (query: string, to = shop) => walk([`search[${query}]`], to).hits

  test('an action that is none is told apart: no button, no search, no action at all', () => {
    const why = (before: readonly string[], action: string) => shop.idle(walk(before), action)
    const page = ': the page stayed as it was'
    expect(why([], 'click[buy now]')).toBe(`no such button${page}`)
    expect(why([], 'click[search]')).toBe(`a search needs words${page}`)
    expect(why([], 'search[]')).toBe(`no action${page}`)
    expect(why([], 'buy it')).toBe(`no action${page}`)
    expect(why([], 'Click[search]')).toBe(`no action${page}`)
    expect(why([], 'search[<a> x]')).toBe(`no such search${page}`)
    const red = ['search[mug]', 'click[a000000001]', 'click[red]']
    expect(why(red, 'click[red]')).toBe(`already chosen${page}`)
    expect(why(red, 'click[large]')).toBeUndefined()
    expect(why([...red, 'click[buy now]'], 'click[buy now]')).toBe(`no such button${page}`)
  })

  test('<c> finds a category and <q> a query, in the order of the file', () => {
    expect(asins('<c> garden')).toEqual(['A000000001', 'A000000002', 'A000000004'])
    expect(asins('<c> garden and more')).toEqual(asins('<c> garden'))
    expect(asins('<q> teapots')).toEqual(['A000000003'])
    expect(asins('<q>')).toEqual([])
  })

  test('<a> and a bare <c>, which stop upstream, do nothing', () => {
    const state = start()
    for (const query of ['<a> sturdy', '<a>', '<c>']) expect(shop.step(state, `search[${query}]`).state).toBe(state)
  })

  test('<r> finds 50 products at random, the same ones for the same words', () => {
    const items = Array.from({ length: 80 }, (_, i) => item(`B${i}`))
    const large = createWebShop(catalogueOf({ items, human: { B0: [instruction('a mug')] } }))
    expect(new Set(asins('<r>', large)).size).toBe(50)
    expect(asins('<r>', createWebShop(large.catalogue))).toEqual(asins('<r>', large))
    expect(asins('<r> again', large)).not.toEqual(asins('<r>', large))
    expect([...asins('<r>')].sort()).toEqual(['A000000001', 'A000000002', 'A000000003', 'A000000004'])
  })
})

describe('tasks', () => {
  test('each is in one split and found by its id; others are unknown', () => {
    const all = (['train', 'dev', 'test'] as const).flatMap((split) => shop.tasks(split))
    expect(all).toHaveLength(2)
    for (const task of all) expect(shop.task(task.id)).toBe(task)
    expect(shop.task('train-99')).toBeUndefined()
    expect(() => shop.reset({ id: 'train-99', split: 'train', instruction: '' })).toThrow('train-99')
  })

  test('the instructions for agents name both actions', () => {
    expect(shop.systemPrompt).toMatch(/search\[keywords\][\s\S]*click\[value\]/)
    expect(shop.maxReward).toBe(1)
  })
})
