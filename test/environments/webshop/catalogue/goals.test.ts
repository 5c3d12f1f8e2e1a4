import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawPriceUpper, priceRange, splitSizes } from '../../../../src/environments/webshop/catalogue/goals.ts'
import { pythonShuffled } from '../../../../src/environments/webshop/catalogue/python-shuffle.ts'
import { catalogueOf, instruction, item, MUGS, refusal, values } from '../made-up-shop.ts'

describe('human goals', () => {
  test('there is one for each instruction with attributes, without dots at its ends, with a price limit', () => {
    const human = {
      A000000003: [instruction('...a teapot. please..', ['round'], ['blue'])],
      A000000001: [instruction('nothing wanted', []), instruction('a mug')],
    }
    const goals = catalogueOf({ human }).goals
    const teapot = goals.find((goal) => goal.asin === 'A000000003')
    expect(goals).toHaveLength(2)
    expect(teapot?.instruction).toMatch(/^a teapot\. please, and price lower than 1[1-5]0\.00 dollars$/)
    expect(teapot).toMatchObject({
      title: 'Blue teapot',
      query: 'teapots',
      category: 'grocery',
      productCategory: 'Kitchen › Mugs',
      attributes: ['round'],
      options: ['blue'],
      weight: 1,
      titleNouns: ['blue', 'teapot'],
    })
  })

  test('a product at 980 dollars or more has no limit and no text of one', () => {
    const items = [item('A000000001', { pricing: '$980.00' })]
    expect(catalogueOf({ items }).goals[0]).toMatchObject({ instruction: 'i want a sturdy red mug', priceUpper: 1e6 })
  })

  test('limits depend on product, instruction and seed, not on what else is in the shop', () => {
    const limit = (items: readonly unknown[], seed: number) => catalogueOf({ items }, { seed }).goals[0]?.priceUpper
    expect(limit(MUGS, 3)).toBe(limit(MUGS.slice(0, 1), 3))
    expect(new Set(Array.from({ length: 40 }, (_, seed) => limit(MUGS, seed)))).toEqual(new Set([30, 40, 50]))
  })
})

describe('synthetic goals', () => {
  const attributes = {
    A000000001: { attributes: [], instruction: 'Find me mugs', instruction_attributes: ['sturdy', 'bright'] },
    A000000002: { attributes: [], instruction: 'Find me a line', instruction_attributes: ['sturdy'] },
    A000000003: { attributes: [], instruction: null },
  }

  test('there is one for each combination of options, by sorted names, weighted by how rare its attributes are', () => {
    const goals = catalogueOf({ attributes }, { goals: 'synthetic' }).goals
    const texts = goals.map((goal) => goal.instruction.replace(/, and price lower than \d+\.00 dollars$/, '')).sort()
    expect(texts).toEqual([
      'Find me a line',
      'Find me mugs with color: red, and size: large',
      'Find me mugs with color: red, and size: small',
      'Find me mugs with color: sea | sky, and size: large',
      'Find me mugs with color: sea | sky, and size: small',
    ])
    const mug = goals.find((goal) => goal.instruction.includes('red, and size: small'))
    expect(mug?.options).toEqual(new Map([['color', 'red'], ['size', 'small']])) // biome-ignore format: a table
    expect(mug?.weight).toBeCloseTo((1 / 5 + 1 / 4) / 2, 12)
  })

  test('they are made where there are no human ones', () => {
    expect(catalogueOf({ attributes }, { goals: 'synthetic' }).goals.length).toBe(5)
    expect(refusal({ attributes: { A000000001: {} } }, { goals: 'synthetic' })).toMatch(/has a synthetic instruction/)
  })

  test('an instruction without attributes, which stops upstream, is named', () => {
    const broken = { A000000002: { instruction: 'x' } }
    expect(refusal({ attributes: broken }, { goals: 'synthetic' })).toMatch(
      /^ins\.json, record A000000002, field instruction_attributes: expected at least one attribute/,
    )
  })

  test('options that combine to billions are refused before they are made', () => {
    const many = values(...Array.from({ length: 60 }, (_, i) => `v${i}`))
    const customization_options = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`option ${i}`, many]))
    const items = [item('A000000001', { customization_options })]
    expect(refusal({ items, attributes }, { goals: 'synthetic' })).toMatch(/A000000001 combine to more than 2,000,000/)
  })
})

