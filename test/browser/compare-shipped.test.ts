/** What Compare opens with: a comparison that ships with the page, and pictures that can be read. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { PHONE, sideways } from './looks.ts'
import { visit } from './visit.ts'

/** Where the text of each label at the end of a line is, top and bottom, in the order of the picture. */
function labels(page: Page): Promise<{ text: string; top: number; bottom: number; right: number }[]> {
  return page
    .getByRole('img', { name: 'Mean test reward' })
    .locator('g[data-arm] > text')
    .evaluateAll((texts) =>
      texts.map((text) => {
        const { top, bottom, right } = text.getBoundingClientRect()
        return { text: text.textContent ?? '', top, bottom, right }
      }),
    )
}

/** Pixels from each label to the one below it. */
function gaps(found: readonly { readonly top: number }[]): readonly number[] {
  const tops = found.map(({ top }) => top).toSorted((a, b) => a - b)
  return tops.slice(1).map((top, above) => top - (tops[above] ?? 0))
}

test('a whole comparison stands there on opening, says when it was made, and opens the runs behind its numbers', async () => {
  const { page, complaints } = await visit('#compare')
  await page.getByText(/^Recorded on \d+ \w+ 20\d\d/).waitFor()
  await page.getByRole('heading', { name: 'What it says' }).waitFor()
  await page
    .getByText(/too close to tell from it|ahead of all others/)
    .first()
    .waitFor()
  await page.getByText(/Explore begins with/).waitFor()
  await page.getByText(/^Recorded on/).click()
  await page.getByText('npm run experiments -- --study page').waitFor()
  expect(await page.getByRole('button', { name: 'Remove RRO (paper), m 1' }).count()).toBe(1)

  await page.getByRole('heading', { name: /^How often is the reward full/ }).click()
  const table = page.getByRole('table', { name: /^Test reward and success, sampled/ })
  await table
    .getByRole('row', { name: /Recycled/ })
    .getByRole('button')
    .first()
    .click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Open in Explore/ })
    .first()
    .click()
  await page.getByRole('heading', { name: /^Task 1 of/ }).waitFor()
  await page.goBack()
  await page.getByText(/^Recorded on/).waitFor()

  // Other settings are not the recorded ones; going back to them is.
  await page.getByRole('textbox', { name: 'Seeds' }).fill('3')
  await page.getByRole('textbox', { name: 'Seeds' }).press('Tab')
  await page.getByText(/^The settings were changed since/).waitFor()
  await page.getByRole('button', { name: 'Back to its settings' }).click()
  await page.getByRole('button', { name: /^Run it here/ }).waitFor()
  expect(complaints).toEqual([])
})

