/** Times from frame to frame while the recorded run plays at 16x, with its rollouts in motion. */
import type { Browser, Page } from 'playwright-core'
import { framesOver } from './frames.ts'

const LENGTH_MS = 5_000

export async function rolloutsTravelling(browser: Browser, address: string) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'no-preference' })
  const page = await context.newPage()
  await page.goto(address)
  await playAt16x(page)
  const frames = await framesOver(page, LENGTH_MS)
  await context.close()
  return frames
}

/** What stands in Explore, once all of the page is there. */
export async function playAt16x(page: Page): Promise<void> {
  await page.locator('rro-plot svg').waitFor()
  await page.waitForLoadState('networkidle')
  await page.getByLabel('Speed').selectOption('16')
  await page.locator('.keys-row .play').click()
}
