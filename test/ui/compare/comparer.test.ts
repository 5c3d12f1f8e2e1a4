import { beforeEach, describe, expect, test } from 'vitest'
import type { Cell } from '../../../src/core/comparison/cell.ts'
import type { Comparison } from '../../../src/core/comparison/comparison.ts'
import { formatComparison, parseComparison } from '../../../src/core/comparison/comparison-address.ts'
import { recordedComparison, recordedId } from '../../../src/core/comparison/default-comparison.ts'
import { success } from '../../../src/core/failure.ts'
import { Comparer } from '../../../src/ui/compare/comparer.ts'
import { PageState } from '../../../src/ui/state/page-state.ts'
import type { ComparisonInfo, ComparisonProgress, LabApi, LabUpdate } from '../../../src/worker/protocol/lab-api.ts'
import { cellsOfAll, comparisonOf } from '../../core/comparison/toy-cells.ts'
import { stubBrowser } from '../browser-stubs.ts'

/** A lab that keeps comparisons and computes nothing: cells come when the test says so. */
function createToyLab(stored: readonly ComparisonInfo[] = []) {
  const calls: string[] = []
  let infos = stored
  let revision = 0
  const progressOf = (info: ComparisonInfo, status: ComparisonProgress['status']): ComparisonProgress => ({
    ...{ revision: ++revision, info, status, failure: undefined, workers: 2 },
    ...{ cellsPerSecond: undefined, secondsLeft: undefined },
  })
  const opened = (info: ComparisonInfo, status: ComparisonProgress['status']) =>
    success({ progress: progressOf(info, status), cells: [] as readonly Cell[], corrections: [] })
  const api: Partial<LabApi> = {
    comparisons: async () => infos,
    agent: (() => Promise.resolve(success([]))) as unknown as LabApi['agent'], // the list of agents, empty
    compare: async (settings) => {
      calls.push('compare')
      const info = infoOf(`made ${infos.length}`, parseComparison(settings).comparison)
      infos = [info, ...infos]
      return opened(info, 'running')
    },
    openComparison: async (id) => {
      calls.push(`open ${id}`)
      const info = [...infos, ...recorded].find((one) => one.id === id)
      if (info === undefined) throw new Error(`No comparison ${id}`)
      return opened(info, 'paused')
    },
    startComparison: async () => {
      calls.push('start')
      return success(true)
    },
    pauseComparison: async () => {
      calls.push('pause')
      return success(true)
    },
    removeComparison: async (id) => {
      infos = infos.filter((one) => one.id !== id)
      return success(true)
    },
  }
  return { api: api as LabApi, calls, progressOf } // the parts that Compare calls
}

function infoOf(id: string, comparison: Comparison, cells = 0): ComparisonInfo {
  return { id, name: id, createdAtMs: 1, comparison, cells, total: 24 }
}

function begin(lab: LabApi, hash: string): { page: PageState; comparer: Comparer; tell: (update: LabUpdate) => void } {
  location.hash = hash
  const page = new PageState(() => lab)
  page.address.travel(hash)
  const comparer = new Comparer(page)
  return { page, comparer, tell: (update) => page.hearers.forEach((hear) => void hear(update)) }
}

/** What ships with the page. */
const recorded = (['webshop', 'intercode-sql'] as const).map((environment) =>
  infoOf(recordedId(environment), recordedComparison(environment), 270),
)

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

beforeEach(() => stubBrowser())

describe('the comparison being set up', () => {
  test('lives in the address, and what is corrected in it is said', () => {
    const { comparer } = begin(createToyLab().api, '#compare&seeds=4')
    expect(comparer.draft.seeds).toBe(4)
    comparer.change({ rounds: '99' })
    expect(comparer.draft.rounds).toBe(10)
    expect(comparer.corrections.map(({ message }) => message)).toEqual(['Rounds: "99" is not allowed. Using 10.'])
    expect(location.hash).toContain('&seeds=4&rounds=10')
  })
  test('follows the address: Back to other settings brings those', () => {
    const { page, comparer } = begin(createToyLab().api, '#compare&seeds=4')
    page.address.travel('#compare&seeds=6&view=theory')
    expect([comparer.draft.seeds, comparer.view]).toEqual([6, 'theory'])
    page.address.travel('#seed=5')
    expect(comparer.draft.seeds).toBe(6)
  })
})

