/** What the page draws while a run of many rollouts goes on at full speed: counted, not timed. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { AT_ONCE } from '../../src/ui/explore/path/cards-at-once.ts'
import { atTask, startFresh, visit } from './visit.ts'

const PARTS = ['rro-path', 'rro-plot', 'rro-world', 'rro-inspector', 'rro-scrubber']

/** How often parts of the page are drawn while the line of the run changes so many times. */
function drawnWhile(page: Page, changes: number): Promise<number[]> {
  return page.evaluate(
    async ([parts, changes]) => {
      const drawn = parts.map(() => 0)
      const restore = parts.map((name, index) => {
        const { prototype } = customElements.get(name) ?? class {}
        const { render } = prototype
        prototype.render = function (...given: unknown[]) {
          drawn[index] = (drawn[index] ?? 0) + 1
          return render.apply(this, given)
        }
        return () => {
          prototype.render = render
        }
      })
      const line = document.querySelector('.run-line')
      await new Promise<void>((resolve) => {
        let said = 0
        const watch = new MutationObserver(() => {
          said++
          if (said < changes) return
          watch.disconnect()
          resolve()
        })
        if (line !== null) watch.observe(line, { characterData: true, childList: true, subtree: true })
      })
      for (const part of restore) part()
      return drawn
    },
    [PARTS, changes] as const,
  )
}

/** The most cards that come in one go until another two tasks have stood there, and how many of them arrive in motion. */
function cardsThatCome(page: Page): Promise<{ most: number; moving: number }> {
  return page.evaluate(async () => {
    let most = 0
    let moving = 0
    const arrives = ({ target }: Event): void => {
      if (target instanceof Element && target.matches('.card')) moving++
    }
    for (const type of ['transitionrun', 'animationstart']) document.addEventListener(type, arrives)
    const tasks = new Set<string>()
    await new Promise<void>((resolve) => {
      const watch = new MutationObserver((records) => {
        const added = records.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node instanceof Element)
        const cards = new Set(
          added.flatMap((node) => [...node.querySelectorAll('.card'), ...(node.matches('.card') ? [node] : [])]),
        )
        most = Math.max(most, cards.size)
        tasks.add(document.querySelector('.task-line h2')?.textContent ?? '')
        if (tasks.size < 3) return
        watch.disconnect()
        resolve()
      })
      watch.observe(document.querySelector('rro-path') ?? document, { childList: true, subtree: true })
    })
    for (const type of ['transitionrun', 'animationstart']) document.removeEventListener(type, arrives)
    return { most, moving }
  })
}

test('what stands on the page is drawn once, whatever a run at full speed tells, and hundreds of cards in parts', async () => {
  const { page, complaints } = await visit('#seed=9&tasks=100000&method=fixed-size&candidates=16&rollouts=64')
  await startFresh(page)
  await page.getByText(/^Your run, seed 9/).waitFor()
  await page.getByRole('button', { name: 'Run all' }).click()
  await page.getByText(/^ ?[1-9]\d* of 100,000 tasks/).waitFor()
  await page.getByRole('button', { name: 'Replay this task' }).waitFor() // one is followed, to its end
  await page.keyboard.press('Home')
  await atTask(page, 1)
  await page.getByRole('button', { name: 'Follow the newest task' }).waitFor()
  // The world, and what is fetched late, may still be on their way.
  await expect.poll(() => drawnWhile(page, 3)).toEqual(PARTS.map(() => 0))

  await page.keyboard.press('.') // to the end of the first step
  const card = page.getByRole('button', { name: /^Step 1, candidate 1:/ })
  await card.waitFor()
  expect(await card.locator('.marks *').count()).toBeLessThanOrEqual(4)
  await page.getByRole('button', { name: 'Follow the newest task' }).click()
  const { most, moving } = await cardsThatCome(page)
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThanOrEqual(AT_ONCE)
  expect(moving).toBe(0)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: 'Go on' }).waitFor()
  expect(complaints).toEqual([])
})

test('a candidate that is added to a task that stands there arrives', async () => {
  const { page, complaints } = await visit('', { reducedMotion: 'no-preference' })
  await page.evaluate(() => {
    document.addEventListener('transitionrun', ({ target, propertyName }) => {
      if (target instanceof Element && target.matches('.card')) document.body.dataset.arrived = propertyName
    })
  })
  const arrived = async (): Promise<string | null> => {
    await page.keyboard.press('.')
    return page.locator('body').getAttribute('data-arrived')
  }
  await expect.poll(arrived).toBe('opacity')
  expect(complaints).toEqual([])
})
