import { describe, expect, test } from 'vitest'
import { floatRepr } from '../../../src/environments/python-repr.ts'
import { parseAction } from '../../../src/environments/webshop/actions.ts'
import { windowOf } from '../../../src/environments/webshop/pages.ts'
import { dictRepr, jsonDumps, strip } from '../../../src/environments/webshop/python-text.ts'
import type { WebShopState } from '../../../src/environments/webshop/types.ts'
import { createWebShop, type WebShop, type WebShopOptions } from '../../../src/environments/webshop/webshop.ts'
import { catalogueOf, type Item, instruction, item, type MadeUp, values } from './made-up-shop.ts'

function shopOf(madeUp: MadeUp = {}, options?: WebShopOptions): WebShop {
  return createWebShop(catalogueOf(madeUp), options)
}

/** The state after some actions from the start of the only task. */
function reach(shop: WebShop, ...actions: readonly string[]): WebShopState {
  const [goal] = shop.catalogue.goals
  if (goal === undefined) throw new Error('There is no goal.')
  return actions.reduce((state, action) => shop.step(state, action).state, shop.reset(goal))
}

const ONE = 'click[a000000001]'

describe('an action is what `(.+)\\[(.+)\\]` matches from the start, greedily', () => {
  test.each([
    ['search[Red Mug]', 'search', 'red mug'],
    ['search[a] and more', 'search', 'a'],
    ['search[a][b]', 'search[a]', 'b'],
    ['search[a]b]', 'search', 'a]b'],
    ['search[[a]', 'search[', 'a'],
    ['SEARCH[x]', 'SEARCH', 'x'],
    ['click[ ]', 'click', ' '],
    ['a[b]\n[c]', 'a', 'b'],
    ['search[]]', 'search', ']'],
  ])('%j', (action, name, argument) => {
    expect(parseAction(action)).toEqual({ name, argument })
    const matched = /^([^\n]+)\[([^\n]+)\]/.exec(action)
    expect(parseAction(action)).toEqual({ name: matched?.[1], argument: matched?.[2]?.toLowerCase() })
  })

  test.each(['search[]', 'search[a', 'buy it', '[a]', '', ']', '\nsearch[a]', 'search\n[a]', 'a]b['])(
    '%j is none',
    (action) => {
      expect(parseAction(action)).toBeUndefined()
    },
  )

  test('a hundred thousand brackets take no time', () => {
    expect(parseAction('['.repeat(100_000))).toBeUndefined()
    expect(parseAction(`a${'['.repeat(100_000)}b]`)?.argument).toBe('b')
  })
})

describe('what can be clicked', () => {
  test('page by page, in order', () => {
    const shop = shopOf()
    expect(shop.clickables(reach(shop))).toEqual(['search'])
    expect(shop.hasSearchBar(reach(shop))).toBe(true)
    expect(shop.clickables(reach(shop, 'search[mug]'))).toEqual([
      'back to search',
      'next >',
      'a000000002',
      'a000000001',
    ])
    expect(shop.clickables(reach(shop, 'search[mug]', 'click[next >]'))).toEqual(['back to search', '< prev', 'next >'])
    expect(shop.clickables(reach(shop, 'search[mug]', ONE))).toEqual([
      ...['back to search', '< prev', 'description', 'features', 'reviews', 'buy now'],
      ...['red', 'sea | sky', 'large', 'small'],
    ])
    expect(shop.clickables(reach(shop, 'search[mug]', ONE, 'click[features]'))).toEqual(['back to search', '< prev'])
    expect(shop.clickables(reach(shop, 'search[mug]', ONE, 'click[buy now]'))).toEqual([])
    expect(shop.hasSearchBar(reach(shop, 'search[mug]'))).toBe(false)
  })

  test('`attributes` is offered only where it is switched on', () => {
    const shop = shopOf({}, { showAttributes: true })
    expect(shop.clickables(reach(shop, 'search[mug]', ONE)).slice(2, 7)).toEqual([
      ...['description', 'features', 'reviews', 'attributes', 'buy now'],
    ])
    const state = reach(shop, 'search[mug]', ONE, 'click[attributes]')
    expect(shop.observe(state)).toMatch(
      /< Prev \[SEP\] sturdy \[SEP\] bright \[SEP\] garden \[SEP\] mugs \[SEP\] Kitchen/,
    )
  })

  const twice: Item = {
    customization_options: { Top: values('Red', 'Description'), Bottom: values('Blue', 'Red', 'Search') },
  }
  const shop = shopOf({ items: [item('A000000001', twice)] })

  test('equal texts are one, at the first place, with the effect of the last', () => {
    expect(shop.clickables(reach(shop, 'search[mug]', ONE)).slice(2)).toEqual([
      ...['description', 'features', 'reviews', 'buy now', 'red', 'blue', 'search'],
    ])
    expect([...reach(shop, 'search[mug]', ONE, 'click[red]').options]).toEqual([['bottom', 'red']])
  })

  test('an option called description opens the page, and one called search cannot be chosen', () => {
    expect(reach(shop, 'search[mug]', ONE, 'click[description]')).toMatchObject({ subPage: 'Description' })
    const state = reach(shop, 'search[mug]', ONE)
    expect(shop.step(state, 'click[search]').state).toBe(state)
  })
})