test('nine lines can be told apart: labels at their ends, one lit up by pointer, focus or press, a picture each', async () => {
  const { page, complaints } = await visit('#compare')
  const picture = page.getByRole('img', { name: 'Mean test reward', exact: true })
  await picture.waitFor()
  for (const viewport of [{ width: 1366, height: 768 }, PHONE]) {
    await page.setViewportSize(viewport)
    await expect.poll(async () => (await picture.boundingBox())?.width ?? 9999).toBeLessThan(viewport.width)
    // Until it is drawn anew for its new width, all of it is only made smaller.
    await expect.poll(async () => Math.min(...gaps(await labels(page)))).toBeGreaterThan(10)
    const found = await labels(page)
    expect(found.map(({ text }) => text).toSorted()).toEqual([
      'ETO',
      'Fixed k 2',
      'Fixed k 3',
      'Fixed k 5',
      'IPR',
      'Ours',
      'RRO',
      'SFT',
      'UCT',
    ])
    for (const { right } of found) expect(right).toBeLessThanOrEqual(viewport.width)
    await picture.getByText('budget, policy calls (log scale)').waitFor()
    expect(await sideways(page)).toBeLessThanOrEqual(0)
  }
  await page.setViewportSize({ width: 1366, height: 768 })

  // Points sit on their ticks: how far each of ours is from the nearest one.
  const off = (): Promise<number[]> =>
    picture.evaluate((svg) => {
      const middle = (shape: Element): number => {
        const { left, right } = shape.getBoundingClientRect()
        return (left + right) / 2
      }
      const ticks = [...svg.querySelectorAll('path[d^="M0,0L0,"]')].map(middle)
      const points = [...svg.querySelectorAll('g[data-arm="8"] path[transform]')].map(middle)
      return points.map((point) => Math.min(...ticks.map((tick) => Math.abs(tick - point))))
    })
  await expect.poll(async () => (await off()).map((pixels) => pixels < 1)).toEqual([true, true, true])

  const faint = (arm: string): Promise<string> =>
    picture
      .locator(`g[data-arm="${arm}"]`)
      .first()
      .evaluate((mark) => getComputedStyle(mark).opacity)
  const ours = page.getByRole('button', { name: 'Recycled RRO (ours)', exact: true })
  await ours.focus()
  await expect.poll(() => faint('1')).toBe('0.14')
  await expect.poll(() => faint('8')).toBe('1') // a picture that is just drawn anew has no colours yet
  await ours.blur()
  await expect.poll(() => faint('1')).toBe('1')
  await ours.click()
  await page.mouse.move(2, 2)
  await expect.poll(() => faint('1')).toBe('0.14')
  expect(await ours.getAttribute('aria-pressed')).toBe('true')

  await page.getByRole('button', { name: 'Apart by method: Mean test reward' }).click()
  await page.getByRole('img', { name: 'Mean test reward: Recycled RRO (ours)' }).waitFor()
  expect(await page.getByRole('img', { name: /^Mean test reward: / }).count()).toBe(9)
  await page.getByRole('button', { name: 'Apart by method: Mean test reward' }).click()
  await page.getByRole('button', { name: 'Closer look at Mean test reward' }).click()
  await picture.getByText('ETO ↓').waitFor()
  expect(complaints).toEqual([])
})

test('the share of rising steps, which falls here where the paper’s rises, is explained; the recorded comparison gives way to that of the other environment', async () => {
  const { page, complaints } = await visit('#compare')
  await page.getByText(/^Recorded on .*: WebShop/).waitFor()
  await page.getByRole('heading', { name: 'Do more steps rise after training?' }).click()
  await page.getByText(/from 40\.87 % to 45\.29 %.* Here it falls, for all \d methods that learnt/).waitFor()
  await page.getByText(/there is little left to rise by/).waitFor()
  await page.getByRole('combobox', { name: 'Environment' }).selectOption('InterCode-SQL')
  await page.getByText(/^Recorded on .*: InterCode-SQL/).waitFor()
  expect(await page.getByText(/^The settings were changed since/).count()).toBe(0)
  expect(complaints).toEqual([])
})

test('what is wrong with what was typed is said beside its field, and none of it is dropped without a word', async () => {
  const { page } = await visit('#compare')
  const budgets = page.getByLabel('Budgets, policy calls')
  await budgets.fill('200, abc, 7, 400')
  // Whatever is drawn anew meanwhile: the time promised, a comparison that arrives.
  await page
    .locator('rro-comparison-form')
    .evaluate((form: HTMLElement & { requestUpdate(): void; updateComplete: Promise<unknown> }) => {
      form.requestUpdate()
      return form.updateComplete
    })
  expect(await budgets.inputValue()).toBe('200, abc, 7, 400')
  await budgets.press('Tab')
  await page.getByText('"abc" is not a whole number; it was left out.').waitFor()
  await page.getByText('7 is less than 100; it was left out.').waitFor()
  await page.getByText('Used: 200, 400.').waitFor()
  expect([await budgets.inputValue(), await budgets.getAttribute('aria-invalid')]).toEqual(['200, abc, 7, 400', 'true'])
  await budgets.fill('200, 400')
  await budgets.press('Tab')
  await expect.poll(() => budgets.getAttribute('aria-invalid')).toBe('false')
  const seeds = page.getByRole('textbox', { name: 'Seeds' })
  await seeds.fill('many')
  await seeds.press('Tab')
  await page.getByText('Seeds: "many" is not a number. Using 10.').waitFor()
})
