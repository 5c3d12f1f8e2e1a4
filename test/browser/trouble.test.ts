/** The lab or its storage fails: what is said, what can be done, and that nothing is called saved which is not. */
import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { nodeExport } from './node-run.ts'
import {
  arrive,
  atTask,
  exported,
  look,
  newVisitor,
  openNewestRun,
  runToTheEnd,
  standing,
  startFresh,
  visit,
} from './visit.ts'

/** The lab's code runs after this. */
async function beforeLab(context: BrowserContext, code: string): Promise<void> {
  await context.route(/lab\.worker[^/]*\.js$/, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `${code}\n${await response.text()}` })
  })
}

test('where nothing can be stored the page says so, calls nothing saved, and asks before it is left', async () => {
  const context = await newVisitor()
  await beforeLab(context, "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') };")
  const { page } = await look(context, '#seed=5&tasks=2')
  await page
    .getByRole('alert')
    .getByText(/does not let this page store anything.*only in memory/)
    .waitFor()
  await startFresh(page)
  await page.getByRole('button', { name: 'Run all' }).click()
  await page.getByText(/^Your run, only in memory, seed 5: 2 of 2 tasks/).waitFor()
  expect(await page.locator('footer').textContent()).not.toMatch(/saved/)
  expect(await exported(page, 'run')).toBe(await nodeExport({ seed: 5, tasks: 2 }, 'run'))
  const asked = page.waitForEvent('dialog')
  void page.close({ runBeforeUnload: true })
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.accept()
})

test('a lab that ended without a word is noticed, and started anew in place; its run goes on to the same end', async () => {
  const context = await newVisitor()
  await context.clock.install()
  const { page } = await arrive(context, '#seed=6&tasks=40')
  await page.clock.runFor(4_000)
  await standing(page)
  await startFresh(page)
  await page.getByText(/^Your run, seed 6/).waitFor()
  await page.keyboard.press('n')
  await atTask(page, 1)
  const [lab] = page.workers()
  void lab?.evaluate(() => self.close()).catch(() => undefined)
  await Promise.race([lab?.waitForEvent('close'), page.clock.runFor(8_000)])
  await page
    .getByRole('alert')
    .getByText(/The lab has not answered for \d+ s/)
    .waitFor()
  await page.getByRole('button', { name: 'Restart the lab' }).click()
  await page.getByText('The lab was started anew.').waitFor()
  await runToTheEnd(page, 40)
  expect(await exported(page, 'run')).toBe(await nodeExport({ seed: 6, tasks: 40 }, 'run'))
})

test.each<[string, (page: Page) => Promise<unknown>]>([
  ['in another tab', (page) => page.evaluate(() => indexedDB.deleteDatabase('rro-lab'))],
  [
    'by the browser',
    async (page) => {
      const cdp = await page.context().newCDPSession(page)
      const { origin } = new URL(page.url())
      await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
    },
  ],
])('what was deleted %s is not called saved, and the page starts anew', async (_name, remove) => {
  const { page } = await visit('#seed=5&tasks=2')
  await startFresh(page)
  await runToTheEnd(page, 2)
  await remove(page)
  await page
    .getByRole('alert')
    .getByText(/were deleted/)
    .waitFor()
  await page.getByText(/^Your run, deleted from the disk/).waitFor()
  await page.getByRole('button', { name: 'Start anew' }).click()
  await page.getByText(/^Recorded run/).waitFor()
  await startFresh(page)
  await runToTheEnd(page, 2)
})

test('a deletion that is refused in a second tab changes nothing there', async () => {
  const first = await visit('#seed=4&tasks=20')
  await first.page.getByText(/^Your run, seed 4/).waitFor()
  await first.page.keyboard.press('n')
  await atTask(first.page, 1)
  const { page } = await look(first.context)
  await openNewestRun(page)
  await page.getByRole('button', { name: 'Runs' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByText(/written in another tab, so it was not deleted/).waitFor()
  await page.keyboard.press('Escape')
  await page.getByText(/^Your run, seed 4/).waitFor()
  await page.keyboard.press('Home')
  await atTask(page, 1)
})

test('a dialog whose code cannot be fetched is said', async () => {
  const { page } = await visit()
  await page.route(/rro-agents[^/]*\.js$/, (route) => route.abort())
  await page.getByTitle(/^Agent of the next run/).click()
  await page
    .getByRole('alert')
    .getByText(/This dialog could not be fetched/)
    .waitFor()
})
