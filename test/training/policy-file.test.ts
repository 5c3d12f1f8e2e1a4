import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { stream } from '../../src/core/random.ts'
import { loadCatalogue } from '../../src/environments/webshop/catalogue/catalogue.ts'
import { readOfficialFiles } from '../../src/environments/webshop/catalogue/official-files.ts'
import { createWebShop } from '../../src/environments/webshop/webshop.ts'
import { createLinearActor } from '../../src/policies/linear/linear-actor.ts'
import { createWebShopActions } from '../../src/policies/linear/webshop/webshop-actions.ts'
import { parseWeights } from '../../src/policies/linear/weights.ts'
import { evaluate } from '../../src/training/evaluation.ts'

const folder = new URL('../../public/data/webshop/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const names = ['items_shuffle.json', 'items_ins_v2.json', 'items_human_ins.json', 'nouns.json', 'setup.json']

test('the shipped policy belongs to the shipped catalogue, and leaves something to learn', async () => {
  const files = readOfficialFiles(names.map((name) => ({ name, text: read(name) })))
  const catalogue = files.ok ? loadCatalogue(files.value) : files
  if (!catalogue.ok) throw new Error(catalogue.failure.message)
  const shop = createWebShop(catalogue.value)
  const space = createWebShopActions(catalogue.value.products)
  const policy = parseWeights(JSON.parse(read('policy.json')), space.features)
  if (!policy.ok) throw new Error(policy.failure.message)
  const { weights, trained } = policy.value
  expect(trained.data, 'run npx tsx src/scripts/make/webshop-policy.ts').toBe(catalogue.value.data.fingerprint)

  const actor = createLinearActor(shop, space, weights)
  const dev = shop.tasks('dev')
  const settings = { stepLimit: 10, episodesPerTask: 10, temperature: 1 }
  const random = stream(Number(trained.seed)).child('make-policy', 'dev')
  const { mean, steps } = await evaluate(actor, dev, random, settings)
  expect(mean).toBeCloseTo(Number(trained.devReward), 3)
  expect(mean).toBeGreaterThan(0.4)
  expect(mean).toBeLessThan(0.65)
  expect(steps).toBeGreaterThan(4)
  expect(steps).toBeLessThan(7)
})
