/**
 * A made-up shop of the official files' size in the built page: dropped, explored, and opened again after a reload; the peak of the
 * page's memory and the time of each, what the page's own thread did meanwhile, and what is kept on the disk.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openProfile } from '../browser/browser.ts'
import { findBrowser } from '../browser/find-browser.ts'
import { serveBuiltSite } from '../browser/site-server.ts'
import { writeMadeUpOfficial } from './made-up-official.ts'
import { watched } from './watched.ts'

const HOUR_MS = 3_600_000
const TASKS = 20
/** Until the first search. */
const BAR_MS = 1500
/** Between two presses of the search. */
const BETWEEN_MS = 200
/** Searched in the shipped shop, then, as soon as the page offers it, in the one that is being read: common words of both. */
const WORDS = 'bace red'

/** @param paths of files that are there already */
export async function benchPageShop(products = 100_000, paths?: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'rro-bench-'))
  const files = paths ?? (await writeMadeUpOfficial(folder, products))
  const server = await serveBuiltSite('bench-shop-site')
  const context = await openProfile(findBrowser(), join(folder, 'profile'), { serviceWorkers: 'block' })
  try {
    context.setDefaultTimeout(HOUR_MS)
    const page = await context.newPage()
    const browser = context.browser()
    const settings = `#tasks=${TASKS}`
    await page.goto(server.address + settings)
    await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined)
    await openSheet(page)
    await page.getByLabel('Look into the shop').fill(WORDS)
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    await page.getByText(/among all [\d,]+ products/).waitFor()
    await countLongTasks(page)
    const first = await firstSearch(page)
    const dropped = await watched(browser, async () => {
      await page.getByLabel(/official WebShop files/).setInputFiles([...files])
      await page.getByText(/New runs use/).waitFor()
    })
    const { ms, among, amongAtBar } = await first.evaluate(({ found }) => found)
    const longestTaskMs = await page.evaluate(() => (window as unknown as { longestTask: number }).longestTask)
    const explored = await watched(browser, () => explore(page))
    await page.reload()
    await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined)
    const reopened = await watched(browser, async () => {
      await openSheet(page)
      await page.getByRole('button', { name: 'Use it again' }).click()
      await page.getByText(/New runs use/).waitFor()
    })
    const exploredAgain = await watched(browser, () => explore(page))
    const kept = await page.getByText(/Kept on this computer/).textContent()
    const sizes = await Promise.all(files.map(async (path) => (await stat(path)).size))
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    const searched = {
      firstSearchMs: Math.round(ms),
      firstSearchShare: among / products,
      shareAtBar: amongAtBar / products,
    }
    return {
      products,
      bytes,
      ...searched,
      dropped,
      longestTaskMs,
      explored,
      reopened,
      exploredAgain,
      kept: kept?.trim(),
    }
  } finally {
    await context.close()
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function openSheet(page: Page): Promise<void> {
  const menu = page.locator('details[data-control="data"]')
  if ((await menu.getAttribute('open')) === null) await menu.locator('summary').click()
}

/** A run to its end. */
async function explore(page: Page): Promise<void> {
  const finished = page.getByText(new RegExp(`^Your run, seed .*${TASKS} of ${TASKS} task`))
  await page.getByRole('button', { name: 'Start a fresh run' }).click()
  await finished.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Run all' }).click()
  await finished.waitFor()
}

/**
 * From the drop until products of what is read so far stand on the page, where the search is pressed as soon as it can be; and among
 * how many products they are found that stand there at the bar.
 */
async function firstSearch(page: Page) {
  return page.evaluateHandle(
    async ([barMs, betweenMs]) => {
      let dropped = Number.POSITIVE_INFINITY
      document.addEventListener(
        'change',
        () => {
          dropped = performance.now()
        },
        { capture: true, once: true },
      )
      let first: { readonly ms: number; readonly among: number } | undefined
      let amongAtBar = 0
      let pressed = Number.NEGATIVE_INFINITY
      const found = new Promise<{ readonly ms: number; readonly among: number; readonly amongAtBar: number }>(
        (resolve) => {
          const looking = setInterval(() => {
            const ms = performance.now() - dropped
            const said = document.querySelector('.sheet [role="status"]')?.textContent ?? ''
            const among = Number(/among the first ([\d,]+) products/.exec(said)?.[1]?.replaceAll(',', ''))
            if (among > 0) {
              first ??= { ms, among }
              if (ms <= barMs) amongAtBar = among
            }
            if (first !== undefined && ms > barMs) {
              clearInterval(looking)
              resolve({ ...first, amongAtBar })
            }
            const [search, again] = document.querySelectorAll<HTMLButtonElement>('.shop-search button')
            if (ms - pressed < betweenMs || (first === undefined && again === undefined)) return
            pressed = ms
            search?.click()
          })
        },
      )
      return { found }
    },
    [BAR_MS, BETWEEN_MS] as const,
  )
}

async function countLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept = window as unknown as { longestTask: number }
    kept.longestTask = 0
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) kept.longestTask = Math.max(kept.longestTask, duration)
    }).observe({ entryTypes: ['longtask'] })
  })
}
