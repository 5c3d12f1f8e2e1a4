/** Times from frame to frame while the recorded run plays at 16x, with its rollouts in motion. */
import type { Browser } from 'playwright-core'
import { median, rounded } from './measure.ts'

const LENGTH_MS = 5_000

export async function rolloutsTravelling(browser: Browser, address: string) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'no-preference' })
  const page = await context.newPage()
  await page.goto(address)
  await page.locator('rro-plot svg').waitFor()
  await page.waitForLoadState('networkidle')
  await page.getByLabel('Speed').selectOption('16')
  await page.locator('.keys-row .play').click()
  const { frames, motions } = await page.evaluate(async (lengthMs) => {
    let motions = 0
    const { animate } = Element.prototype
    Element.prototype.animate = function (...given) {
      motions++
      return animate.apply(this, given)
    }
    const frames: number[] = []
    const end = performance.now() + lengthMs
    let last = await new Promise(requestAnimationFrame)
    while (last < end) {
      const now = await new Promise(requestAnimationFrame)
      frames.push(now - last)
      last = now
    }
    return { frames, motions }
  }, LENGTH_MS)
  await context.close()
  const sorted = frames.toSorted((a, b) => a - b)
  return {
    ...{ frames: frames.length, motions, medianFrameMs: rounded(median(frames)) },
    p95FrameMs: rounded(sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN),
    longestFrameMs: rounded(sorted.at(-1) ?? Number.NaN),
  }
}
