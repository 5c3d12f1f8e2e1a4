/** Learn, from the first chapter to the last: by keyboard alone, left and come back to, by a link, and what it leaves behind. */
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { PHONE, sideways, violations } from './looks.ts'
import { closeBrowser, startFresh, visit } from './visit.ts'

afterAll(closeBrowser)

const heading = (page: Page) => page.getByRole('article').getByRole('heading', { level: 2 })

/** Resolves when the example stands there. */
async function begun(page: Page): Promise<void> {
  await page.locator('.learn-keys .go:enabled').waitFor()
}

async function wanted(page: Page): Promise<string> {
  return (await page.locator('.learn-keys .go').textContent())?.trim() ?? ''
}

/** What came of an answer. */
async function answered(page: Page): Promise<string> {
  const heard = page.locator('.heard > *').first()
  await heard.waitFor()
  return ((await heard.textContent()) ?? '').replace(/\s+/g, ' ').trim()
}

test('a first visit goes through the whole of Learn by one key, and each question gets its answer', async () => {
  const { page, complaints } = await visit()
  expect(await page.getByRole('navigation', { name: 'Workspaces' }).getByRole('link').allTextContents()).toEqual([
    'Learn',
    'Explore',
    'Compare',
  ])
  await page.keyboard.press('3')
  await begun(page)
  const titles = new Set<string>()
  const answers: string[] = []
  const found: string[] = []
  for (;;) {
    const title = (await heading(page).textContent()) ?? ''
    const name = title.replace(/\d+ of \d+\s*$/, '').trim()
    if (!titles.has(name)) {
      titles.add(name)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        found.push(...(await violations(page)).map((line) => `${name}, ${colorScheme}: ${line}`))
      }
    }
    if ((await wanted(page)) === 'Show me') {
      await page.keyboard.press('Space')
      answers.push(await answered(page))
    }
    if ((await wanted(page)) === 'The end') break
    await page.keyboard.press('Space')
    await expect.poll(() => heading(page).textContent()).not.toBe(title)
  }
  expect([...titles]).toHaveLength(10)
  expect(answers.length).toBeGreaterThan(10)
  expect(found).toEqual([])
  expect(complaints).toEqual([])
})

test('what the visitor does is noticed and answered', async () => {
  const { page, complaints } = await visit('#learn&chapter=rule')
  await begun(page)
  await page.getByRole('button', { name: 'It rises' }).click()
  expect(await answered(page)).toMatch(/^No: .* it falls short\.$/)
  await page.keyboard.press('Space')
  await heading(page).getByText('2 of 3').waitFor()
  await page.getByRole('button', { name: 'It rises' }).click()
  expect(await answered(page)).toMatch(/^Right: /)
  await page.getByRole('button', { name: 'Go on' }).click()
  await heading(page).getByText('3 of 3').waitFor()
  await page.getByRole('slider', { name: 'Bar' }).press('End')
  expect(await answered(page)).toMatch(/^With the bar at 1\.00 it would have to draw on/)
  await page.getByRole('link', { name: /^Chapter 6/ }).click()
  await page.getByRole('button', { name: /^Step 1, candidate 1/ }).click()
  expect(await answered(page)).toMatch(/is in no pair/)
  await page.getByRole('button', { name: /^Step 2, candidate 1/ }).click()
  await expect.poll(() => answered(page)).toMatch(/^Yes\. Chosen/)
  expect(complaints).toEqual([])
})

test('whoever wants no motion sees at once what it comes to', async () => {
  const { page } = await visit('#learn&chapter=process-reward', { reducedMotion: 'reduce' })
  await begun(page)
  const frames = await page.evaluate(async () => {
    const seen = new Set<string>()
    const watch = new MutationObserver(() =>
      seen.add(document.querySelector('.card[aria-current=true]')?.textContent ?? ''),
    )
    watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
    document.querySelector<HTMLButtonElement>('.learn-keys .go')?.click()
    const heard = () => document.querySelector('.heard')?.textContent?.trim() !== ''
    while (!heard()) await new Promise(requestAnimationFrame)
    watch.disconnect()
    return [...seen].filter((words) => /rollout \d of/.test(words))
  })
  expect(frames).toEqual([])
  expect(await answered(page)).toMatch(/^It is /)
})