describe('addresses', () => {
  const quoted: Item = { customization_options: { 'It\'s "big"': values('5\'3" x 7\'6"', 'é'), B: values("it's") } }
  const shop = shopOf({ items: [item('A000000001', quoted)] })

  test('item pages print options as JSON, sub pages and the last page as Python', () => {
    const chosen = ['search[a  mug]', ONE, 'click[5\'3" x 7\'6"]', "click[it's]", 'click[é]']
    const start = 'http://127.0.0.1:3000'
    expect(shop.url(reach(shop), '7')).toBe(`${start}/7`)
    expect(shop.url(reach(shop, 'search[a  mug]'), '7')).toBe(`${start}/search_results/7/a++mug/1`)
    expect(shop.url(reach(shop, ...chosen), '7')).toBe(
      `${start}/item_page/7/A000000001/a++mug/1/{"it's \\"big\\"": "\\u00e9", "b": "it's"}`,
    )
    expect(shop.url(reach(shop, ...chosen, 'click[reviews]'), '7')).toBe(
      `${start}/item_sub_page/7/A000000001/a++mug/1/Reviews/{'it\\'s "big"': 'é', 'b': "it's"}`,
    )
  })

  test('chosen options with quotes or accents are not shown as clicked, nor any in the text mode', () => {
    const plain = shop.render(reach(shop, 'search[mug]', ONE, "click[it's]"), 'text_rich')
    expect(plain).toMatch(/^You have clicked it's\.\n/)
    expect(plain).toContain("  [clicked button] it's [clicked button_]\n")
    const state = reach(shop, 'search[mug]', ONE)
    for (const action of ['click[5\'3" x 7\'6"]', 'click[é]']) {
      const next = shop.step(state, action).state
      expect(next).not.toBe(state)
      expect(shop.render(next, 'text_rich')).toBe(shop.render(state, 'text_rich'))
    }
    expect(shop.observe(reach(shop, 'search[mug]', ONE, "click[it's]"))).toBe(shop.observe(state))
  })

  test('a value in quotes among the keywords shows as clicked, as it does upstream', () => {
    const state = reach(shopOf(), 'search["red" mug]', ONE)
    expect(shopOf().render(state, 'text_rich')).toMatch(/^You have clicked red\.\n/)
    expect(state.options.size).toBe(0)
  })

  test('page names among the keywords mislead `< prev`', () => {
    const prev = (...actions: readonly string[]) => {
      const { page, pageNumber } = reach(shopOf(), ...actions, 'click[< prev]')
      return [page, pageNumber]
    }
    expect(prev('search[mug]', ONE)).toEqual(['search_results', 1])
    expect(prev('search[mug]', ONE, 'click[features]')).toEqual(['item_page', 1])
    expect(prev('search[mug item_page]', ONE, 'click[features]')).toEqual(['search_results', 1])
    expect(prev('search[mug search_results]', ONE)).toEqual(['search_results', 0])
    const zero = reach(shopOf(), 'search[mug search_results]', ONE, 'click[< prev]')
    expect(shopOf().clickables(zero)).toEqual(['back to search', 'next >'])
    expect(shopOf().observe(zero)).toMatch(/Page 0 \(Total results: 2\) \[SEP\] Next >$/)
  })

  test('pages cut the hits as Python slices', () => {
    expect(windowOf(50, 1)).toEqual([0, 10])
    expect(windowOf(23, 3)).toEqual([20, 23])
    expect(windowOf(23, 4)).toEqual([23, 23])
    expect(windowOf(23, 0)).toEqual([13, 0])
    expect(windowOf(23, -1)).toEqual([3, 13])
  })
})

describe('observations', () => {
  test('the text of each page', () => {
    const shop = shopOf({ human: { A000000001: [instruction('a mug')] } })
    const goal = reach(shop).goal.instruction
    const read = (...actions: readonly string[]) => shop.observe(reach(shop, ...actions)).split(' [SEP] ')
    expect(read()).toEqual(['WebShop', 'Instruction:', goal, 'Search'])
    const head = ['Instruction:', goal, 'Back to Search']
    expect(read('search[mug]')).toEqual([
      ...[...head, 'Page 1 (Total results: 2)', 'Next >', 'A000000002', 'Plain mug A000000002'],
      ...['$10.0 to $20.0', 'A000000001', 'Plain mug A000000001', '$12.5'],
    ])
    expect(read('search[mug]', ONE)).toEqual([
      ...[...head, '< Prev', 'color', 'red', 'sea | sky', 'size', 'large', 'small', 'Plain mug A000000001'],
      ...['Price: $12.5', 'Rating: N.A.', 'Description', 'Features', 'Reviews', 'Buy Now'],
    ])
    expect(read('search[mug]', ONE, 'click[description]')).toEqual([...head, '< Prev', 'Holds tea.'])
    expect(read('search[mug]', ONE, 'click[features]')).toEqual([...head, '< Prev', 'sturdy', 'dishwasher safe'])
    expect(read('search[mug]', ONE, 'click[reviews]')).toEqual([...head, '< Prev'])
  })

  test('visited products stay marked until the search starts over', () => {
    const shop = shopOf({}, { observation: 'text_rich' })
    const back = reach(shop, 'search[mug]', ONE, 'click[< prev]')
    expect(shop.observe(back)).toContain('\n[clicked button] A000000001 [clicked button_]\n')
    expect(shop.observe(shop.step(back, 'search[mug a]').state)).toContain('[clicked button] A000000001')
    const anew = shop.step(shop.step(back, 'click[back to search]').state, 'search[mug]').state
    expect(shop.observe(anew)).toContain('\n[button] A000000001 [button_]\n')
  })

  test('an empty bullet is an empty cell; an empty description is none; white space shrinks', () => {
    const odd: Item = { small_description: ['', 'b'], full_description: '', name: ' \n ' }
    const shop = shopOf({ items: [item('A000000001', { ...odd, query: 'q' })] })
    const open = ['search[b]', 'search[<q> q]', ONE]
    expect(shop.observe(reach(shop, ...open, 'click[features]'))).toMatch(/< Prev \[SEP\] {2}\[SEP\] b$/)
    expect(shop.observe(reach(shop, ...open, 'click[description]'))).toMatch(/< Prev$/)
    expect(shop.observe(reach(shop, ...open))).toMatch(/< Prev \[SEP\] Price: /)
  })

  test('the last page tells product, options (sorted, safe for HTML) and reward', () => {
    const customization_options = { Size: values("5' & <b>"), Color: values('red') }
    const shop = shopOf({ items: [item('A000000001', { customization_options })] })
    const text = shop.observe(reach(shop, 'search[mug]', ONE, "click[5' & <b>]", 'click[red]', 'click[buy now]'))
    expect(text).toContain('{"color": "red", "size": "5\\u0027 \\u0026 \\u003cb\\u003e"}')
    expect(text).toMatch(/Your score \(min 0\.0, max 1\.0\) \[SEP\] 1\.0 \[SEP\] Reward Details \[SEP\] None$/)
  })

  test('the view says the same as data', () => {
    const shop = shopOf()
    const view = shop.view(reach(shop, 'search[red mug]', ONE, 'click[red]'))
    expect(view).toMatchObject({ page: 'item_page', keywords: 'red mug', totalResults: 2, results: [] })
    expect(view.product?.options[0]).toEqual({ name: 'color', values: ['red', 'sea | sky'], chosen: 'red' })
    expect(shop.view(reach(shop, 'search[mug]')).results.map(({ asin, visited }) => [asin, visited])).toEqual([
      ['A000000002', false],
      ['A000000001', false],
    ])
    expect(structuredClone(view)).toEqual(view)
  })
})

describe("Python's way of printing", () => {
  test('numbers, texts and dicts', () => {
    expect([100, 43.86, 0, -0, 1e16, 1.5e-7, 123456789012].map(floatRepr)).toEqual([
      ...['100.0', '43.86', '0.0', '-0.0', '1e+16', '1.5e-07', '123456789012.0'],
    ])
    expect(dictRepr([['a', '\n\x00\xa0é😀\u2028\\']])).toBe("{'a': '\\n\\x00\\xa0é😀\\u2028\\\\'}")
    expect(jsonDumps([['a', '😀\x7f"']])).toBe('{"a": "\\ud83d\\ude00\\u007f\\""}')
    expect(strip('\x1c\u3000 a b \x85\ufeff\n')).toBe('a b \x85\ufeff')
  })
})
