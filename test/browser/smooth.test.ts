/** What the page draws while a run of many rollouts goes on at full speed: counted, not timed. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { AT_ONCE } from '../../src/ui/explore/path/cards-at-once.ts'
import { atTask, startFresh, visit } from './visit.ts'

const MANY = '#seed=9&tasks=100000&method=fixed-size&candidates=16&rollouts=64'
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
  const { page, complaints } = await visit(MANY)
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

/** What is read of each card of the task that is followed, by its words alone and, once the run rests, as a whole. */
function readBothWays(page: Page): Promise<{ told: string[]; drawn: string[] }> {
  return page.evaluate(async () => {
    const cards = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('rro-path .card')]
    const read = (card: Element): string => {
      const copy = card.cloneNode(true) as Element // of an element
      for (const silent of copy.querySelectorAll('[aria-hidden="true"]')) silent.remove()
      // Between boxes side by side there is no space to read, and none to see.
      return `${card.getAttribute('title')}: ${copy.textContent.replace(/\s/g, '')}`
    }
    const task = (): string => document.querySelector('.task-line h2')?.textContent ?? ''
    const isTold = (card: Element): boolean => card.querySelector('.evidence') === null
    const frame = (): Promise<number> => new Promise(requestAnimationFrame)
    const places = (): number => document.querySelectorAll('rro-path .step > ol > li').length
    const button = (name: string): HTMLElement | undefined =>
      [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === name)
    for (;;) {
      while (cards().length === 0 || cards().length < places() || !cards().some(isTold)) await frame()
      const of = task()
      const told = cards().map((card) => (isTold(card) ? read(card) : ''))
      // The visitor has come to one of them: it stays the same button.
      const last = cards().findLast(isTold)
      last?.focus()
      button('Pause')?.click()
      while (button('Go on') === undefined || cards().some(isTold)) await frame()
      const drawn = cards().map(read)
      if (task() === of && document.activeElement === last)
        return { told: told.filter((words) => words !== ''), drawn: drawn.filter((_, index) => told[index] !== '') }
      button('Go on')?.click()
    }
  })
}

test('while tasks come by themselves, cards out of view stand there by the same words; once looked at, as a whole', async () => {
  const { page, complaints } = await visit(MANY)
  await startFresh(page)
  await page.getByText(/^Your run, seed 9/).waitFor()
  const come = cardsThatCome(page) // the first of them to a task that stands there in part
  await page.getByRole('button', { name: 'Run all' }).click()
  expect((await come).most).toBeLessThanOrEqual(AT_ONCE)
  const { told, drawn } = await readBothWays(page)
  expect(told.length).toBeGreaterThan(AT_ONCE)
  expect(told).toEqual(drawn)

  // Scrolled to while the run goes on: whatever is in view is drawn.
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.evaluate(async () => {
    const isDrawn = (): boolean => {
      const scroller = document.querySelector('rro-path .scroller')
      if (scroller === null) return false
      scroller.scrollTo(0, 1e6)
      const pane = scroller.getBoundingClientRect()
      const bottom = document.querySelector('rro-path .curve')?.getBoundingClientRect().top ?? pane.bottom
      const seen = [...scroller.querySelectorAll('.card')].filter((card) => {
        const box = card.getBoundingClientRect()
        return box.bottom > pane.top && box.top < bottom && box.right > pane.left && box.left < pane.right
      })
      return scroller.scrollTop > 0 && seen.length > 0 && seen.every((card) => card.querySelector('.evidence') !== null)
    }
    while (!isDrawn()) await new Promise(requestAnimationFrame)
  })
  expect(complaints).toEqual([])
})

test('a window that gets narrower has nothing wider than itself in any frame', async () => {
  const { page } = await visit()
  for (let time = 0; time < 3; time++) {
    const widths = await page.evaluateHandle(() => {
      const widths: number[] = []
      const look = (): void => {
        widths.push(document.documentElement.scrollWidth - innerWidth)
        if (widths.length < 30) requestAnimationFrame(look)
      }
      new ResizeObserver(() => widths.push(document.documentElement.scrollWidth - innerWidth)).observe(document.body)
      look()
      return widths
    })
    await page.setViewportSize({ width: 390, height: 800 })
    await page.waitForFunction((widths) => widths.length >= 30, widths)
    expect(Math.max(...(await widths.jsonValue()))).toBeLessThanOrEqual(0)
    await page.setViewportSize({ width: 1366, height: 768 })
  }
})