test('Learn goes on where it was left, and Explore is as it was', async () => {
  const { page } = await visit('#seed=5&tasks=2')
  await startFresh(page)
  await page.getByText(/^Your run, seed 5/).waitFor()
  await page.keyboard.press('3')
  await begun(page)
  await page.getByRole('link', { name: /^Chapter 3/ }).click()
  await heading(page).getByText('A process reward by rollouts').waitFor()
  await page.keyboard.press('Space')
  await answered(page)
  await page.keyboard.press('Space')
  await heading(page).getByText('2 of 3').waitFor()
  await page.keyboard.press('1')
  await page.getByText(/^Your run, seed 5/).waitFor()
  await page.goto('about:blank')
  await page.goBack()
  await page.keyboard.press('3')
  await begun(page)
  expect(await heading(page).textContent()).toMatch(/A process reward by rollouts\s*2 of 3/)
})

test('a chapter has an address, Back goes to the one before, and one that is none is said', async () => {
  const { page } = await visit('#learn&chapter=pair')
  await begun(page)
  await heading(page).getByText('What a pair is').waitFor()
  await page.getByRole('link', { name: /^Chapter 7/ }).click()
  await heading(page).getByText('DPO moves the policy').waitFor()
  await page.goBack()
  await heading(page).getByText('What a pair is').waitFor()
  await page.evaluate(() => {
    location.hash = '#learn&chapter=magic'
  })
  await page
    .getByRole('alert')
    .getByText(/"magic" is none of episode/)
    .waitFor()
})

test('for a lecturer one key goes on, and nothing but the text and the parts stands there', async () => {
  const { page, complaints } = await visit('#learn&chapter=pair&present=1')
  const beat = page.getByRole('article')
  await beat.getByText('Press a card on the path').waitFor()
  expect(await page.locator('.narration').getByRole('button').count()).toBe(0)
  expect(await page.locator('.narration').getByRole('link').count()).toBe(0)
  expect(await page.getByRole('navigation', { name: 'Workspaces' }).count()).toBe(0)
  await page.keyboard.press('PageDown')
  expect(await answered(page)).toMatch(/^Yes\. Chosen/)
  await page.keyboard.press('PageDown')
  await heading(page).getByText('2 of 2').waitFor()
  expect(new URL(page.url()).hash).toContain('present=1')
  await page.keyboard.press('PageDown')
  await heading(page).getByText('DPO moves the policy').waitFor()
  expect(new URL(page.url()).hash).toBe('#learn&chapter=dpo&present=1')
  expect(await sideways(page)).toBe(0)
  expect(complaints).toEqual([])
})

test('inside another page a chapter stands alone, with a way to the whole page', async () => {
  const { page } = await visit('#learn&chapter=pair&embed=1', { viewport: { width: 800, height: 600 } })
  await begun(page)
  expect(await page.getByRole('navigation').count()).toBe(0)
  const whole = page.getByRole('link', { name: 'Open in RRO Lab' })
  expect(new URL((await whole.getAttribute('href')) ?? '', page.url()).hash).toBe('#learn&chapter=pair')
  expect(await sideways(page)).toBe(0)
  expect(await violations(page)).toEqual([])
})

test('on a phone nothing sticks out sideways, and the way on is in sight', async () => {
  const { page } = await visit('#learn&chapter=process-reward', { viewport: PHONE })
  await begun(page)
  expect(await sideways(page)).toBe(0)
  const box = await page.locator('.learn-keys .go').boundingBox()
  expect((box?.y ?? 1e9) + (box?.height ?? 0)).toBeLessThanOrEqual(PHONE.height)
  expect(await violations(page)).toEqual([])
})
