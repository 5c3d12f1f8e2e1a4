import fc from 'fast-check'
import { openDB } from 'idb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Cell } from '../../../src/core/comparison/cell.ts'
import { parseComparison } from '../../../src/core/comparison/comparison-address.ts'
import { type Failure, failure, unwrap } from '../../../src/core/failure.ts'
import { openIndexedDb } from '../../../src/store/indexed-db.ts'
import type { Lab } from '../../../src/worker/lab/lab.ts'
import type { LabParts } from '../../../src/worker/lab/lab-ports.ts'
import type { ComparisonInfo, LabUpdate } from '../../../src/worker/protocol/lab-api.ts'
import { eventually } from '../../eventually.ts'
import { forgetStored } from '../../store/browser-store.ts'
import { closeLabs, openTestLab, sharedLocks } from '../labs.ts'
import { type ToyTroubles, toyCells, toyPool } from './toy-study.ts'

const settings = { arms: 'rro;sft;uct:candidates=3', budgets: '500,1000', firstSeed: 3, seeds: 2 }
const { comparison } = parseComparison(settings)
const ALL = sorted(toyCells(comparison))

function openLab(troubles: ToyTroubles = {}, more: Partial<LabParts> = {}): Lab {
  return openTestLab({ openStore: () => openIndexedDb(), pool: toyPool(troubles), ...more })
}

beforeEach(forgetStored)

afterEach(() => vi.restoreAllMocks())

function sorted(cells: readonly Cell[]): readonly Cell[] {
  return [...cells].sort((a, b) => a.arm - b.arm || a.seed - b.seed || a.budget - b.budget)
}

