/** The built page in headless Chromium: first load, first picture, frames while rollouts travel and while much is going on, what is kept for later, a run of 1,000 tasks at full speed, memory after it. */
import { gzipSync } from 'node:zlib'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { grouped } from '../../core/grouped.ts'
import { openBrowser } from '../browser/browser.ts'
import { findBrowser } from '../browser/find-browser.ts'
import { serveBuiltSite } from '../browser/site-server.ts'
import { filesOf, offlineList } from '../site/offline-site.ts'
import { asBuilt } from './as-built.ts'
import type { Speeds } from './explored.ts'
import { measured, median, rounded } from './measure.ts'
import { smoothness } from './smoothness.ts'
import { rolloutsTravelling } from './travelling.ts'

const LOADS = 7
const RUNS = 5
const TASKS = 1_000

type OnPage = (browser: Browser, address: string, folder: string) => Promise<unknown>

/** On the site as it is built now, in a browser of its own. */
function onPage(work: OnPage) {
  return async () => {
    const server = await serveBuiltSite('bench-site')
    const browser = await openBrowser(findBrowser())
    try {
      return await work(browser, server.address, server.folder)
    } finally {
      await browser.close()
      await server.close()
    }
  }
}

export const pageRows = {
  'page.load': onPage(async (browser, address, folder) => {
    const { firstLoad, thereafter, firstCandidateMs } = await measureLoads(browser, address)
    return {
      ...{ firstLoadGzippedBytes: firstLoad, thereafterGzippedBytes: thereafter, keptOffline: keptOf(folder) },
      firstCandidateMs,
    }
  }),
  'page.travellingAt16x': onPage(rolloutsTravelling),
  'page.smoothness': onPage(smoothness),
  'page.runOf1000Tasks': onPage(fullSpeed),
}

export async function standing(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined)
}

/** What the service worker keeps after the first picture (docs/decisions/0035-offline.md). */
function keptOf(folder: string) {
  const files = filesOf(folder)
  const kept = new Set(offlineList(files).site.map(({ url }) => url))
  const contents = files.filter(({ name }) => kept.has(name)).map(({ content }) => content)
  const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0)
  return {
    files: contents.length,
    bytes: sum(contents.map(({ length }) => length)),
    gzippedBytes: sum(contents.map((content) => gzipSync(content, { level: 9 }).length)),
  }
}

interface Fetched {
  readonly kind: string
  readonly bytes: number
  readonly atMs: number
}

/**
 * When the first candidate has been painted, and what was asked for until then: that is the first load. What a page then
 * fetches of itself until it is at rest, before the visitor does anything, stands apart.
 */
async function measureLoads(browser: Browser, address: string) {
  const times: number[] = []
  let [firstLoad, thereafter]: Record<string, number>[] = [{}, {}]
  for (let load = 0; load < LOADS; load++) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, serviceWorkers: 'block' })
    const page = await context.newPage()
    const fetched: Promise<Fetched>[] = []
    page.on('response', (response) => {
      const kind = /\.(js|css|html|json|jsonl|svg)$/.exec(new URL(response.url()).pathname)?.[1] ?? 'html'
      const measured = async (): Promise<Fetched> => {
        const bytes = gzipSync(await response.body(), { level: 9 }).length
        return { kind, bytes, atMs: response.request().timing().startTime }
      }
      fetched.push(measured())
    })
    await page.goto(address)
    await standing(page)
    await page.waitForLoadState('networkidle')
    const all = await Promise.all(fetched)
    const { origin, mark } = await page.evaluate(() => {
      const mark = performance.getEntriesByName('rro:first-candidate')[0]?.startTime ?? Number.NaN
      return { origin: performance.timeOrigin, mark }
    })
    times.push(mark)
    firstLoad = byKind(all.filter(({ atMs }) => atMs <= origin + mark))
    thereafter = byKind(all.filter(({ atMs }) => atMs > origin + mark))
    await context.close()
  }
  return { firstLoad, thereafter, firstCandidateMs: measured(times) }
}

