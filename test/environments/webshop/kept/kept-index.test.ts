/** What is kept of an index finds what a fresh one finds, with the same scores to the bit. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stream } from '../../../../src/core/random.ts'
import { IndexWriter } from '../../../../src/environments/webshop/kept/index-writer.ts'
import { openIndex } from '../../../../src/environments/webshop/kept/kept-index.ts'
import { openSections, SectionWriter } from '../../../../src/environments/webshop/kept/sections.ts'
import { Texts, writeTexts } from '../../../../src/environments/webshop/kept/texts.ts'
import { search } from '../../../../src/environments/webshop/search/search.ts'
import {
  buildIndex,
  type Document,
  type SearchIndex,
} from '../../../../src/environments/webshop/search/search-index.ts'
import { MemoryFile } from './memory-file.ts'

async function keptIndex(documents: readonly Document[], most?: number): Promise<SearchIndex> {
  return (await keptOn(documents, most)).index
}

async function keptOn(documents: readonly Document[], most?: number) {
  const writer = new IndexWriter()
  for (const { text } of documents) expect(writer.add(text)).toBe(true)
  const order = Uint32Array.from(documents, (_, i) => i)
  const id = (place: number): string => documents[place]?.id ?? ''
  order.sort((a, b) => (id(a) < id(b) ? -1 : 1))
  const disk = new MemoryFile()
  const file = new SectionWriter(disk)
  writeTexts(file, 'ids', Array.from(order, id))
  await writer.write(file, order, async () => {})
  file.close()
  const opened = openSections(disk)
  if (!opened.ok) throw new Error(opened.failure.message)
  const index: SearchIndex = openIndex(opened.value, new Texts(opened.value, 'ids'), most)
  return { disk, index }
}

const word = fc.constantFrom('red', 'blue', 'shoe', 'hat', 'lamp', 'men', 'the', 'Größe', '靴', 'x'.repeat(300))
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '))

test('of any small corpus, down to each posting', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { maxLength: 20 }),
      text,
      fc.integer({ min: 1, max: 8 }),
      async (texts, query, k) => {
        const documents = texts.map((content, i) => ({ id: `P${(i * 7) % 20}\ud83d`, text: content }))
        const [fresh, kept] = [buildIndex(documents), await keptIndex(documents)]
        expect(search(kept, query, k)).toEqual(search(fresh, query, k))
        for (const term of ['red', 'shoe', 'größe', 'nothing'])
          expect(kept.postings(term)).toEqual(fresh.postings(term))
      },
    ),
  )
})

test('of a corpus of common and rare words, some very often in one text', async () => {
  const random = stream(7)
  const documents = Array.from({ length: 5000 }, (_, d) => {
    const words = Array.from({ length: 40 }, (_, w) => w).filter((w) => random.next() < 1 / (1 + w / 4))
    const often = d % 500 === 3 ? 'w7 '.repeat(250 + d / 10) : ''
    return { id: String((d * 7919) % 5000).padStart(5, '0'), text: often + words.map((w) => `w${w}`).join(' ') }
  })
  const [fresh, kept] = [buildIndex(documents), await keptIndex(documents)]
  for (let w = 0; w < 40; w++) expect(kept.postings(`w${w}`)).toEqual(fresh.postings(`w${w}`))
  for (const query of ['w0 w1 w2 w39', 'w7', 'w38 w37 w7 w7 w0', 'w9 nothing w12'])
    expect(search(kept, query, 50)).toEqual(search(fresh, query, 50))
})

test('postings are held as far as there is room, the oldest go first, and those that went are read anew', async () => {
  const documents = Array.from({ length: 10 }, (_, d) => ({ id: `P${d}`, text: 'red blue hat lamp' }))
  const { disk, index } = await keptOn(documents, 30)
  /** Terms that are read from the disk when these are asked for, one after the other. */
  const read = (...terms: readonly string[]): readonly string[] =>
    terms.filter((term) => {
      const before = disk.reads
      index.postings(term)
      return disk.reads > before
    })
  expect(read('red', 'blue', 'hat', 'red', 'blue', 'hat')).toEqual(['red', 'blue', 'hat'])
  expect(read('red', 'lamp', 'red', 'hat', 'blue')).toEqual(['lamp', 'blue'])
  // As many as before: what went left its room behind.
  expect(read('red', 'hat', 'blue', 'lamp', 'lamp')).toEqual(['lamp'])
  const fresh = buildIndex(documents)
  for (const term of ['red', 'blue', 'hat', 'lamp']) expect(index.postings(term)).toEqual(fresh.postings(term))
})
