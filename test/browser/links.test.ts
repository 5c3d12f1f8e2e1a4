/** The address: a link brings back what was seen, Back undoes what was opened, and a class gets as much of the page as its link says. */
import type { Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { PHONE, sideways, violations } from './looks.ts'
import { arrive, atTask, newVisitor, runToTheEnd, standing, startFresh, visit } from './visit.ts'

/** What is seen: the run, the task, the event, the candidate. */
async function seen(page: Page): Promise<readonly (string | null)[]> {
  const run = await page.locator('.run-line > p').first().textContent()
  const card = page.locator('rro-path .card[aria-current="true"], rro-path [aria-current="true"]').first()
  return [
    /seed \d+/.exec(run ?? '')?.[0] ?? null,
    await page.locator('.instruction').textContent(),
    await page.locator('rro-scrubber .place').textContent(),
    await page.getByRole('region', { name: 'Why here' }).getByRole('heading', { level: 3 }).first().textContent(),
    await card.textContent(),
  ]
}

/** The address, once it says where the page is. */
async function addressOf(page: Page, words: RegExp): Promise<string> {
  await expect.poll(() => page.url()).toMatch(words)
  const place = (await page.locator('rro-scrubber .place').textContent()) ?? ''
  await expect.poll(() => page.url()).toContain(`event=${/\d+/.exec(place)?.[0]}`)
  return new URL(page.url()).hash
}

describe('a link into a fresh profile', () => {
  test('to the example: the same task, event and candidate', async () => {
    const { page } = await visit()
    expect(new URL(page.url()).hash).toBe('')
    await page.keyboard.press('n')
    await page.keyboard.press('n')
    await atTask(page, 2)
    await page.getByRole('button', { name: /^Step 1, candidate 1/ }).click()
    const hash = await addressOf(page, /#seed=141&.*task=2&event=\d+&at=1\.1$/)
    const here = await seen(page)
    const other = await visit(hash)
    await other.page.getByText(/^Recorded run/).waitFor()
    expect(await seen(other.page)).toEqual(here)
  })

  test('to a run that was made here: it is made anew there', async () => {
    const { page } = await visit('#rollouts=3&tasks=4')
    await page.getByRole('spinbutton', { name: 'Seed' }).fill('23')
    await startFresh(page)
    await page.getByText(/^Your run, seed 23/).waitFor()
    await runToTheEnd(page, 4)
    await atTask(page, 4)
    await page.keyboard.press('p')
    await atTask(page, 3)
    for (const key of ['h', 'h', 'h', 'h']) await page.keyboard.press(key)
    const hash = await addressOf(page, /seed=23&.*task=3&event=\d+$/)
    const here = await seen(page)
    const other = await visit(hash)
    await other.page.getByText(/^Your run, seed 23: 3 of 4 tasks/).waitFor()
    expect(await seen(other.page)).toEqual(here)
    expect(other.complaints).toEqual([])
    // Once more: the one that was made is found.
    await other.page.goto('about:blank')
    await other.page.goBack()
    await standing(other.page)
    await other.page.getByRole('button', { name: 'Runs' }).click()
    const runs = other.page.getByRole('dialog').getByRole('heading', { level: 3 })
    await runs.nth(2).waitFor()
    expect(await runs.count()).toBe(3)
  })

  test('to InterCode-SQL, as text, at another speed', async () => {
    const { page } = await visit('#environment=intercode-sql&seed=8&tasks=3&task=2&event=12&view=text&speed=4')
    await page.getByRole('tree').waitFor()
    await atTask(page, 2)
    expect(await page.locator('rro-scrubber .place').textContent()).toMatch(/^12 \//)
    expect(await page.getByLabel('Speed').inputValue()).toBe('4')
    expect(await page.getByRole('combobox', { name: 'Environment' }).inputValue()).toBe('intercode-sql')
  })

  test('that cannot be followed says why, and the example stands', async () => {
    const { page } = await visit('#policy=human&seed=3&task=1')
    await page.getByText(/somebody acts: it cannot be made anew/).waitFor()
    await page.getByText(/^Recorded run/).waitFor()
  })

  test('with words that are none says so, and shows the rest', async () => {
    const { page } = await visit('#seed=5&tasks=2&colour=red&speed=3&at=x&task=9')
    const alert = page.getByRole('alert')
    await alert.getByText(/no setting called "colour"/).waitFor()
    await alert.getByText(/Speed: "3" is none of/).waitFor()
    await alert.getByText(/Candidate: "x" is not a step and a candidate/).waitFor()
    await alert.getByText(/The run has no task 9 yet\. Showing task 2\./).waitFor()
    await page.getByText(/^Your run, seed 5/).waitFor()
  })
})

describe('Back and Forward', () => {
  test('lead from run to run and from task to task, and a reload stays', async () => {
    const { page } = await visit()
    await page.keyboard.press('l')
    await addressOf(page, /event=4$/)
    const example = await seen(page)
    await startFresh(page)
    await page.getByText(/^Your run/).waitFor()
    await expect.poll(() => page.url()).toMatch(/#task=1/)
    await runToTheEnd(page, 20)
    await atTask(page, 20)
    await page.keyboard.press('p')
    await atTask(page, 19)
    await addressOf(page, /task=19/)
    const [fresh, event] = [await seen(page), await page.locator('rro-scrubber .place').textContent()]
    await page.reload()
    await standing(page)
    await page.getByText(/^Your run/).waitFor()
    await expect.poll(() => page.locator('rro-scrubber .place').textContent()).toBe(event)
    expect(await seen(page)).toEqual(fresh)
    await page.goBack()
    await atTask(page, 20)
    await page.goBack()
    await page.getByText(/^Recorded run/).waitFor()
    expect(await seen(page)).toEqual(example)
    await page.goForward()
    await page.getByText(/^Your run/).waitFor()
    await atTask(page, 20)
  })

  test('lead out of acting, and out of a view of Compare without leaving the page', async () => {
    const { page } = await visit()
    await page.keyboard.press('a')
    await page.getByRole('button', { name: 'Act in this task' }).click()
    await page.getByText('Your turn.').waitFor()
    await expect.poll(() => page.url()).toMatch(/policy=human/)
    await page.goBack()
    await page.getByText(/^Recorded run/).waitFor()
    await page.keyboard.press('2')
    await page.getByRole('tab', { name: 'Theory' }).click()
    await expect.poll(() => page.url()).toMatch(/view=theory/)
    await page.goBack()
    expect(await page.getByRole('tab', { name: 'Results' }).getAttribute('aria-selected')).toBe('true')
    await page.goBack()
    await page.getByText(/^Recorded run/).waitFor()
    await page.goForward()
    await page.goForward()
    await expect.poll(() => page.getByRole('tab', { name: 'Theory' }).getAttribute('aria-selected')).toBe('true')
  })
})

describe('"Copy link"', () => {
  test('puts a link on the clipboard that leads here', async () => {
    const { page, context } = await visit()
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.keyboard.press('n')
    await page.getByRole('button', { name: 'Replay this task' }).waitFor()
    await page.getByRole('button', { name: 'Copy link', exact: true }).click()
    await page.getByText('Copied: the link leads to what stands here.').waitFor()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    const here = await seen(page)
    const other = await visit(new URL(link).hash)
    expect(await seen(other.page)).toEqual(here)
  })

  test('shows it selected where the clipboard is refused; in Compare, too, to a view and to a picture', async () => {
    const { page } = await visit('#compare&view=theory&seeds=2')
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))
    })
    await page.getByRole('button', { name: 'Copy link', exact: true }).click()
    const link = page.getByRole('dialog', { name: 'Link to this' }).getByLabel('Link')
    expect(await link.inputValue()).toMatch(/#compare&.*view=theory$/)
    expect(await page.evaluate(() => getSelection()?.toString())).toMatch(/#compare&/)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
  })
})

describe('for a class', () => {
  test('what is hidden is gone, and so is its key', async () => {
    const { page } = await visit('#hide=runs,act,fresh,whatif,everything')
    await page.getByText(/nothing called "everything" to hide/).waitFor()
    for (const name of ['Runs', 'Act yourself', 'Start a fresh run', /^What if: an action/])
      expect(await page.getByRole('button', { name }).count()).toBe(0)
    await page.keyboard.press('o')
    await page.keyboard.press('a')
    await page.keyboard.press('f')
    await page.keyboard.press('l')
    await addressOf(page, /event=4&hide=fresh,runs,act,whatif$/)
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.getByText(/^Recorded run/).waitFor()
    await page.getByRole('link', { name: 'Compare' }).click()
    await page.getByRole('tab', { name: 'Results' }).waitFor()
    expect(await page.getByRole('button', { name: 'Runs' }).count()).toBe(0)
  })

  test.each([
    ['wide', { viewport: { width: 800, height: 600 } }],
    ['on a phone', { viewport: PHONE }],
  ])('inside another page there is no header, but a way out, %s', async (_name, options) => {
    const { page } = await visit('#embed=1', options)
    expect(await page.getByRole('banner').getByRole('button').count()).toBe(0)
    await page.keyboard.press('l')
    const out = page.getByRole('link', { name: 'Open in RRO Lab' })
    await expect.poll(() => out.getAttribute('href')).toMatch(/event=4$/)
    expect(await violations(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
  })

  test('on a projector there is the task, its path, and what moves it, in large type', async () => {
    const { page } = await visit('#present=1')
    expect(await page.getByRole('banner').getByRole('button').count()).toBe(0)
    for (const name of ['The world', 'Why here']) expect(await page.getByRole('region', { name }).count()).toBe(0)
    const card = page.getByRole('button', { name: /^Step 1, candidate 1/ })
    const large = (await card.boundingBox())?.width ?? 0
    const plain = await visit()
    const usual = (await plain.page.getByRole('button', { name: /^Step 1, candidate 1/ }).boundingBox())?.width ?? 1
    expect(large / usual).toBeGreaterThan(1.3)
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await page.getByRole('button', { name: 'Pause playing' }).click()
    expect(await violations(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
  })
})

test('a link that is reloaded before it has come leads there all the same', async () => {
  const { page } = await visit()
  await page.goto(`${inject('site')}?again#seed=5&tasks=2&rollouts=2`)
  await page.reload()
  await page.getByText(/^Your run, seed 5/).waitFor()
  expect(new URL(page.url()).hash).toContain('seed=5')
})

/** Its run takes far longer to make than anybody waits. */
const LONG = '#seed=4&tasks=100000&rollouts=64&task=90000'

/** Resolves when the page says what the long link is doing: over all, in the place of the task, and in the status line. */
async function making(page: Page): Promise<void> {
  const task = page.getByRole('region', { name: 'Task', exact: true })
  for (const place of [page.getByRole('status'), task, page.locator('footer')])
    await place.getByText(/^Making the run of this link anew: task \d+ of 90000…$/).waitFor()
}

test('a link is given up for what the visitor wishes', async () => {
  const { page } = await arrive(await newVisitor(), LONG)
  await making(page)
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('6')
  await page.getByRole('button', { name: 'Start a fresh run' }).click()
  await page.getByText(/^Your run, seed 6/).waitFor()
  await page.getByText(/^Making the run/).waitFor({ state: 'hidden' })
})

test('a long link gives way to the example, which can be asked for while nothing stands there', async () => {
  const { page, complaints } = await arrive(await newVisitor(), LONG)
  await making(page)
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Back to the example' }).click()
  await page.getByText(/^Recorded run/).waitFor()
  await page.getByText(/^Making the run/).waitFor({ state: 'hidden' })
  await expect.poll(() => page.url()).toMatch(/#seed=141&.*event=\d+$/)
  expect(complaints).toEqual([])
})
