/** A search in what is read so far finds what a search in a shop of these products alone finds, with the same scores to the bit. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unwrap } from '../../../../src/core/failure.ts'
import { stream } from '../../../../src/core/random.ts'
import { loadCatalogue } from '../../../../src/environments/webshop/catalogue/catalogue.ts'
import { readOfficialFiles } from '../../../../src/environments/webshop/catalogue/official-files.ts'
import { indexOf } from '../../../../src/environments/webshop/catalogue/read-catalogue.ts'
import { firstProducts } from '../../../../src/environments/webshop/kept/first-products.ts'
import { IndexWriter } from '../../../../src/environments/webshop/kept/index-writer.ts'
import { paced } from '../../../../src/environments/webshop/kept/pace.ts'
import { furtherShop, type ShopSoFar, searchSoFar } from '../../../../src/environments/webshop/kept/search-so-far.ts'
import { writeShop } from '../../../../src/environments/webshop/kept/write-shop.ts'
import { search } from '../../../../src/environments/webshop/search/search.ts'
import { buildIndex, type Document } from '../../../../src/environments/webshop/search/search-index.ts'
import { everyWord, instruction, item } from '../made-up-shop.ts'
import { MemoryFile } from './memory-file.ts'

const noTurn = async (): Promise<void> => {}

/** Of the documents that an index has by now. */
async function found(
  index: IndexWriter,
  documents: readonly Document[],
  query: string,
  k: number,
  pace = paced(noTurn),
) {
  const hits = await searchSoFar(index, (place) => documents[place]?.id ?? '', query, k, pace)
  for (const { id, place } of hits) expect(documents[place]?.id).toBe(id)
  return hits.map(({ id, score }) => ({ id, score }))
}

const word = fc.constantFrom('red', 'blue', 'shoe', 'hat', 'lamp', 'men', 'the', 'Größe', '靴', 'x'.repeat(300))
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '))

test('of any small corpus, after each of its documents, while others come between', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { maxLength: 20 }),
      text,
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 40 }),
      async (texts, query, k, together) => {
        const documents = texts.map((content, i) => ({ id: `P${(i * 7) % 20}\ud83d`, text: content }))
        const index = new IndexWriter()
        const add = (n: number): void => {
          for (; index.size < n; ) index.add(documents[index.size]?.text ?? '')
        }
        for (let n = 0; n <= documents.length; n++) {
          add(n)
          const known = documents.slice(0, n)
          expect(await found(index, documents, query, k)).toEqual(search(buildIndex(known), query, k))
        }
        const later = new IndexWriter()
        const half = documents.slice(0, documents.length / 2)
        for (const document of half) later.add(document.text)
        const more = async (): Promise<void> => {
          const next = documents[later.size]
          if (next !== undefined) later.add(next.text)
        }
        expect(await found(later, documents, query, k, paced(more, together))).toEqual(
          search(buildIndex(half), query, k),
        )
      },
    ),
  )
})

test('of a corpus of common and rare words, many documents alike, some words very often in one text', async () => {
  const random = stream(7)
  const documents = Array.from({ length: 3000 }, (_, d) => {
    const words = Array.from({ length: 40 }, (_, w) => w).filter((w) => random.next() < 1 / (1 + w / 4))
    const often = d % 500 === 3 ? 'w7 '.repeat(250 + d / 10) : ''
    const alike = d % 3 === 0 ? 'w0 w1 w2' : words.map((w) => `w${w}`).join(' ')
    return { id: String((d * 7919) % 3000).padStart(5, '0'), text: often + alike }
  })
  const index = new IndexWriter()
  for (const [d, document] of documents.entries()) {
    index.add(document.text)
    if (![1, 2, 10, 499, 504, 1500, 2999].includes(d)) continue
    const fresh = buildIndex(documents.slice(0, d + 1))
    for (const query of ['w0 w1 w2 w39', 'w7', 'w38 w37 w7 w7 w0', 'w9 nothing w12', 'w0', 'nothing', ''])
      for (const k of [1, 10, 50])
        expect(await found(index, documents, query, k), `${query} ${d}`).toEqual(search(fresh, query, k))
  }
})

