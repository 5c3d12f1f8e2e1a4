/** After the first visit the site is not needed any more; a newer version is offered, and comes when it is asked for. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { expect, inject, onTestFinished, test } from 'vitest'
import { type SiteServer, serveFolder } from '../../src/scripts/browser/site-server.ts'
import { violations } from './looks.ts'
import { newPage, newVisitor, runToTheEnd, standing, startFresh } from './visit.ts'

/** What README and docs/decisions/0035-offline.md say. */
const MOST_KEPT_BYTES = 8_000_000

const COMPARISON =
  '#compare&environment=webshop&start=weak&arms=sft;fixed-size:candidates=2&budgets=200&seeds=1&episodes=1&epochs=5'

interface OwnSite {
  readonly address: string
  /** Nobody answers any more. */
  stop(): Promise<void>
  /** A newer version stands there. */
  publish(): Promise<void>
}

/** A copy of the built site on a server that can be stopped. */
async function ownSite(): Promise<OwnSite> {
  const folder = await mkdtemp(join(tmpdir(), 'rro-site-'))
  await cp(inject('siteFolder'), folder, { recursive: true })
  let server: SiteServer | undefined = await serveFolder(folder)
  const { address } = server
  const stop = async (): Promise<void> => {
    await server?.close()
    server = undefined
  }
  onTestFinished(async () => {
    await stop()
    await rm(folder, { recursive: true, force: true })
  })
  return {
    address,
    stop,
    async publish() {
      await stop()
      await change(join(folder, 'index.html'), (page) => page.replace('<title>', '<title>Newer '))
      await change(join(folder, 'service-worker.js'), (code) =>
        code.replace(/("url":"index\.html","revision":")\w+/, (_, before) => `${before}0123456789abcdef`),
      )
      server = await serveFolder(folder, Number(new URL(address).port))
    },
  }
}

async function change(file: string, changed: (text: string) => string): Promise<void> {
  const before = await readFile(file, 'utf8')
  const after = changed(before)
  expect(after).not.toBe(before)
  await writeFile(file, after)
}

/** Somebody who comes for the first time, and stays until the site is kept. */
async function firstVisit({ address }: OwnSite): Promise<{ page: Page; context: BrowserContext; errors: string[] }> {
  const context = await newVisitor({ serviceWorkers: 'allow' })
  const page = await newPage(context)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto(address)
  await standing(page)
  await kept(page)
  return { page, context, errors }
}

async function kept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
}

/** Resolves when the page has fetched what keeps it, and tells other tabs when it is at work. */
async function watching(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => /\/offline-[\w-]+\.js$/.test(name)),
  )
}

test('nothing is kept before the first picture stands there, and then less than is said', async () => {
  const { address } = await ownSite()
  const context = await newVisitor({ serviceWorkers: 'allow' })
  const page = await newPage(context)
  let show = (): void => {}
  const shown = new Promise<void>((resolve) => {
    show = resolve
  })
  await page.route('**/recorded/webshop.jsonl', async (route) => {
    await shown
    await route.continue()
  })
  await page.goto(address)
  await watching(page)
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found?.scope))).toBe(
    undefined,
  )
  show()
  await standing(page)
  await kept(page)
  const { bytes, names } = await page.evaluate(async () => {
    const names: string[] = []
    let bytes = 0
    for (const key of await caches.keys()) {
      const cache = await caches.open(key)
      for (const request of await cache.keys()) {
        names.push(new URL(request.url).pathname)
        bytes += (await (await cache.match(request))?.blob())?.size ?? 0
      }
    }
    return { bytes, names }
  })
  expect(bytes).toBeLessThan(MOST_KEPT_BYTES)
  expect(bytes).toBeGreaterThan(MOST_KEPT_BYTES / 2) // or the number says nothing
  expect(names.filter((name) => name.endsWith('/data/webshop/items_shuffle.json'))).toHaveLength(1)
  expect(names.filter((name) => /\/lib-|service-worker|_headers/.test(name))).toEqual([])
})

