/** Comparisons on data that the visitor brought, and from agents of theirs: what is not at hand is said, and nothing else is taken. */
import { beforeAll, describe, expect, test } from 'vitest'
import { parseComparison } from '../../../src/core/comparison/comparison-address.ts'
import { success, unwrap } from '../../../src/core/failure.ts'
import { createMemoryStore } from '../../../src/store/memory-store.ts'
import { createJobRunner } from '../../../src/worker/comparisons/study-jobs.ts'
import { poolFor, threadPool } from '../../../src/worker/comparisons/study-pool.ts'
import type { Lab } from '../../../src/worker/lab/lab.ts'
import { eventually } from '../../eventually.ts'
import { FEW_TO_JUDGE_BY } from '../few-to-judge-by.ts'
import { openTestLab } from '../labs.ts'

const loader = FEW_TO_JUDGE_BY
const SMALL = {
  arms: 'sft;fixed-size:rollouts=1:candidates=2;rro:rollouts=2',
  budgets: '300',
  seeds: 1,
  episodes: 1,
  epochs: 2,
}
/** A visitor's own shop and questions: a part of ours. */
const files: Record<'webshop' | 'intercode-sql', File[]> = { webshop: [], 'intercode-sql': [] }

beforeAll(async () => {
  const shop = unwrap(await loader.files('webshop')).filter(({ name }) => name !== 'setup.json')
  files.webshop = shop.map(({ name, text }) => {
    if (name !== 'items_shuffle.json') return new File([text], name)
    return new File([JSON.stringify(JSON.parse(text).slice(0, 150))], name)
  })
  files['intercode-sql'] = unwrap(await loader.files('intercode-sql')).map(({ name, text }) => {
    return new File(
      [name.endsWith('.json') ? JSON.stringify(JSON.parse(text).filter((_: unknown, i: number) => i % 8 === 0)) : text],
      name,
    )
  })
})

const open = (store = createMemoryStore()): Lab =>
  openTestLab({ openStore: async () => success(store), pool: threadPool({ ...loader }) })

/** Compares to the end. */
async function compared(lab: Lab, settings: Record<string, unknown>) {
  const { id } = unwrap(await lab.compare({ ...SMALL, ...settings })).progress.info
  return finished(lab, id)
}

async function finished(lab: Lab, id: string) {
  await eventually(async () => {
    const info = (await lab.comparisons()).find((one) => one.id === id)
    expect(info?.cells).toBe(info?.total)
  }, 40)
  return unwrap(await lab.openComparison(id))
}

describe.each(['webshop', 'intercode-sql'] as const)(
  'a comparison on data of the visitor’s own (%s)',
  (environment) => {
    test('is computed on it, says so, opens its runs there, and is the same computed anywhere from the files', async () => {
      const lab = open()
      const { fingerprint: data, name } = unwrap(await lab.loadData(files[environment]))
      const small = { ...SMALL, environment, budgets: '120' }
      const { progress, cells, corrections } = await compared(lab, { ...small, data })
      expect(corrections).toEqual([])
      expect(progress.info.comparison.data).toBe(data)
      expect(progress.info.name).toContain(name)
      const shipped = await compared(lab, { ...small, arms: 'sft' })
      expect(shipped.corrections).toMatchObject([{ code: 'comparison-data' }])
      expect(shipped.progress.info.comparison).not.toHaveProperty('data')
      const [start] = shipped.cells
      expect(start?.score.reward).not.toBe(cells.find(({ arm }) => arm === start?.arm)?.score.reward)
      unwrap(await lab.openComparison(progress.info.id))
      const run = unwrap(await lab.openCell({ arm: 2, seed: 1, budget: 120 })).progress
      expect(run.blocked).toBeUndefined()

      const { comparison } = parseComparison({ ...small, data })
      const found: unknown[] = []
      const job = { comparison, own: undefined, files: files[environment], arm: 2, seed: 1 }
      unwrap(await createJobRunner({ ...loader }).run(job, (cell) => found.push(cell)))
      expect(found).toEqual(cells.filter(({ arm }) => arm === 2))
      const other = { ...comparison, data: '0123456789abcdef' }
      const refused = await createJobRunner({ ...loader }).run({ ...job, comparison: other }, (cell) =>
        found.push(cell),
      )
      expect(refused).toMatchObject({ ok: false, failure: { code: 'comparison-other-data' } })
    })
  },
)

