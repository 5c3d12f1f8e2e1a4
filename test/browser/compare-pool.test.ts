/** Comparisons by real workers: the same cells as in Node, whatever happens to the page meanwhile. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, inject, onTestFinished, test } from 'vitest'
import type { Cell } from '../../src/core/comparison/cell.ts'
import { parseComparison } from '../../src/core/comparison/comparison-address.ts'
import { unwrap } from '../../src/core/failure.ts'
import { diskLoader } from '../../src/node/disk-loader.ts'
import { createJobRunner } from '../../src/worker/comparisons/study-jobs.ts'
import { eventually } from '../eventually.ts'
import { type CalledLab, openLab } from './lab-calls.ts'
import { standing, visit } from './visit.ts'

const SETTINGS = {
  ...{ arms: 'rro;rro-recycled:rollouts=3:candidates=3', budgets: '200,400', seeds: 2, firstSeed: 5 },
  ...{ episodes: 1, epochs: 3 },
}

let inNode: Promise<readonly Cell[]> | undefined

/** The cells as Node computes them: once, for all tests. */
function nodeCells(): Promise<readonly Cell[]> {
  inNode ??= computedCells()
  return inNode
}

async function computedCells(): Promise<readonly Cell[]> {
  const { comparison } = parseComparison(SETTINGS)
  const runner = createJobRunner(diskLoader())
  const cells: Cell[] = []
  for (const arm of comparison.arms.keys())
    for (const seed of [5, 6])
      unwrap(await runner.run({ comparison, own: undefined, arm, seed }, (cell) => cells.push(cell)))
  return sorted(cells)
}

function sorted(cells: readonly Cell[]): readonly Cell[] {
  return [...cells].sort((a, b) => a.arm - b.arm || a.seed - b.seed || a.budget - b.budget)
}

/** Waits until a comparison has so many cells. */
async function reaching({ call }: CalledLab, id: string, cells: number): Promise<void> {
  const stored = async () => (await call('comparisons')).find((info) => info.id === id)?.cells
  await eventually(async () => expect(await stored()).toBeGreaterThanOrEqual(cells), 20)
}

test('workers of their own give the cells that Node gives, through a pause, a reload, and another without a pause', async () => {
  const { page, complaints } = await visit()
  const studying = () => page.workers().filter((worker) => /study/.test(worker.url())).length
  let lab = await openLab(page)
  const { id, total } = unwrap(await lab.call('compare', SETTINGS)).progress.info
  expect(total).toBe(8)
  await eventually(() => expect(studying()).toBeGreaterThan(0))
  expect(studying()).toBeLessThanOrEqual(await page.evaluate(() => navigator.hardwareConcurrency))
  await reaching(lab, id, 1)
  unwrap(await lab.call('pauseComparison'))
  await eventually(() => expect(studying()).toBe(0))
  const paused = unwrap(await lab.call('openComparison', id))
  expect(paused.cells.length).toBeGreaterThan(0)
  await page.reload()
  await standing(page)
  lab = await openLab(page)
  const reopened = unwrap(await lab.call('openComparison', id))
  expect(sorted(reopened.cells)).toEqual(sorted(paused.cells))
  if (reopened.progress.status === 'paused') unwrap(await lab.call('startComparison'))

  // Left in the middle, without a pause: no finished cell is lost.
  await reaching(lab, id, paused.cells.length + 1)
  await page.reload()
  await standing(page)
  lab = await openLab(page)
  expect(unwrap(await lab.call('openComparison', id)).cells.length).toBeGreaterThan(paused.cells.length)
  await lab.call('startComparison')
  await reaching(lab, id, total)
  const { progress, cells } = unwrap(await lab.call('openComparison', id))
  expect(progress).toMatchObject({ status: 'finished', info: { cells: total } })
  expect(sorted(cells)).toEqual(await nodeCells())
  expect(complaints).toEqual([])
})

/** The site from a host that can lose files. */
async function losingHost() {
  const lost: { file?: RegExp } = {}
  const { origin, pathname } = new URL(inject('site'))
  const server = createServer(async (request, response) => {
    if (lost.file?.test(request.url ?? '')) return void response.writeHead(404).end()
    const answer = await fetch(`${origin}${request.url}`)
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
    response.end(Buffer.from(await answer.arrayBuffer()))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo // a TCP server
  return { lost, address: `http://127.0.0.1:${port}${pathname}` }
}

test('where no worker can be started a sentence says so, and it goes on when one can', async () => {
  const { page } = await visit()
  const { lost, address } = await losingHost()
  lost.file = /study\.worker/
  await page.goto(address)
  await standing(page)
  const lab = await openLab(page)
  const { id, total } = unwrap(await lab.call('compare', { ...SETTINGS, seeds: 1 })).progress.info
  await eventually(async () => {
    const last = (await lab.updates()).at(-1)
    expect(last).toMatchObject({ progress: { status: 'failed', failure: { code: 'comparison-error' } } })
  }, 20)
  expect(await lab.call('comparisons')).toMatchObject([{ id, cells: 0 }])
  delete lost.file
  unwrap(await lab.call('startComparison'))
  await reaching(lab, id, total)
  expect(unwrap(await lab.call('openComparison', id)).progress.status).toBe('finished')
})