describe('a setup', () => {
  const human = { A000000001: [instruction('a mug.'), instruction('b mug')], A000000003: [instruction('a teapot')] }
  const goal = { asin: 'A000000001', instruction: 1, split: 'test', price_upper: null }

  test('lists the goals, in its order, numbered within each split', () => {
    const goals = [
      goal,
      { asin: 'A000000001', instruction: 0, split: 'train', price_upper: 20 },
      { asin: 'A000000003', instruction: 0, split: 'test', price_upper: 7.5 },
    ]
    const listed = catalogueOf({ human, setup: { prices: {}, goals } }).goals
    expect(listed.map(({ id, split, instruction: text, priceUpper }) => [id, split, text, priceUpper])).toEqual([
      ['test-0', 'test', 'b mug', 1e6],
      ['train-0', 'train', 'a mug, and price lower than 20.00 dollars', 20],
      ['test-1', 'test', 'a teapot, and price lower than 7.50 dollars', 7.5],
    ])
  })

  test.each([
    [
      { asin: 'A000000009' },
      /^setup\.json, goal 0 .*field asin: expected a product of the items file, found "A000000009"/,
    ],
    [{ instruction: 2 }, /field instruction: expected the index of a human instruction with attributes, found 2/],
    [{ instruction: 0.5 }, /^setup\.json, goal 0, field instruction: /],
    [{ split: 'exam' }, /^setup\.json, goal 0, field split: .* found "exam"/],
    [{ price_upper: 0 }, /^setup\.json, goal 0, field price_upper: expected dollars above 0, or null, found 0/],
  ])('%j is refused', (changes, sentence) => {
    expect(refusal({ human, setup: { prices: {}, goals: [{ ...goal, ...changes }] } })).toMatch(sentence)
  })

  test('prices are dollars', () => {
    expect(refusal({ human, setup: { prices: { A000000001: '12' }, goals: [goal] } })).toMatch(
      /^setup\.json, prices of A000000001: expected dollars, found "12"/,
    )
  })
})

describe('order and splits', () => {
  test('the shuffle is that of CPython 3 (values printed by Python)', () => {
    const numbers = Array.from({ length: 12 }, (_, i) => i)
    expect(pythonShuffled(numbers, 233)).toEqual([5, 9, 0, 1, 4, 7, 6, 3, 8, 2, 11, 10])
    expect(pythonShuffled(numbers, 0)).toEqual([1, 9, 8, 5, 10, 2, 3, 7, 4, 0, 11, 6])
    expect(pythonShuffled([], 1)).toEqual([])
  })

  test("many goals are split as the paper's, fewer in proportion, and every goal is in one split", () => {
    expect(splitSizes(12_087)).toEqual({ test: 500, dev: 1000 })
    expect(splitSizes(1501)).toEqual({ test: 500, dev: 1000 })
    expect(splitSizes(60)).toEqual({ test: 10, dev: 20 })
    const human = { A000000001: Array.from({ length: 13 }, (_, i) => instruction(`mug ${i}`)) }
    const ids = catalogueOf({ human }).goals.map((goal) => goal.id)
    expect(ids).toEqual([
      ...['test-0', 'test-1', 'dev-0', 'dev-1', 'dev-2', 'dev-3'],
      ...Array.from({ length: 7 }, (_, i) => `train-${i}`),
    ])
  })

  test('a drawn limit is one of the range above the price, but not its lowest', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1100, noNaN: true }), fc.integer(), (price, seed) => {
        const limit = drawPriceUpper(price, seed, 'x')
        const range = priceRange(price)
        expect(range.every((dollars) => dollars > price)).toBe(true)
        if (range.length < 2) expect(limit).toBeUndefined()
        else expect(range.slice(1)).toContain(limit)
      }),
    )
  })
})
