/** The small language model in the built page, in headless Chromium: from choosing it to its first candidate, and what it holds. */
import type { Browser } from 'playwright-core'
import { openBrowser } from '../browser/browser.ts'
import { findBrowser } from '../browser/find-browser.ts'
import { serveBuiltSite } from '../browser/site-server.ts'
import { measured } from './measure.ts'
import { standing, workerHeap } from './page.ts'

const VISITS = 3

export async function benchPageLanguageModel() {
  const server = await serveBuiltSite('bench-site-language-model')
  const browser = await openBrowser(findBrowser())
  try {
    const visits: Awaited<ReturnType<typeof visit>>[] = []
    for (let i = 0; i < VISITS; i++) visits.push(await visit(browser, server.address))
    const middle = (of: (visit: (typeof visits)[number]) => number) => measured(visits.map(of))
    return {
      chosenToFirstCandidateMs: middle(({ firstMs }) => firstMs),
      chosenToFirstCandidateNote:
        'model fetched from this machine, candidate scored by 5 rollouts, and read token by token',
      fetchedBytes: middle(({ bytes }) => bytes),
      workerNote: 'without the memory of its kernel, which languageModel.megabytes says',
      workerMegabytes: { before: middle(({ before }) => before), after: middle(({ after }) => after) },
    }
  } finally {
    await browser.close()
    await server.close()
  }
}

async function visit(browser: Browser, address: string) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto(address)
  await standing(page)
  await page.waitForLoadState('networkidle')
  const before = await workerHeap(await context.newCDPSession(page))
  const sizes: Promise<number>[] = []
  page.on('response', (response) => sizes.push(response.body().then(({ length }) => length)))
  await page.getByRole('button', { name: /^Agent/ }).click()
  const start = performance.now()
  await page.getByRole('button', { name: 'Choose Small language model' }).click()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Start a fresh run' }).click()
  await page.getByText(/^Your run/).waitFor()
  const tokens = page.locator('rro-spoken .tokens')
  // The first press may show no more than the start of the task.
  const step = page.getByTitle(/^Forward one step/)
  await step.click()
  if ((await page.getByText('The start of the task').count()) > 0) await step.click()
  await tokens.waitFor()
  const firstMs = performance.now() - start
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  const after = await workerHeap(await context.newCDPSession(page))
  await context.close()
  return { firstMs, bytes, before, after }
}
