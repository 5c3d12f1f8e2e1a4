import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import * as lab from '../src/index.ts'

test('a program without a page explores, writes a run file and takes the pairs away', async () => {
  const folder = new URL('../public/data/webshop/', import.meta.url)
  const names = ['items_shuffle.json', 'items_ins_v2.json', 'items_human_ins.json', 'nouns.json', 'setup.json']
  const read = (name: string): Promise<string> => readFile(new URL(name, folder), 'utf8')
  const texts = await Promise.all(names.map(async (name) => ({ name, text: await read(name) })))
  const files = lab.readOfficialFiles(texts)
  if (!files.ok) expect.fail(files.failure.message)
  const catalogue = lab.loadCatalogue(files.value)
  if (!catalogue.ok) expect.fail(catalogue.failure.message)
  const shop = lab.createWebShop(catalogue.value)
  const space = lab.createWebShopActions(catalogue.value.products)
  const weights = lab.parseWeights(JSON.parse(await read('policy.json')), space.features)
  if (!weights.ok) expect.fail(weights.failure.message)
  const actor = lab.createLinearActor(shop, space, weights.value.weights)

  const { config, corrections } = lab.parseConfig({ tasks: 3, method: 'fixed-size', candidates: 3 })
  expect(corrections).toEqual([])
  const { systemPrompt, minReward, maxReward, data } = shop
  const agent = { name: actor.name, fingerprint: actor.fingerprint }
  const header = lab.runHeader(config, { data, agent, systemPrompt, minReward, maxReward })
  const log: lab.RunEvent[] = []
  const tasks = lab.drawTasks(config, shop.tasks('train'))
  for await (const event of lab.exploreRun({ header, actor, tasks })) log.push(event)

  expect(await lab.readWholeRunFile(lab.writeRunFile(log))).toEqual({ ok: true, value: log })
  const state = lab.foldRun(log)
  expect(state.tasks).toHaveLength(3)
  const pairs = [0, 1, 2].flatMap((task) =>
    lab.trlDpoLines(
      header,
      log.filter((event) => 'task' in event && event.task === task),
    ),
  )
  expect(pairs).toHaveLength(state.pairs)
})
