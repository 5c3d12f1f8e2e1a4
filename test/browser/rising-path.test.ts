/** The rising path as it is seen: the rule, the question, the rollouts that travel, and what of it a screen has room for. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { PHONE, sideways, violations } from './looks.ts'
import { textOf, visit } from './visit.ts'

/** The page opens where the first candidate has been proposed; the picture under it comes a moment later. */
async function atFirstCandidate(page: Page): Promise<void> {
  await page.locator('rro-plot svg').waitFor({ state: 'attached' })
  await page.getByText('Will this one rise?').waitFor()
}

/** How many parts of the picture are in motion. */
function motions(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      document.getAnimations().filter(({ effect }) => {
        return effect instanceof KeyframeEffect && effect.target?.closest('rro-plot') !== null
      }).length,
  )
}

test('under the rule a candidate is asked about; the answer is kept by key or press, and told when it is scored', async () => {
  const { page, complaints } = await visit()
  await page
    .getByText(
      'Draw actions one at a time, score each by 5 rollouts, stop at the first whose mean reaches the bar, the mean of the step before.',
    )
    .waitFor()
  await atFirstCandidate(page)
  const rises = page.getByRole('button', { name: /It rises/ })
  await page.keyboard.press('-')
  await expect
    .poll(() => page.getByRole('button', { name: /It falls short/ }).getAttribute('aria-pressed'))
    .toBe('true')
  await rises.click()
  await page.getByText('You said it rises. Go on to see.').waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('ArrowDown')
  await page.getByText('Will this one rise?').waitFor({ state: 'hidden' })
  await page.keyboard.press('ArrowDown')
  await page.getByRole('status').getByText('You said it rises: it does. 1 of 1 right.').waitFor()
  // Back there it is not asked again: the visitor has seen it.
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await page.getByText('You said it rises').waitFor()
  expect(await rises.count()).toBe(0)
  expect(complaints).toEqual([])
})

test('the question waits for nobody: playing and stepping go on without an answer', async () => {
  const { page } = await visit()
  await atFirstCandidate(page)
  await page.keyboard.press('ArrowRight')
  await page.getByText('rollout 1 of 5').first().waitFor()
  await page.keyboard.press('ArrowLeft')
  await page.getByText('Will this one rise?').waitFor()
  await page.locator('.play').click()
  await page.getByText('Will this one rise?').waitFor({ state: 'hidden' })
  await page
    .getByText(/rollout \d of 5|rises by/)
    .first()
    .waitFor()
})

test('a rollout travels along its branch, and outcomes flow into the mean; on the way back nothing moves', async () => {
  const { page } = await visit()
  await atFirstCandidate(page)
  // What has begun to move is held, so that it can be counted at leisure.
  await page.evaluate(() => {
    const animate = Element.prototype.animate
    Element.prototype.animate = function (...given) {
      const motion = animate.apply(this, given)
      motion.pause()
      return motion
    }
  })
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => motions(page)).toBe(1)
  expect(await page.locator('rro-plot .full .rollout').count()).toBe(1)
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => page.locator('rro-plot .full .rollout').count()).toBe(5)
  expect(await motions(page)).toBe(4)
  await page.keyboard.press('ArrowDown')
  // Five outcomes, five lines, and the mean.
  await expect.poll(() => motions(page)).toBe(11)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.getByText('rollout 4 of 5').first().waitFor()
  expect(await motions(page)).toBe(0)
})

test('with reduced motion nothing moves, and all of it is there', async () => {
  const { page } = await visit('', { reducedMotion: 'reduce' })
  await atFirstCandidate(page)
  for (const done of [1, 2, 3, 4, 5]) {
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => page.locator('rro-plot .full .outcome').count()).toBe(done)
    expect(await motions(page)).toBe(0)
  }
  await page.keyboard.press('ArrowRight')
  await page.locator('rro-plot .mean.selected').waitFor()
  expect(await motions(page)).toBe(0)
})

test('the path is saved as a picture, with its task, method, seed and address', async () => {
  const { page, complaints } = await visit()
  await page.keyboard.press('n')
  await page.getByRole('button', { name: 'Replay this task' }).waitFor()
  const saved = async (kind: 'SVG' | 'PNG') => {
    const button = page.getByRole('button', { name: `${kind} of The rising path` })
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
    return download
  }
  const svg = await saved('SVG')
  expect(svg.suggestedFilename()).toBe('rro-lab-path-seed-141-task-1.svg')
  const picture = await textOf(svg)
  const words = [...picture.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text).join(' ')
  const instruction = (await page.locator('.task-line .instruction').innerText()).trim()
  expect(words).toContain(instruction.replace(/\s+/g, ' '))
  expect(words).toMatch(/WebShop, task 1, RRO.* seed 141/)
  expect(words).toContain('Step 4')
  expect(words).toContain(new URL(page.url()).origin)
  expect(picture).not.toMatch(/var\(|class=|style=/)
  const png = await textOf(await saved('PNG'))
  expect(png.slice(1, 4)).toBe('PNG')
  expect(complaints).toEqual([])
})

describe('what there is room for', () => {
  test('on a desk three steps are whole, with their numbers', async () => {
    const { page } = await visit()
    for (const _ of [1, 2, 3]) await page.keyboard.press('.')
    const pane = await page.locator('rro-path .scroller').boundingBox()
    const third = await page.getByRole('button', { name: /^Step 3, candidate 1/ }).boundingBox()
    expect((third?.x ?? 9999) + (third?.width ?? 0)).toBeLessThanOrEqual((pane?.x ?? 0) + (pane?.width ?? 0))
  })
  test('on a large screen cards and picture are larger', async () => {
    const sizes = async (width: number, height: number) => {
      const { page } = await visit('', { viewport: { width, height } })
      const card = await page.getByRole('button', { name: /^Step 1, candidate 1/ }).boundingBox()
      const picture = await page.locator('rro-path .curve').boundingBox()
      return [card?.width ?? 0, card?.height ?? 0, picture?.height ?? 0]
    }
    const desk = await sizes(1366, 768)
    const large = await sizes(1920, 1080)
    for (const [index, size] of desk.entries()) expect(large[index]).toBeGreaterThan(size * 1.1)
  })
  test('on a phone the first step, its rule and the question are on the first screen', async () => {
    const { page } = await visit('', { viewport: PHONE })
    await atFirstCandidate(page)
    const transport = await page.locator('.transport').boundingBox()
    for (const what of [
      page.getByRole('button', { name: /^Step 1, candidate 1/ }),
      page.getByText('Draw actions one at a time'),
      page.getByRole('button', { name: /It falls short/ }),
    ]) {
      const box = await what.boundingBox()
      expect(box?.y).toBeGreaterThan(0)
      expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThan(transport?.y ?? 0)
    }
    expect(await sideways(page)).toBe(0)
    expect(await violations(page)).toEqual([])
  })
})