/** JavaScript is that of the page and of the worker together. */
function byKind(fetched: readonly Fetched[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { kind, bytes } of fetched) sums[kind] = (sums[kind] ?? 0) + bytes
  return sums
}

async function fullSpeed(browser: Browser, address: string) {
  const rates: number[] = []
  const inNode: number[] = []
  const longest: number[] = []
  const pageMegabytes: number[] = []
  const workerMegabytes: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, serviceWorkers: 'block' })
    const page = await context.newPage()
    await page.goto(`${address}#tasks=${TASKS}&seed=${run}`)
    await standing(page)
    await page.waitForLoadState('networkidle')
    await page.evaluate(() => {
      const seen = { longestMs: 0 }
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.longestMs = Math.max(seen.longestMs, duration)
      }).observe({ entryTypes: ['longtask'] })
      Object.assign(globalThis, { seen })
    })
    await page.getByRole('button', { name: 'Start a fresh run' }).click()
    await page.getByText(/^Your run, seed/).waitFor()
    await page.evaluate(() => {
      const heard = { capture: true, once: true }
      addEventListener('click', ({ timeStamp }) => Object.assign(globalThis, { pressedMs: timeStamp }), heard)
    })
    await page.getByRole('button', { name: 'Run all' }).click()
    // The page itself looks, at each frame: a locator does so twice a second.
    const elapsedMs = await page.waitForFunction(
      (words) =>
        document.body.textContent.includes(words) &&
        performance.now() - (globalThis as unknown as { pressedMs: number }).pressedMs,
      `${grouped(TASKS)} of ${grouped(TASKS)} tasks`,
    )
    rates.push((1000 * TASKS) / Number(await elapsedMs.jsonValue()))
    longest.push(await page.evaluate(() => (globalThis as unknown as { seen: { longestMs: number } }).seen.longestMs))
    const session = await context.newCDPSession(page)
    pageMegabytes.push(await heapMegabytes(session))
    workerMegabytes.push(await workerHeap(session))
    await context.close()
    const { tasksPerSecond } = (await asBuilt('speeds.ts', ['webshop', `${TASKS}`, '1'])) as Speeds
    inNode.push(...tasksPerSecond)
  }
  return {
    tasksPerSecondStored: measured(rates),
    tasksPerSecondInNodeNotStored: measured(inNode),
    timesNode: measured(rates.map((rate, run) => (inNode[run] ?? Number.NaN) / rate)),
    longestPageTaskMs: rounded(median(longest)),
    longestPageTaskNote: '0: none reached 50 ms',
    pageHeapMegabytes: measured(pageMegabytes),
    workerHeapMegabytes: measured(workerMegabytes),
  }
}

/** JavaScript heap and what hangs on it (array buffers), after a collection. */
async function heapMegabytes(session: { send: CDPSession['send'] }): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const usage: { usedSize: number; backingStorageSize?: number } = await session.send('Runtime.getHeapUsage')
  return (usage.usedSize + (usage.backingStorageSize ?? 0)) / 1e6
}

/** The same of the page's worker, which has its own heap: spoken to through the page's session. */
export async function workerHeap(page: CDPSession): Promise<number> {
  const answers = new Map<number, (result: { usedSize: number; backingStorageSize?: number }) => void>()
  let id = 0
  const attached = new Promise<string>((resolve) => {
    page.on('Target.attachedToTarget', ({ sessionId }) => resolve(sessionId))
  })
  page.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message)
    answers.get(answer.id)?.(answer.result)
  })
  await page.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  const sessionId = await attached
  const ask = (method: string) =>
    new Promise<{ usedSize: number; backingStorageSize?: number }>((resolve) => {
      answers.set(++id, resolve)
      void page.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
    })
  await ask('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize } = await ask('Runtime.getHeapUsage')
  return (usedSize + (backingStorageSize ?? 0)) / 1e6
}
