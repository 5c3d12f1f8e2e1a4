/** Nothing is lost: a killed browser, a second tab, a full disk, a damaged record. */
import { expect, test } from 'vitest'
import { holdStoreOnce } from './held-store.ts'
import { nodeExport } from './node-run.ts'
import {
  atTask,
  exported,
  look,
  openNewestRun,
  runToTheEnd,
  startFresh,
  temporaryProfile,
  visit,
  visitWithProfile,
} from './visit.ts'

const HASH = '#seed=3&tasks=500&rollouts=2'
const SETTINGS = { seed: 3, tasks: 500, rollouts: 2 }

test('a browser killed in the middle of a run loses nothing that was stored, and the run goes on to the same end', async () => {
  const profile = await temporaryProfile()
  const first = await visitWithProfile(profile, HASH)
  await startFresh(first.page)
  await first.page.getByText(/^Your run, seed 3/).waitFor()
  await holdStoreOnce(first.page, /saved [\d,]{5,} events/)
  await first.page.getByRole('button', { name: 'Run all' }).click()
  await first.page.getByText(/saved [\d,]{5,} events/).waitFor()
  const seen = await first.page.getByText(/saved [\d,]{5,} events/).textContent()
  const saved = Number(/saved ([\d,]+) events/.exec(seen ?? '')?.[1]?.replaceAll(',', ''))
  await kill(first.context, profile)
  const { page, context } = await visitWithProfile(profile)
  await openNewestRun(page)
  const kept = await exported(page, 'run')
  const whole = await nodeExport(SETTINGS, 'run')
  expect(whole.startsWith(kept)).toBe(true)
  expect(kept.trimEnd().split('\n').length).toBeGreaterThanOrEqual(saved)
  expect(kept.length).toBeLessThan(whole.length)
  await runToTheEnd(page, SETTINGS.tasks)
  expect(await exported(page, 'run')).toBe(whole)
  await context.close()
})

test('a second tab may read a run that the first one writes, but not write it', async () => {
  const first = await visit('#seed=4&tasks=20')
  await first.page.getByText(/^Your run, seed 4/).waitFor() // made for the link
  await first.page.keyboard.press('n')
  await atTask(first.page, 1)
  const second = await look(first.context)
  await openNewestRun(second.page)
  await second.page.keyboard.press('End')
  await second.page.keyboard.press('n')
  await second.page
    .getByRole('alert')
    .getByText(/another tab/i)
    .waitFor()
  await first.page.close()
  await runToTheEnd(second.page, 20)
  expect(await exported(second.page, 'run')).toBe(await nodeExport({ seed: 4, tasks: 20 }, 'run'))
})

test('a full disk stops the run with a sentence; with room again it goes on to the same end', async () => {
  // The browser knows the room by heart once something was written: before that it has to be made small.
  const { page, context } = await visit()
  const cdp = await context.newCDPSession(page)
  const { origin } = new URL(page.url())
  const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0)
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: used + 1_500_000 })
  await page.evaluate((hash) => {
    location.hash = hash
  }, HASH)
  await page.getByText(/^Your run, seed 3/).waitFor()
  await page.getByRole('button', { name: 'Run all' }).click()
  await page
    .getByText(/disk|space|room|quota/i)
    .first()
    .waitFor()
  await page.getByText(/^Stopped: /).waitFor()
  await cdp.send('Storage.overrideQuotaForOrigin', { origin })
  await runToTheEnd(page, SETTINGS.tasks)
  expect(await exported(page, 'run')).toBe(await nodeExport(SETTINGS, 'run'))
})

test('a record that was damaged on disk is named in a sentence, and the others stay', async () => {
  const first = await visit('#seed=1&tasks=2')
  await startFresh(first.page)
  await runToTheEnd(first.page, 2)
  await startFresh(first.page)
  await runToTheEnd(first.page, 2)
  await first.page.evaluate(async () => {
    const open = indexedDB.open('rro-lab')
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      open.onsuccess = () => resolve(open.result)
      open.onerror = () => reject(open.error)
    })
    const transaction = database.transaction('runs', 'readwrite')
    const store = transaction.objectStore('runs')
    const keys = store.getAllKeys()
    await new Promise<void>((resolve, reject) => {
      keys.onsuccess = () => {
        const record = store.get(keys.result[0] as IDBValidKey)
        record.onsuccess = () => store.put({ ...record.result, events: 'many' })
      }
      transaction.oncomplete = () => resolve()
      transaction.onerror = () => reject(transaction.error)
    })
    database.close()
  })
  const { page } = await look(first.context)
  await page
    .getByRole('alert')
    .getByText(/damaged/i)
    .waitFor()
  await page.getByRole('button', { name: 'Runs' }).click()
  await page
    .getByRole('dialog')
    .getByText(/2 of 2 tasks/)
    .first()
    .waitFor()
})

/** Ends every process of a browser at once, as a crash or a power cut would. */
async function kill(context: { close(): Promise<void> }, profile: string): Promise<void> {
  const { execFileSync } = await import('node:child_process')
  execFileSync('pkill', ['-KILL', '-f', profile])
  await context.close().catch(() => {})
}