/** Waits for the last update of a comparison that came to rest. */
/** Lets whatever is under way go on for a while. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
}

function listen(lab: Lab) {
  const updates: Extract<LabUpdate, { type: 'comparison' }>[] = []
  const notices: Failure[] = []
  void lab.subscribe((update) => {
    if (update.type === 'comparison') updates.push(update)
    if (update.type === 'notice') notices.push(update.failure)
  })
  return {
    updates,
    notices,
    resting: () =>
      eventually(() => {
        const last = updates.at(-1)?.progress
        if (last === undefined || last.status === 'running') throw new Error('still running')
        return last
      }, 1),
  }
}

async function storedCells(lab: Lab, id: string): Promise<readonly Cell[]> {
  return sorted(unwrap(await lab.openComparison(id)).cells)
}

function gate() {
  let open: () => void = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

const only = (list: readonly ComparisonInfo[]): ComparisonInfo => list[0] ?? expect.fail()

describe('a comparison', () => {
  test('computes every cell once, stores it, and tells of it once', async () => {
    const lab = openLab()
    const { updates, resting } = listen(lab)
    const opened = unwrap(await lab.compare(settings))
    expect(opened).toMatchObject({ progress: { status: 'running', workers: 2 }, cells: [], corrections: [] })
    expect(opened.progress.info).toMatchObject({ comparison, cells: 0, total: ALL.length })
    expect(await resting()).toMatchObject({
      status: 'finished',
      workers: 0,
      failure: undefined,
      secondsLeft: undefined,
    })
    expect(sorted(updates.flatMap(({ newCells }) => newCells))).toEqual(ALL)
    const revisions = updates.map(({ progress }) => progress.revision)
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b))
    const again = openLab()
    expect(only(await again.comparisons())).toMatchObject({ comparison, cells: ALL.length, total: ALL.length })
    expect(await storedCells(again, opened.progress.info.id)).toEqual(ALL)
    expect(await again.startComparison()).toMatchObject({ ok: false, failure: { code: 'comparison-finished' } })
  })

  test('is the same however it is paused, reloaded, crashed and given to workers', async () => {
    const moves = fc.array(fc.constantFrom('start', 'pause', 'wait', 'open', 'reload', 'crash'), { maxLength: 12 })
    const pools = fc.record({ size: fc.integer({ min: 1, max: 9 }), hops: fc.integer({ min: 0, max: 7 }) })
    await fc.assert(
      fc.asyncProperty(moves, pools, fc.boolean(), async (walk, { size, hops }, breaking) => {
        const troubles: ToyTroubles = {
          size,
          async wait({ arm, seed }, budget) {
            await turns(1 + ((arm * 7 + seed * 3 + budget) % (hops + 1)))
          },
          dies: (_, budget, times) => breaking && budget === 1000 && times % 2 === 1,
        }
        let lab = openLab(troubles)
        const { id } = unwrap(await lab.compare(settings)).progress.info
        for (const move of walk) {
          if (move === 'start') await lab.startComparison()
          if (move === 'pause') unwrap(await lab.pauseComparison())
          if (move === 'wait') await turns(10)
          if (move === 'open') unwrap(await lab.openComparison(id))
          if (move === 'reload') await lab.close()
          if (move === 'reload' || move === 'crash') {
            lab = openLab(troubles) // the old one is never asked again
            unwrap(await lab.openComparison(id))
          }
          for (const cell of unwrap(await openLab().openComparison(id)).cells) expect(ALL).toContainEqual(cell)
        }
        const { resting } = listen(lab)
        unwrap(await lab.openComparison(id))
        const started = await lab.startComparison()
        if (started.ok) expect(await resting()).toMatchObject({ status: 'finished', failure: undefined })
        else expect(started.failure.code).toBe('comparison-finished')
        expect(await storedCells(lab, id)).toEqual(ALL)
        unwrap(await lab.removeComparison(id))
        expect(await lab.comparisons()).toEqual([])
        await closeLabs()
      }),
      { numRuns: 30 },
    )
  })

  test('gives whole jobs, seed by seed, from the first budget that is missing', async () => {
    const { open, opened } = gate()
    const waiting = toyPool({ size: 1, wait: async (_, budget) => (budget === 1000 ? opened : undefined) })
    const lab = openLab({}, { pool: waiting })
    const { updates } = listen(lab)
    const { id } = unwrap(await lab.compare(settings)).progress.info
    await eventually(() => expect(updates.at(-1)?.progress.info.cells).toBe(1))
    unwrap(await lab.pauseComparison())
    open()
    expect(updates.at(-1)?.progress).toMatchObject({ status: 'paused', workers: 0, cellsPerSecond: undefined })
    const pool = toyPool({ size: 1 })
    const again = openLab({}, { pool })
    const { resting } = listen(again)
    expect(unwrap(await again.openComparison(id)).progress.status).toBe('paused')
    unwrap(await again.startComparison())
    await resting()
    expect(pool.jobs.map(({ arm, seed }) => [seed, arm])).toEqual(
      [3, 4].flatMap((seed) => [0, 1, 2].map((a) => [seed, a])),
    )
    expect(pool.jobs.map((job) => job.comparison.budgets)).toEqual([[1000], ...Array(5).fill([500, 1000])])
    expect(await storedCells(again, id)).toEqual(ALL)
  })

  test('has as many workers as the machine, and never more than jobs', async () => {
    const { open, opened } = gate()
    const pool = toyPool({ size: 50, wait: () => opened })
    const lab = openLab({}, { pool })
    const { resting } = listen(lab)
    expect(unwrap(await lab.compare(settings)).progress.workers).toBe(6)
    open()
    await resting()
    expect(pool.opened()).toBe(0)
  })

  test('gives the job of a worker that died to another one, once', async () => {
    const pool = toyPool({ dies: ({ arm }, _, times) => arm === 1 && times === 1 })
    const lab = openLab({}, { pool })
    const { resting } = listen(lab)
    const { id } = unwrap(await lab.compare(settings)).progress.info
    expect((await resting()).status).toBe('finished')
    expect(pool.jobs.filter(({ arm }) => arm === 1)).toHaveLength(4)
    expect(await storedCells(lab, id)).toEqual(ALL)
  })

  test('stops with a sentence when a job breaks two workers, keeps what there is, and goes on when asked', async () => {
    let broken = true
    const lab = openLab({ dies: ({ arm }) => broken && arm === 2 })
    const { resting, updates } = listen(lab)
    const { id } = unwrap(await lab.compare(settings)).progress.info
    const failed = await resting()
    expect(failed).toMatchObject({ status: 'failed', failure: { code: 'comparison-error', message: /a toy broke/ } })
    expect(failed.info.cells).toBeGreaterThan(0)
    expect(await storedCells(openLab(), id)).toEqual(sorted(updates.flatMap(({ newCells }) => newCells)))
    broken = false
    unwrap(await lab.startComparison())
    expect(await resting()).toMatchObject({ status: 'finished', failure: undefined })
    expect(await storedCells(lab, id)).toEqual(ALL)
  })

  test('says at once what every worker would say', async () => {
    const offline = failure('data-unavailable', 'No data.').failure
    const pool = toyPool({ size: 1, fails: () => offline })
    const lab = openLab({}, { pool })
    const { resting } = listen(lab)
    unwrap(await lab.compare(settings))
    expect(await resting()).toMatchObject({ status: 'failed', failure: offline, info: { cells: 0 } })
    expect(pool.jobs).toHaveLength(1)
  })

  test('may be read in a second tab, but computed in one at a time', async () => {
    const locks = sharedLocks()
    const { open, opened } = gate()
    const first = openLab({ size: 1, wait: async ({ arm }) => (arm === 1 ? opened : undefined) }, { locks })
    const told = listen(first)
    const { id } = unwrap(await first.compare(settings)).progress.info
    await eventually(() => expect(told.updates.at(-1)?.progress.info.cells).toBe(2))
    const second = openLab({}, { locks })
    const { updates } = listen(second)
    expect(unwrap(await second.openComparison(id)).cells).toHaveLength(2)
    expect(await second.startComparison()).toMatchObject({ ok: false, failure: { code: 'comparison-elsewhere' } })
    expect(await second.removeComparison(id)).toMatchObject({ ok: false, failure: { code: 'comparison-elsewhere' } })
    open()
    expect((await told.resting()).status).toBe('finished')
    unwrap(await second.openComparison(id))
    expect(await second.startComparison()).toMatchObject({ ok: false, failure: { code: 'comparison-finished' } })
    expect(updates).toEqual([])
    unwrap(await second.removeComparison(id))
    expect(await first.startComparison()).toMatchObject({ ok: false, failure: { code: 'comparison-gone' } })
  })

  test('learns what another tab has computed meanwhile, and tells of it', async () => {
    const first = openLab()
    const { resting } = listen(first)
    const { open, opened } = gate()
    const second = openLab({ wait: () => opened })
    const told = listen(second)
    const { id } = unwrap(await second.compare(settings)).progress.info
    unwrap(await second.pauseComparison())
    open()
    unwrap(await first.openComparison(id))
    unwrap(await first.startComparison())
    await resting()
    expect(await second.startComparison()).toMatchObject({ ok: false, failure: { code: 'comparison-finished' } })
    expect(sorted(told.updates.flatMap(({ newCells }) => newCells))).toEqual(ALL)
    expect(told.updates.at(-1)?.progress.status).toBe('finished')
  })

  test('stops where the disk is full, counts nothing that is not stored, and goes on when there is room', async () => {
    const lab = openLab({ size: 1 })
    const { resting } = listen(lab)
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError')
    })
    const { id } = unwrap(await lab.compare(settings)).progress.info
    expect(await resting()).toMatchObject({ status: 'failed', failure: { code: 'storage-full' }, info: { cells: 0 } })
    full.mockRestore()
    unwrap(await lab.startComparison())
    expect((await resting()).status).toBe('finished')
    expect(await storedCells(lab, id)).toEqual(ALL)
  })

  test('computes damaged cells again, and says so', async () => {
    const lab = openLab()
    const { resting } = listen(lab)
    const { id } = unwrap(await lab.compare(settings)).progress.info
    await resting()
    const database = await openDB('rro-lab')
    const [first] = await database.getAll('cells')
    await database.put('cells', { ...first, score: 'good' })
    await database.put('cells', { ...first, arm: 99 })
    database.close()
    const { cells, corrections, progress } = unwrap(await lab.openComparison(id))
    expect(cells).toHaveLength(ALL.length - 1)
    expect(corrections).toMatchObject([{ code: 'cells-damaged' }])
    expect(progress.status).toBe('paused')
    unwrap(await lab.startComparison())
    await resting()
    expect(await storedCells(lab, id)).toEqual(ALL)
  })

  test('is paused when another one is made or opened', async () => {
    const { open, opened } = gate()
    const lab = openLab({ wait: () => opened })
    const first = unwrap(await lab.compare(settings)).progress.info
    const second = unwrap(await lab.compare({ ...settings, seeds: 1 })).progress.info
    expect((await lab.comparisons()).map(({ id }) => id).sort()).toEqual([first.id, second.id].sort())
    expect(unwrap(await lab.openComparison(first.id)).progress).toMatchObject({ status: 'paused', workers: 0 })
    open()
    expect(await lab.openComparison('x')).toMatchObject({ ok: false, failure: { code: 'comparison-gone' } })
  })

  test('says what it corrected', async () => {
    const lab = openLab()
    const { corrections } = unwrap(await lab.compare({ ...settings, seeds: 1e9, start: 'nobody' }))
    expect(corrections.map(({ code }) => code)).toEqual(['comparison', 'comparison'])
  })

  test('does not begin from an agent that nobody has', async () => {
    const lab = openLab()
    const made = await lab.compare({ ...settings, start: '0123456789abcdef' })
    expect(made).toMatchObject({ ok: false, failure: { code: 'agent-unknown' } })
  })

  test('tells the page at most ten times a second, and of everything in the end', async () => {
    let ms = 0
    const lab = openLab(
      { size: 1, wait: () => new Promise((resolve) => setImmediate(resolve)) },
      { now: () => (ms += 20) },
    )
    const { updates, resting } = listen(lab)
    unwrap(await lab.compare({ ...settings, seeds: 40 }))
    await resting()
    const cells = updates.reduce((sum, { newCells }) => sum + newCells.length, 0)
    expect(cells).toBe(240)
    expect(updates.length).toBeLessThan(ms / 100 + 3)
    const rate = updates.find(({ progress }) => progress.info.cells > 20)?.progress
    expect(rate?.secondsLeft).toBeCloseTo((240 - (rate?.info.cells ?? 0)) / (rate?.cellsPerSecond ?? 0), 9)
  })
})

test.each([
  ['that turns around', '\u202emoc.live', 'moc.live'],
  ['without end', 'x'.repeat(5000), 'x'.repeat(120)],
  ['of nothing', ' \u2066\n', 'WebShop, 3 methods, 2 budgets, 2 seeds'],
])('a stored name %s is shown as one that anybody might have given', async (_name, name, shown) => {
  const lab = openLab()
  const { id } = unwrap(await lab.compare(settings)).progress.info
  const database = await openDB('rro-lab')
  await database.put('comparisons', { ...(await database.get('comparisons', id)), name })
  database.close()
  expect(only(await lab.comparisons()).name).toBe(shown)
  expect(unwrap(await lab.openComparison(id)).progress.info.name).toBe(shown)
})

test.each([
  ['of a newer version', { version: 7 }, 'comparison-newer'],
  ['with a plan that is none', { words: { seeds: 'many' } }, 'comparison-damaged'],
  ['without a name', { name: 5 }, 'comparison-damaged'],
])('a record %s is told of, left alone, and hides no other one', async (_name, change, code) => {
  const lab = openLab()
  const { notices } = listen(lab)
  const bad = unwrap(await lab.compare(settings)).progress.info
  const good = unwrap(await lab.compare(settings)).progress.info
  const database = await openDB('rro-lab')
  const record = { ...(await database.get('comparisons', bad.id)), ...change }
  await database.put('comparisons', record)
  expect((await lab.comparisons()).map(({ id }) => id)).toEqual([good.id])
  expect(await lab.openComparison(bad.id)).toMatchObject({ ok: false, failure: { code } })
  expect(notices).toMatchObject([{ code }])
  expect(await database.get('comparisons', bad.id)).toEqual(record)
  database.close()
})
