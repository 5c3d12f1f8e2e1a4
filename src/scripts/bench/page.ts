/** The built page in headless Chromium: first load, first picture, a run of 1,000 tasks at full speed, memory after it. */
import { gzipSync } from 'node:zlib'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { openBrowser } from '../browser/browser.ts'
import { findBrowser } from '../browser/find-browser.ts'
import { serveBuiltSite } from '../browser/site-server.ts'
import { median, rounded } from './measure.ts'

const LOADS = 7
const RUNS = 3
const TASKS = 1_000

export async function benchPage() {
  const server = await serveBuiltSite('bench-site')
  const browser = await openBrowser(findBrowser())
  try {
    const { size, firstCandidateMs } = await firstLoad(browser, server.address)
    return { firstLoadGzippedBytes: size, firstCandidateMs, ...(await fullSpeed(browser, server.address)) }
  } finally {
    await browser.close()
    await server.close()
  }
}

async function standing(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined)
}

/** Everything that is fetched before the visitor does anything, and when the first candidate has been painted. */
async function firstLoad(browser: Browser, address: string) {
  const times: number[] = []
  const bytes: Record<string, number> = {}
  for (let load = 0; load < LOADS; load++) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
    const page = await context.newPage()
    const sizes: Promise<void>[] = []
    if (load === 0)
      page.on('response', (response) => {
        const kind = /\.(js|css|html|json|jsonl)$/.exec(new URL(response.url()).pathname)?.[1] ?? 'html'
        const count = async (): Promise<void> => {
          const size = gzipSync(await response.body(), { level: 9 }).length
          bytes[kind] = (bytes[kind] ?? 0) + size
        }
        sizes.push(count())
      })
    await page.goto(address)
    await standing(page)
    if (load === 0) {
      await page.waitForLoadState('networkidle')
      await Promise.all(sizes)
    }
    times.push(
      await page.evaluate(() => performance.getEntriesByName('rro:first-candidate')[0]?.startTime ?? Number.NaN),
    )
    await context.close()
  }
  return { size: { ...bytes, note: 'js holds the page and the worker' }, firstCandidateMs: rounded(median(times)) }
}

async function fullSpeed(browser: Browser, address: string) {
  const rates: number[] = []
  const longest: number[] = []
  const pageMegabytes: number[] = []
  const workerMegabytes: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
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
    const start = performance.now()
    await page.getByRole('button', { name: 'Run all' }).click()
    await page.getByText(/^Your run, seed .*1,000 of 1,000 tasks/).waitFor({ timeout: 120_000 })
    rates.push((1000 * TASKS) / (performance.now() - start))
    longest.push(await page.evaluate(() => (globalThis as unknown as { seen: { longestMs: number } }).seen.longestMs))
    const session = await context.newCDPSession(page)
    pageMegabytes.push(await heapMegabytes(session))
    workerMegabytes.push(await workerHeap(session))
    await context.close()
  }
  return {
    runOf1000Tasks: {
      tasksPerSecondStored: rounded(median(rates)),
      longestPageTaskMs: rounded(median(longest)),
      longestPageTaskNote: '0: none reached 50 ms',
      pageHeapMegabytes: rounded(median(pageMegabytes)),
      workerHeapMegabytes: rounded(median(workerMegabytes)),
    },
  }
}

/** JavaScript heap and what hangs on it (array buffers), after a collection. */
async function heapMegabytes(session: { send: CDPSession['send'] }): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const usage: { usedSize: number; backingStorageSize?: number } = await session.send('Runtime.getHeapUsage')
  return (usage.usedSize + (usage.backingStorageSize ?? 0)) / 1e6
}

/** The same of the page's worker, which has its own heap: spoken to through the page's session. */
async function workerHeap(page: CDPSession): Promise<number> {
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
