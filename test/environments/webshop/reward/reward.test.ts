import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PurchasedProduct, WantedProduct } from '../../../../src/environments/webshop/reward/purchase.ts'
import type { RewardDetail } from '../../../../src/environments/webshop/reward/reward.ts'
import { outcomeReward, webshopReward } from '../../../../src/environments/webshop/reward/reward.ts'

const lamp: PurchasedProduct = {
  title: 'Oak Desk Lamp, dimmable',
  description: 'Comes with a long cord.',
  bulletPoints: ['made of solid', 'oak wood'],
  attributes: ['energy saving', 'easy to clean'],
  query: 'desk lamps',
  productCategory: 'Home › Lighting › Lamps',
  titleNouns: ['oak', 'desk', 'lamp'],
}

const goal: WantedProduct = {
  query: 'desk lamps',
  productCategory: 'Home › Lighting › Lamps',
  attributes: ['energy saving'],
  options: ['dark oak'],
  priceUpper: 40,
  titleNouns: ['oak', 'desk', 'lamp'],
}

function reward(
  purchased: Partial<PurchasedProduct>,
  wanted: Partial<WantedProduct>,
  price = 30,
  chosen: Record<string, string> = { color: 'dark oak' },
): RewardDetail {
  const result = webshopReward(
    { ...lamp, ...purchased },
    { ...goal, ...wanted },
    price,
    new Map(Object.entries(chosen)),
  )
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}

test('gives 1 for exactly what was wanted', () => {
  expect(reward({}, {})).toEqual({
    reward: 1,
    rType: 1,
    queryMatch: true,
    categoryMatch: true,
    titleScore: 1,
    rAtt: 1,
    wAtt: 1 / 3,
    rOption: 1,
    wOption: 1 / 3,
    rPrice: true,
    wPrice: 1 / 3,
  })
})

test('counts attributes, options and the price alike', () => {
  expect(reward({}, { attributes: ['energy saving', 'battery powered'] }).reward).toBe(3 / 4)
  expect(reward({}, {}, 30, {}).reward).toBe(2 / 3)
  expect(reward({}, {}, 40.01).reward).toBe(2 / 3)
  expect(reward({}, {}, 40).rPrice).toBe(true)
  const bare = reward({}, { options: [] }, 30, {})
  expect([bare.reward, bare.rOption, bare.wOption]).toEqual([1, undefined, undefined])
})

test('looks for an attribute in the texts, also across two bullet points', () => {
  for (const [attribute, found] of [
    ['oak desk', 1],
    ['solid oak', 1],
    ['long cord', 1],
    ['Long Cord', 0],
    ['glass', 0],
  ] as const) {
    expect(reward({}, { attributes: [attribute] }).rAtt, attribute).toBe(found)
  }
})

test('scales by the kind of thing: query, category, common title nouns', () => {
  const other = { query: 'sofas', productCategory: 'Home › Sofas' }
  const nouns = Array.from({ length: 20 }, (_, i) => `noun${i}`)
  const types = (common: number, more: Partial<PurchasedProduct> = {}): number =>
    reward({ ...other, titleNouns: nouns.slice(0, common), ...more }, { titleNouns: nouns }).rType
  expect([types(5), types(4), types(2), types(1), types(0)]).toEqual([1, 0.5, 0.5, 0.1, 0])
  // Without a common noun nothing else counts.
  expect(types(0, { query: 'desk lamps' })).toBe(0)
  expect(types(2, { productCategory: 'Lamps › Home' })).toBe(1)
  expect(types(2, { productCategory: 'Lamps › Lamps' })).toBe(0.5)
  expect(reward({}, { titleNouns: [] })).toMatchObject({ titleScore: 0.2, rType: 1 })
  // A repeated noun counts in the length only.
  expect(reward({}, { titleNouns: ['oak', 'oak', 'lamp', 'desk'] }).titleScore).toBe(3 / 4)
})

