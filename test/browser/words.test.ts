/** Words that are explained where they stand: by keyboard, pointer and touch, in the page and in its dialogs. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { GLOSSARY } from '../../src/ui/words/glossary.ts'
import { PHONE, sideways, violations } from './looks.ts'
import { visit } from './visit.ts'

const meaning = (page: Page) => page.locator('#word-meaning')
const inspector = (page: Page) => page.getByRole('region', { name: 'Why here' })

async function atCandidate(page: Page): Promise<void> {
  await page.keyboard.press('.')
  await inspector(page)
    .getByRole('heading', { name: /^Step 1, candidate/ })
    .waitFor()
}

test('on focus and under the pointer a word is explained, moves nothing, and goes again', async () => {
  const { page, complaints } = await visit()
  await atCandidate(page)
  const word = inspector(page).getByRole('button', { name: 'Bar', exact: true })
  const place = await word.boundingBox()
  await word.focus()
  await meaning(page).getByText(GLOSSARY.bar.means).waitFor()
  expect(await word.evaluate((element) => element.getAttribute('aria-describedby'))).toBe('word-meaning')
  expect(await word.boundingBox()).toEqual(place)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await meaning(page).waitFor({ state: 'hidden' })
  expect(await word.evaluate((element) => element.getAttribute('aria-describedby'))).toBe(null)

  const other = inspector(page).getByRole('button', { name: 'Process reward', exact: true })
  await other.hover()
  await meaning(page).getByText(GLOSSARY['process reward'].means).waitFor()
  await meaning(page).getByRole('link').hover() // it stays while the pointer is on it
  await meaning(page).getByText(GLOSSARY['process reward'].means).waitFor()
  expect(await meaning(page).getByRole('link').getAttribute('href')).toBe(GLOSSARY['process reward'].source.address)
  await page.getByRole('heading', { name: 'RRO Lab' }).hover()
  await meaning(page).waitFor({ state: 'hidden' })
  expect(complaints).toEqual([])
})

test('a touch explains, a touch elsewhere shuts it, on a phone', async () => {
  const { page } = await visit('', { viewport: PHONE, hasTouch: true })
  await atCandidate(page)
  const word = page.getByRole('button', { name: 'rising', exact: true })
  await word.tap()
  await meaning(page).getByText(GLOSSARY.rise.means).waitFor()
  const { x, width } = (await meaning(page).boundingBox()) ?? { x: -1, width: 0 }
  expect(x).toBeGreaterThanOrEqual(0)
  expect(x + width).toBeLessThanOrEqual(PHONE.width)
  expect(await sideways(page)).toBeLessThanOrEqual(0)
  await page.getByRole('heading', { name: 'RRO Lab' }).tap()
  await meaning(page).waitFor({ state: 'hidden' })
})

test('in a dialog Escape shuts the meaning first, and then the dialog; the help has them all, and leads to the paper', async () => {
  const { page } = await visit()
  await page.keyboard.press('s')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'K', exact: true }).focus()
  await meaning(page).getByText(GLOSSARY.K.means).waitFor()
  await page.keyboard.press('Escape')
  await meaning(page).waitFor({ state: 'hidden' })
  expect(await dialog.isVisible()).toBe(true)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })

  await page.keyboard.press('?')
  expect(await dialog.getByRole('link', { name: /arXiv 2505\.20737/ }).getAttribute('href')).toBe(
    'https://arxiv.org/abs/2505.20737',
  )
  await dialog.getByText('The words, each explained').click()
  for (const [term, { means }] of Object.entries(GLOSSARY))
    await dialog
      .getByText(means, { exact: false })
      .first()
      .waitFor({ timeout: 5000 })
      .catch(() => expect.fail(term))
  expect(await violations(page)).toEqual([])
})

test('six settings stand first, the others are folded unless one of them is changed', async () => {
  const { page } = await visit()
  const dialog = page.getByRole('dialog')
  await page.keyboard.press('s')
  await dialog.getByRole('heading', { name: 'Settings of the next run' }).waitFor()
  expect(await dialog.locator('label:visible').allTextContents()).toEqual([
    ...['Environment', 'Method', 'Rollouts m', 'Candidates K', 'Rise rule', 'Seed'],
  ])
  expect(await dialog.getByText(/a default is ours unless/).count()).toBe(1)
  expect(await dialog.getByText(/our default/).count()).toBe(0)
  await dialog.getByText('13 more settings').click()
  await dialog.getByLabel('Temperature').fill('2')
  await dialog.getByLabel('Temperature').press('Tab')
  await dialog.getByText('13 more settings, 1 changed').waitFor()
  const [site] = page.url().split('#')
  await page.goto('about:blank') // else it would begin to make that run here
  await page.goto(`${site}#margin=0.1`)
  await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined)
  await page.keyboard.press('s')
  await dialog.getByLabel('Margin').waitFor()
})

test('where InterCode-SQL says MySQL, it says what computes', async () => {
  const { page } = await visit('#environment=intercode-sql')
  await page.getByRole('region', { name: 'The world' }).getByRole('button', { name: 'MySQL', exact: true }).focus()
  await meaning(page).getByText(GLOSSARY.MySQL.means).waitFor()
  await page.getByText('Data:', { exact: true }).click()
  await page.getByText('Statements are read as MySQL, and computed by SQLite.').waitFor()
})