test('without a network and without its site: both environments, Learn, Compare, Agents, the dialogs', async () => {
  const site = await ownSite()
  const { page, context, errors } = await firstVisit(site)
  await site.stop()
  await context.setOffline(true)
  await page.reload()
  await standing(page)
  await page.goto(`${site.address}?from=a-link#seed=5&tasks=2&rollouts=2`)
  await page.reload()
  await standing(page)
  await startFresh(page)
  await runToTheEnd(page, 2)

  await page.getByLabel('Environment').selectOption('intercode-sql')
  await startFresh(page)
  await page.getByText(/^Your run, seed 5, .*0 of 2|^Your run, seed 5: [01] of 2/).waitFor()
  await runToTheEnd(page, 2)
  await page
    .getByRole('region', { name: 'The world' })
    .getByRole('heading', { name: /^Schema/ })
    .waitFor()

  for (const name of ['Settings', 'Runs']) {
    await page.getByRole('button', { name, exact: true }).click()
    await page.getByRole('dialog').getByRole('heading').first().waitFor()
    await page.keyboard.press('Escape')
  }
  await page.getByRole('button', { name: /^Agent/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Train/ })
    .first()
    .waitFor()
  await page.keyboard.press('Escape')

  await page.getByRole('link', { name: 'Learn' }).click()
  await page.locator('.learn-keys .go:enabled').waitFor()

  await page.goto(`${site.address}${COMPARISON}`)
  await page.reload()
  await page.getByRole('button', { name: /^Run 2 cells: about/ }).click()
  await page.getByText('Finished: 2 of 2 cells').waitFor()
  expect(errors).toEqual([])
})

const AT_WORK = 'rro-lab/at-work'

/** Names of the locks of all tabs. */
function locks(page: Page, which: 'held' | 'pending'): Promise<(string | undefined)[]> {
  return page.evaluate(async (which) => (await navigator.locks.query())[which]?.map(({ name }) => name) ?? [], which)
}

/** Longer than anything here may take: the lab is quick on a slow page, too. */
const LONG_RUN = '#seed=9&tasks=100000&method=fixed-size&candidates=16&rollouts=64'

test('a newer version is said, waits while a run goes on, and comes when it is asked for', async () => {
  const site = await ownSite()
  const { page } = await firstVisit(site)
  await page.reload()
  await standing(page)
  await kept(page)
  await site.publish()
  await page.reload()
  await standing(page)
  expect(await page.title()).not.toMatch(/^Newer/)
  const offer = page.getByRole('status').getByRole('button', { name: 'Reload', exact: true })
  await offer.waitFor()
  expect(await violations(page)).toEqual([])

  await page.goto(`${site.address}${LONG_RUN}`)
  await startFresh(page)
  await page.getByText(/^Your run, seed 9/).waitFor()
  await page.getByRole('button', { name: 'Run all' }).click()
  await page.getByText(/of 100,000 tasks/).waitFor()
  // The run goes on: its words stand there before the lab has begun.
  await page.getByRole('button', { name: 'Pause' }).waitFor()
  await offer.click()
  await page.getByText(/when what is at work has come to rest/).waitFor()
  expect(await page.title()).not.toMatch(/^Newer/)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.waitForFunction(() => document.title.startsWith('Newer'))
  await standing(page)
  expect(await page.getByRole('button', { name: 'Reload', exact: true }).count()).toBe(0)
})

test('a newer version waits for what another tab is at, and tells that tab when it has come', async () => {
  const site = await ownSite()
  const { page, context } = await firstVisit(site)
  const other = await newPage(context)
  await other.goto(`${site.address}${LONG_RUN}`)
  await standing(other)
  await watching(other) // some seconds after its first picture: until then nothing has to be computed
  await startFresh(other)
  await other.getByText(/^Your run, seed 9/).waitFor()
  await other.getByRole('button', { name: 'Pause playing' }).waitFor() // by itself; at full speed it is another test's
  await expect.poll(() => locks(other, 'held')).toContain(AT_WORK)
  await site.publish()
  await page.reload()
  await standing(page)
  await page.getByRole('button', { name: 'Reload', exact: true }).click()
  await expect.poll(() => locks(page, 'pending')).toContain(AT_WORK)
  expect(await page.title()).not.toMatch(/^Newer/)
  await other.getByRole('button', { name: 'Pause playing' }).click()
  await page.waitForFunction(() => document.title.startsWith('Newer'))
  expect(await other.title()).not.toMatch(/^Newer/)
  await other.getByRole('button', { name: 'Reload', exact: true }).click()
  await other.waitForFunction(() => document.title.startsWith('Newer'))
})
