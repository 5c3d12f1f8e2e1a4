/**
 * How smooth the page is at what is hardest for it, on this core and on one that is four times slower: a run of 16 candidates with
 * 64 rollouts each goes on at full speed, and the recorded run plays at 16x while a comparison is computed. For information:
 * DevTools slow a page by the time that passes, so that on a busy machine the numbers are of no use. Long tasks below 50 ms are 0.
 */
import type { Browser, Page } from 'playwright-core'
import { framesOver } from './frames.ts'
import { rounded } from './measure.ts'
import { playAt16x } from './travelling.ts'

const LENGTH_MS = 8_000
const SLOWER = [1, 4] as const
const MANY_ROLLOUTS = '#seed=9&tasks=100000&method=fixed-size&candidates=16&rollouts=64'
const COMPARISON =
  '#compare&environment=webshop&start=weak&arms=sft;fixed-size:candidates=2;rro-recycled:rollouts=3:candidates=3&budgets=2000,4000&seeds=20&episodes=5&epochs=20'

export async function smoothness(browser: Browser, address: string) {
  const results: Record<string, unknown> = {}
  for (const slower of SLOWER) {
    results[`slowed${slower}x`] = {
      fullSpeed: await onSlowPage(browser, slower, (page) => fullSpeed(page, address)),
      playedBesideComparison: await onSlowPage(browser, slower, (page) => besideComparison(page, address)),
    }
  }
  return results
}

/** In a visit of its own. What `work` prepares is as slow as what it measures. */
async function onSlowPage<T>(browser: Browser, slower: number, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({
    ...{ viewport: { width: 1366, height: 768 }, reducedMotion: 'no-preference', serviceWorkers: 'block' },
  })
  try {
    const page = await context.newPage()
    const devTools = await context.newCDPSession(page)
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: slower })
    return await work(page)
  } finally {
    await context.close()
  }
}

async function fullSpeed(page: Page, address: string) {
  await page.goto(address + MANY_ROLLOUTS)
  await page.locator('rro-plot svg').waitFor()
  await page.getByRole('button', { name: 'Start a fresh run' }).click()
  await page.getByText(/^Your run, seed 9/).waitFor()
  const frames = await framesOver(page, LENGTH_MS, 'Run all')
  await page.getByText(/ [1-9]\d* of 100,000 tasks/).waitFor()
  const pressed = performance.now()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: 'Go on' }).waitFor()
  return { ...frames, pausedAfterMs: rounded(performance.now() - pressed) }
}

async function besideComparison(page: Page, address: string) {
  await page.goto(address + COMPARISON)
  await page.getByRole('button', { name: /^Run (\d+ cells|these settings)/ }).click()
  await page.getByRole('button', { name: 'Pause' }).waitFor()
  await page.getByRole('link', { name: 'Explore' }).click()
  await playAt16x(page)
  return framesOver(page, LENGTH_MS)
}
