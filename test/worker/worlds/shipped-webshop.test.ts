/** The shop that ships with the page is read without a check of its records: it has to be the shop that a check lets by. */
import { expect, it } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import { loadCatalogue } from '../../../src/environments/webshop/catalogue/catalogue.ts'
import { readOfficialFiles } from '../../../src/environments/webshop/catalogue/official-files.ts'
import { diskLoader } from '../../../src/node/disk-loader.ts'
import { shippedWebShop } from '../../../src/worker/worlds/shipped-webshop.ts'

const texts = unwrap(await diskLoader().files('webshop'))

it('is the shop that a check of all records gives', () => {
  const { shop } = unwrap(shippedWebShop(texts))
  const checked = unwrap(loadCatalogue(unwrap(readOfficialFiles(texts)), { name: 'RRO Lab catalogue' }))
  expect(shop.catalogue.data).toEqual(checked.data)
  expect([...shop.catalogue.products]).toEqual([...checked.products])
  expect(shop.catalogue.goals).toEqual(checked.goals)
})

it.each([
  ['is cut short', 'nouns.json', '{"a": ["'],
  ['has another shape', 'items_human_ins.json', '{"B": 1}'],
  ['is of another build', 'items_shuffle.json', '[null]'],
])('fails in words when a file %s', (_, name, text) => {
  expect(texts.some((file) => file.name === name)).toBe(true)
  const loaded = shippedWebShop(texts.map((file) => (file.name === name ? { name, text } : file)))
  expect(loaded).toMatchObject({ ok: false, failure: { message: expect.stringMatching(/\.$/) } })
})

it('fails in words when a file is missing', () => {
  expect(shippedWebShop(texts.slice(1))).toMatchObject({ failure: { code: 'data-unavailable' } })
})
