/** How fast the embedded agent explores in Chromium, where it is used: what `engine.rollouts` and `sql.rro` measure in Node. */
import { fileURLToPath } from 'node:url'
import type { RunConfig } from '../../core/settings/settings.ts'
import { SITE } from '../../node/disk-loader.ts'
import { openBrowser } from '../browser/browser.ts'
import { findBrowser } from '../browser/find-browser.ts'
import { runIn } from '../browser/web-gpu.ts'
import { firstAndLater, type Speeds } from './explored.ts'
import type { Bench } from './speeds.page.ts'

const ENTRY = fileURLToPath(new URL('./speeds.page.ts', import.meta.url))

export async function benchPageEngine() {
  const shop = await speedsInPage('webshop', 200, 24)
  const sql = await speedsInPage('intercode-sql', 40, 40)
  return {
    rolloutStepsPerSecond: firstAndLater(shop.stepsPerSecond, 8),
    sqlTasksPerSecond: firstAndLater(sql.tasksPerSecond, 20),
  }
}

async function speedsInPage(
  environment: RunConfig['environment'],
  tasks: number,
  explorations: number,
): Promise<Speeds> {
  const browser = await openBrowser(findBrowser())
  try {
    const page = await browser.newPage()
    await runIn(page, ENTRY, SITE)
    const work = ([settings, explorations]: Parameters<Bench>) =>
      (globalThis as unknown as { bench: Bench }).bench(settings, explorations) // the entry puts it there
    return await page.evaluate(work, [{ environment, tasks }, explorations] as Parameters<Bench>)
  } finally {
    await browser.close()
  }
}