test("keeps upstream's holes in comparing options", () => {
  const matches = (wanted: string, chosen: string): boolean =>
    reward({}, { options: [wanted] }, 30, { a: chosen }).rOption === 1
  expect(matches('large', 'x-large')).toBe(true)
  expect(matches('dark grey', 'dark green')).toBe(true)
  expect(matches('standard', 'tan')).toBe(true)
  expect(matches('small', 'medium')).toBe(false)
  expect(reward({}, { options: ['large', 'x-large'] }, 30, { size: 'x-large' }).rOption).toBe(1)
})

test('compares name and value together for synthetic goals', () => {
  const options = new Map([
    ['size', '12 inch'],
    ['color', 'red'],
  ])
  expect(reward({}, { options }, 30, { size: '12 inch', color: 'infrared' })).toMatchObject({ rOption: 1, reward: 1 })
  // The colour is found in a pair only where it is the whole value.
  const dark = new Map([['color', 'dark red']])
  expect(reward({}, { options: dark }, 30, { color: 'tapered' }).rOption).toBe(1)
  expect(reward({}, { options: dark }, 30, { color: 'crimson' }).rOption).toBe(0)
})

test.each([
  ['reward-no-attributes', { attributes: [] }, 30],
  ['reward-no-price-limit', { priceUpper: 0 }, 30],
  ['reward-no-price', {}, Number.NaN],
])('answers %s where upstream raises', (code, wanted, price) => {
  const result = webshopReward(lamp, { ...goal, ...wanted }, price, new Map())
  expect(result).toMatchObject({ ok: false, failure: { code } })
})

test('is from 0 to 1, made of its parts, and the same when asked again', () => {
  const words = fc.array(fc.constantFrom('oak', 'lamp', 'red', 'large', 'x-large', 'easy to clean'), { maxLength: 4 })
  const wanted = fc.record({ attributes: words.filter((list) => list.length > 0), options: words, titleNouns: words })
  const bought = fc.record({ attributes: words, titleNouns: words, query: fc.constantFrom('desk lamps', 'sofas') })
  fc.assert(
    fc.property(bought, wanted, words, fc.double({ min: 0, max: 100, noNaN: true }), (purchased, w, values, price) => {
      const product = { ...lamp, ...purchased }
      const aim = { ...goal, ...w }
      const chosen = new Map(values.map((value, i) => [`option ${i}`, value]))
      const first = webshopReward(product, aim, price, chosen)
      expect(webshopReward(product, aim, price, chosen)).toEqual(first)
      if (!first.ok) throw new Error(first.failure.message)
      const { reward, rType, rAtt, wAtt, rOption = 0, wOption = 0, rPrice, wPrice } = first.value
      expect(reward).toBeGreaterThanOrEqual(0)
      expect(reward).toBeLessThanOrEqual(1)
      expect(reward).toBeCloseTo(rType * (rAtt * wAtt + rOption * wOption + Number(rPrice) * wPrice), 12)
    }),
  )
})

test('the reward alone is that of the whole detail, and throws where there is none', () => {
  const words = fc.constantFrom('oak', 'desk', 'lamp', 'dark oak', 'energy saving', 'red', 'battery powered', 'Large')
  const list = fc.array(words, { maxLength: 4 })
  const category = fc.constantFrom('Home › Lighting › Lamps', 'Home › Lighting', 'Lamps', '', 'Home › Home › Lamps')
  const common = { query: words, productCategory: category, titleNouns: list, attributes: list }
  const purchased = fc.record({ ...common, title: words, description: words, bulletPoints: list })
  const wanted = fc.record({ ...common, options: list, priceUpper: fc.constantFrom(0, 20, 40, Number.NaN) })
  const price = fc.constantFrom(10, 20, 30, Number.NaN)
  const chosen = fc.dictionary(words, words)
  fc.assert(
    fc.property(purchased, wanted, price, chosen, (purchased, wanted, price, options) => {
      const given = [purchased, wanted, price, new Map(Object.entries(options))] as const
      const whole = webshopReward(...given)
      if (whole.ok) expect(outcomeReward(...given)).toBe(whole.value.reward)
      else expect(() => outcomeReward(...given)).toThrow(whole.failure.message)
    }),
  )
})