describe('the open comparison', () => {
  const comparison = comparisonOf()
  const cells = cellsOfAll(comparison, (arm) => arm / 4)
  const link = `#compare&${new URLSearchParams(formatComparison(comparison))}`

  test('takes each cell once, and the newer of two reports, whichever comes first', async () => {
    const lab = createToyLab()
    const { comparer, tell } = begin(lab.api, link)
    await comparer.run()
    const info = comparer.progress?.info
    if (info === undefined) throw new Error('Nothing is open')
    const older = lab.progressOf(info, 'running')
    const newer = lab.progressOf(info, 'paused')
    tell({ type: 'comparison', progress: newer, newCells: cells.slice(2, 5) })
    tell({ type: 'comparison', progress: older, newCells: cells.slice(0, 3) })
    expect(comparer.progress?.status).toBe('paused')
    expect(new Set(comparer.cells)).toEqual(new Set(cells.slice(0, 5)))
    expect(comparer.cells.length).toBe(5)
    const other = lab.progressOf(infoOf('other', comparison), 'running')
    tell({ type: 'comparison', progress: other, newCells: cells })
    expect(comparer.cells.length).toBe(5)
  })
  test('is told apart from settings that were changed since', async () => {
    const { comparer } = begin(createToyLab().api, link)
    await comparer.run()
    expect(comparer.current).toBe(true)
    comparer.change({ seeds: '7' })
    expect(comparer.current).toBe(false)
    comparer.adopt(comparison)
    expect(comparer.current).toBe(true)
  })
  test('is left for another whole one, whose numbers are the default ones', () => {
    const { comparer } = begin(createToyLab().api, '#compare&seeds=4&epochs=5')
    comparer.adopt(recordedComparison('webshop'))
    expect(comparer.draft).toEqual(recordedComparison('webshop'))
  })
  test('is found again where the address has its settings and it has cells', async () => {
    const lab = createToyLab([infoOf('empty', comparison), infoOf('mine', comparison, 3)])
    const { comparer } = begin(lab.api, link)
    await settled()
    expect(lab.calls).toEqual(['open mine'])
    expect(comparer.progress?.info.id).toBe('mine')
  })
  test('is found without leaving what the address shows of it', async () => {
    const { comparer } = begin(createToyLab([infoOf('mine', comparison, 3)]).api, `${link}&view=theory`)
    await settled()
    expect([comparer.progress?.info.id, comparer.view]).toEqual(['mine', 'theory'])
  })
  test('leaves the settings alone that were set up while it was being opened', async () => {
    const other = infoOf('other', { ...comparison, seeds: 9 }, 3)
    const { comparer } = begin(createToyLab([other]).api, link)
    await settled()
    const opened = comparer.open(other)
    comparer.change({ seeds: '7' })
    await opened
    expect([comparer.progress?.info.id, comparer.draft.seeds, comparer.current]).toEqual(['other', 7, false])
  })
  test('does not keep one waiting that the address has come to meanwhile', async () => {
    const other = infoOf('other', { ...comparison, seeds: 9 }, 3)
    const mine = infoOf('mine', comparison, 3)
    const { page, comparer } = begin(createToyLab([other, mine]).api, '#compare&seeds=2')
    await settled()
    const opened = comparer.open(other)
    page.address.travel(link)
    await opened
    await settled()
    expect([comparer.progress?.info.id, comparer.draft.seeds]).toEqual(['mine', comparison.seeds])
  })
  test('one key runs, pauses, goes on', async () => {
    const lab = createToyLab()
    const { comparer, tell } = begin(lab.api, link)
    await comparer.toggle()
    await comparer.toggle()
    const info = comparer.progress?.info
    if (info === undefined) throw new Error('Nothing is open')
    tell({ type: 'comparison', progress: lab.progressOf(info, 'paused'), newCells: [] })
    await comparer.toggle()
    expect(lab.calls).toEqual(['compare', 'pause', 'start'])
  })
  test('is the recorded one where nothing of one’s own has its settings, of the environment that is chosen', async () => {
    const lab = createToyLab()
    const { comparer } = begin(lab.api, '#compare')
    await settled()
    expect([comparer.progress?.info.id, comparer.recorded, comparer.current]).toEqual(['recorded-webshop', true, true])
    comparer.changeEnvironment('intercode-sql')
    await settled()
    expect([comparer.progress?.info.id, comparer.current]).toEqual(['recorded-intercode-sql', true])
    comparer.change({ seeds: '3' })
    await settled()
    expect([comparer.recorded, comparer.current]).toEqual([true, false])
    expect(lab.calls).toEqual(['open recorded-webshop', 'open recorded-intercode-sql'])
  })
  test('is one’s own before the recorded one', async () => {
    const own = infoOf('mine', recordedComparison('webshop'), 270)
    const { comparer } = begin(createToyLab([own]).api, '#compare')
    await settled()
    expect([comparer.progress?.info.id, comparer.recorded]).toEqual(['mine', false])
  })
  test('recorded, stands there again when the lab is started anew', async () => {
    const lab = createToyLab()
    const { page, comparer } = begin(lab.api, '#compare')
    await settled()
    for (const again of page.again) again()
    await settled()
    expect(comparer.recorded).toBe(true)
    expect(lab.calls).toEqual(['open recorded-webshop', 'open recorded-webshop'])
  })
  test('once deleted, leaves an empty place', async () => {
    const { comparer } = begin(createToyLab([infoOf('mine', comparison, 3)]).api, link)
    await settled()
    const [info] = comparer.earlier
    if (info !== undefined) await comparer.remove(info)
    expect([comparer.progress, comparer.cells, comparer.earlier]).toEqual([undefined, [], []])
  })
})
