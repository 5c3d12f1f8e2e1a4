import { expect, test } from 'vitest'
import type { Result } from '../../../src/core/failure.ts'
import { foundWords, shopSearchOf } from '../../../src/ui/data/shop-finds.ts'
import type { PageState } from '../../../src/ui/state/page-state.ts'
import type { ShopFinds } from '../../../src/worker/protocol/lab-api.ts'

const found = (count: number) => Array.from({ length: count }, (_, i) => ({ asin: `B${i}`, title: 'hat', price: '$5' }))
const whole: ShopFinds = { found: found(10), among: 1108, shop: 'RRO Lab catalogue, 1,108 products', reading: false }
const part: ShopFinds = { found: found(10), among: 12_300, shop: 'items.json', reading: true }

test.each([
  [whole, 'The 10 best among all 1,108 products.'],
  [{ ...whole, found: found(1), among: 1 }, '1 product found among the only product.'],
  [{ ...whole, found: [] }, 'Nothing found among all 1,108 products.'],
  [part, 'The 10 best among the first 12,300 products of items.json, which is being read.'],
  [{ ...part, found: found(3), shop: '\u202eitems.json' }, /^3 products found among .* of items.json, which/],
])('it is said among how many was looked: %#', (finds, words) => {
  expect(foundWords(finds)).toMatch(words)
})

/** A desk whose answers come when they are told to. */
function desk() {
  const asked: { readonly words: string; answer(finds: ShopFinds): Promise<void> }[] = []
  const lab = {
    library: (_: 'searchShop', words: string) =>
      new Promise<Result<ShopFinds>>((resolve) => {
        asked.push({
          words,
          async answer(value) {
            resolve({ ok: true, value })
            await new Promise(setImmediate)
          },
        })
      }),
  }
  const notices = { ask: async (call: Promise<{ readonly value: ShopFinds }>) => (await call).value }
  const page = { lab, notices, changes: { say: () => undefined } } as unknown as PageState // what a desk needs of it
  return { asked, desk: shopSearchOf(page) }
}

test('what was found for other words, or earlier, does not take the place of what is asked for now', async () => {
  const { asked, desk: search } = desk()
  void search.search(' red hat ')
  void search.search('blue hat')
  expect(asked.map(({ words }) => words)).toEqual(['red hat', 'blue hat'])
  await asked[1]?.answer(whole)
  await asked[0]?.answer(part)
  expect(search.finds).toBe(whole)
  await search.search('  ')
  expect(search.finds).toBe(undefined)
  expect(asked).toHaveLength(2)
})

test('the same words are searched again in what there is by now, also where their answer is still to come', async () => {
  const { asked, desk: search } = desk()
  search.again()
  expect(asked).toHaveLength(0)
  void search.search('hat')
  search.again()
  await asked[0]?.answer(part)
  expect(search.finds).toBe(undefined)
  await asked[1]?.answer(whole)
  expect([asked[1]?.words, search.finds]).toEqual(['hat', whole])
})