test('without its data it can be read, and neither goes on nor opens a run; with it, it does both', async () => {
  const store = createMemoryStore()
  const first = open(store)
  const { fingerprint: data } = unwrap(await first.loadData(files.webshop))
  const { progress } = await compared(first, { data, rounds: 2 })
  await first.close()

  const lab = open(store)
  const opened = unwrap(await lab.openComparison(progress.info.id))
  expect(opened.cells).toHaveLength(3)
  const missing = { code: 'comparison-other-data', message: expect.stringMatching(/not loaded here.*Drop its files/) }
  expect(opened.corrections).toMatchObject([missing])
  const place = { arm: 2, seed: 1, budget: 300 }
  const refused = { ok: false, failure: { code: 'comparison-other-data' } }
  expect(await lab.openCell(place, 1)).toMatchObject(refused)
  expect(await lab.agent('cellStretches', place)).toMatchObject(refused)
  expect(await lab.compare({ ...SMALL, data })).toMatchObject(refused)
  expect(await lab.pace({ ...SMALL, data })).toMatchObject(refused)
  const { comparison } = progress.info
  expect(await lab.duel({ comparison, arms: [1, 2], seed: 1, task: 0 })).toMatchObject(refused)
  unwrap(await lab.data('webshop')) // the shipped data is other data
  expect(await lab.compare({ ...SMALL, data })).toMatchObject({
    failure: { message: expect.stringContaining('loaded is "RRO Lab catalogue') },
  })
  expect(await lab.comparisons()).toHaveLength(1)
  expect(await lab.runs()).toEqual([])

  unwrap(await lab.loadData(files.webshop))
  expect(unwrap(await lab.openComparison(progress.info.id)).corrections).toEqual([])
  const { info, blocked } = unwrap(await lab.openCell(place, 1)).progress
  expect([blocked, info.config.firstTask > 1]).toEqual([undefined, true])
  unwrap(await lab.duel({ comparison, arms: [1, 2], seed: 1, task: 0 }))
})

test('data without tasks to judge on is refused before anything is stored', async () => {
  const lab = open()
  const [questions, ...rest] = files['intercode-sql'].toSorted((a) => (a.name.endsWith('.json') ? -1 : 1))
  const all = JSON.parse((await questions?.text()) ?? '[]').map((one: object) => ({ ...one, split: 'train' }))
  const train = new File([JSON.stringify(all)], 'tasks.json')
  const { fingerprint: data } = unwrap(await lab.loadData([train, ...rest]))
  const made = await lab.compare({ ...SMALL, environment: 'intercode-sql', data })
  expect(made).toMatchObject({
    ok: false,
    failure: { code: 'split-empty', message: expect.stringContaining('no test tasks') },
  })
  expect(await lab.comparisons()).toEqual([])
})

test('it starts from an agent of the visitor’s, by its fingerprint; where that is gone its results can be read', async () => {
  const lab = open()
  const { cells } = await compared(lab, {})
  const { model } = unwrap(await lab.agent('keepCell', { arm: 2, seed: 1, budget: 300 }, 'Mine'))
  const { progress, cells: from } = await compared(lab, { start: model, rounds: 2 })
  expect(from.find(({ arm }) => arm === 0)?.weights).toEqual(cells.find(({ arm }) => arm === 2)?.weights)
  const place = { arm: 2, seed: 1, budget: 300 }
  expect(unwrap(await lab.openCell(place, 0)).progress.info.config.model).toBe(model)
  unwrap(await lab.agent('remove', model))
  const opened = unwrap(await lab.openComparison(progress.info.id))
  expect(opened.cells).toHaveLength(3)
  const missing = { code: 'agent-unknown', message: expect.stringMatching(/Import its file.*results can be read/) }
  expect(opened.corrections).toMatchObject([missing])
  const other = await lab.agent('cellStretches', { ...place, arm: 1 })
  expect(other).toMatchObject({ ok: false, failure: { code: 'agent-unknown' } })
  expect(await lab.compare({ ...SMALL, start: model })).toMatchObject({ ok: false, failure: { code: 'agent-unknown' } })
  expect(await lab.comparisons()).toHaveLength(2)
})

test('workers that would hold large files are fewer', () => {
  const pool = { ...threadPool(loader), size: 16 }
  const file = (bytes: number) => [{ size: bytes } as File]
  expect(poolFor(pool).size).toBe(16)
  expect(poolFor(pool, file(5e6)).size).toBe(8)
  expect(poolFor(pool, file(2e8)).size).toBe(1)
  expect(poolFor({ ...pool, size: 2 }, file(5e6)).size).toBe(2)
})