test('products are read back while more come, from what is written and from what is not yet', async () => {
  const count = 4000
  const words = 'red blue green sea sky sun moon star'.split(' ')
  const of = (i: number, step: number): string => words[Math.floor(i / step) % words.length] ?? ''
  const items = Array.from({ length: count }, (_, i) =>
    item(`P${(i * 7919) % count}`, { name: `${of(i, 1)} ${of(i, 8)} ${of(i, 64)} mug ${'ö'.repeat(1 + (i % 700))}` }),
  )
  const texts = [items, { P0: { attributes: ['sturdy'] } }, { P0: [instruction('a')] }].map((file, i) => ({
    name: `${i}.json`,
    text: JSON.stringify(file),
  }))
  const held = unwrap(loadCatalogue(unwrap(readOfficialFiles(texts)), { nouns: everyWord })).products
  let shop: ShopSoFar | undefined
  const seen = new Set<number>()
  const files = texts.map(({ name, text: content }) => new File([content], name))
  const written = await writeShop(files, new MemoryFile(), {
    nouns: everyWord,
    begun: (begun) => {
      shop = begun
    },
    async told() {
      const finds = await shop?.find('blue sea moon', 10, noTurn)
      if (finds === undefined) return
      seen.add(finds.among)
      const index = indexOf([...held].slice(0, finds.among))
      const expected = search(index, 'blue sea moon', 10).map(({ id }) => held.get(id))
      expect(finds.products).toMatchObject(expected.map((product) => ({ ...product, titleNouns: [] })))
    },
  })
  unwrap(written)
  expect(Math.min(...seen)).toBe(0)
  expect(Math.max(...seen)).toBe(count)
  expect(seen.size).toBeGreaterThan(2)
})

test('the first products can be searched before the attributes are read, as far as they are good', async () => {
  const good = Array.from({ length: 30 }, (_, i) =>
    item(`P${(i * 7) % 30}`, { name: `mug ${i % 3 === 0 ? 'red' : 'blue'}` }),
  )
  const files = (items: string) => [
    new File([items], 'items.json'),
    new File(
      [
        `{${Array.from({ length: 1000 }, (_, i) => `"X${i}": {"attributes": []}, `).join('')}nothing that could be read`,
      ],
      'ins.json',
    ),
  ]
  const whole = JSON.stringify([item('nan'), good[0], ...good])
  const wrong = JSON.stringify([...good.slice(0, 7), item('PX', { name: 7 }), ...good])
  for (const [items, most, among] of [
    [whole, 12, 12],
    [whole, 100, 30],
    [wrong, 12, 7],
    [whole.slice(0, -9), 100, 29],
  ] as const) {
    const shop = await firstProducts(files(items), most)
    expect(shop?.size).toBe(among)
    const fresh = buildIndex(
      good.slice(0, among).map(({ asin, name }) => ({ id: String(asin), text: `${name} Holds tea. sturdy` })),
    )
    const finds = await shop?.find('red tea', 10, noTurn)
    expect(finds).toMatchObject({ among })
    expect(finds?.products.map(({ asin }) => asin)).toEqual(search(fresh, 'red tea', 10).map(({ id }) => id))
  }
  for (const items of ['[]', 'no JSON', '[{"asin": 7}]']) expect(await firstProducts(files(items))).toBe(undefined)
})

test('what is read first is searched until as many products are read anew', async () => {
  const read = { first: 5, later: 0 }
  const of = (which: keyof typeof read): ShopSoFar => ({
    name: 'a',
    get size() {
      return read[which]
    },
    find: async () => ({ products: [], among: read[which] }),
  })
  const shop = furtherShop(of('first'), of('later'))
  for (const [later, among] of [
    [0, 5],
    [4, 5],
    [5, 5],
    [6, 6],
  ] as const) {
    read.later = later
    expect([shop.size, (await shop.find('', 1, noTurn)).among]).toEqual([among, among])
  }
})
