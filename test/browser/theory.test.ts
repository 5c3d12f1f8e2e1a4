/** The theory on a visitor's own task, and two methods side by side: with pointer and keyboard, on a desk and on a phone. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { sideways, violations, WIDE } from './looks.ts'
import { visit } from './visit.ts'

/** Resolves when the lab has answered. */
async function answered(page: Page): Promise<void> {
  await page.getByText(/^\d+ next actions?, [\d,]+ rollouts\.$/).waitFor()
}

/** Axe finds nothing by day and by night, and on a phone nothing sticks out; the page is wide again. */
async function looksWell(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await violations(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 390, height: 800 })
  await expect.poll(() => sideways(page)).toBeLessThanOrEqual(0)
  await page.setViewportSize(WIDE)
}

describe('theory', () => {
  test('takes the step that is selected in Explore, and says whether its value is the mean of what follows', async () => {
    const { page, complaints } = await visit()
    const step = await page
      .getByRole('button', { name: /^Step \d+, candidate/ })
      .and(page.locator('[aria-current="true"]'))
      .textContent()
    const number = Number(/Step (\d+)/.exec(step ?? '')?.[1])
    const task = await page.getByRole('heading', { name: /^Task \d+ of/ }).textContent()
    await page.keyboard.press('2')
    await page.getByRole('tab', { name: 'Theory' }).click()
    await answered(page)
    await page.getByRole('heading', { name: `What may come in step ${number}` }).waitFor()
    expect(await page.getByLabel('Task', { exact: true }).inputValue()).toBe(/Task (\d+)/.exec(task ?? '')?.[1])
    const tower = page.getByRole('region', { name: 'Tower property' })
    const [, mean, value, difference] =
      /= (\S+) ± \S+\s+V = .* = (\S+) ± \S+\s+Σ π\(a\) r\(a\) - V = (\S+)/.exec(
        (await tower.innerText()).replaceAll('−', '-'),
      ) ?? []
    expect(Number(mean) - Number(value)).toBeCloseTo(Number(difference?.replace('+', '')), 2)
    expect(complaints).toEqual([])
  })

  test('opens with an example in which the value before is the mean of what follows, calls no estimate exact, and draws as the closed form has it', async () => {
    const { page } = await visit('#compare&view=theory')
    await answered(page)
    const tower = page.getByRole('region', { name: 'Tower property' })
    await tower.getByText(/^Within the error/).waitFor()
    const words = await page.getByRole('tabpanel').innerText()
    expect(words).not.toMatch(/exact (process )?reward|\(exact\)/i)

    await page.getByRole('button', { name: 'Draw 1,000 times' }).click()
    const row = page.getByRole('row', { name: /^from many rollouts/ })
    await row.getByText('±').waitFor()
    const cells = await row.getByRole('cell').allTextContents()
    const [mean, error] = (cells[2] ?? '').split(' ± ').map(Number)
    expect(Math.abs((mean ?? 0) - Number(cells[1]))).toBeLessThanOrEqual(4 * (error ?? 0) + 0.01)

    await page.getByText('As a table').click()
    await looksWell(page)
  })

  test('one walks on by an action and back by the path, the rule can be turned by keys, and it knows the databases too', async () => {
    const { page, complaints } = await visit('#compare&view=theory')
    await answered(page)
    const actions = page.getByRole('navigation', { name: 'Actions so far' }).getByRole('button')
    const before = await actions.count()
    await page
      .getByRole('table', { name: /all next actions/ })
      .getByRole('button')
      .first()
      .click()
    await page.getByRole('heading', { name: `What may come in step ${before + 1}` }).waitFor()
    expect(await actions.count()).toBe(before + 1)
    await actions.first().click()
    await page.getByRole('heading', { name: 'What may come in step 1' }).waitFor()
    await answered(page)

    await page.getByRole('slider', { name: /^K, most candidates/ }).focus()
    await page.keyboard.press('Home')
    await page
      .getByRole('region', { name: 'Candidates', exact: true })
      .getByText(/\^1\) \/ .* = 1\.00$/)
      .first()
      .waitFor()
    await page.getByRole('combobox', { name: 'Bar', exact: true }).selectOption('zero')
    await page.getByText(/^p = P\(r ≥ 0\.000\)/).waitFor()
    await page.getByRole('slider', { name: /^m, rollouts/ }).focus()
    await page.keyboard.press('End')
    await page.getByText(/^bias\(64\)/).waitFor()

    await page.getByRole('tabpanel').getByLabel('Environment').selectOption('intercode-sql')
    await page
      .getByRole('table', { name: /all next actions/ })
      .getByText('SHOW TABLES')
      .first()
      .waitFor()
    expect(complaints).toEqual([])
  })
})

describe('two runs side by side', () => {
  test('have one playhead by budget spent: at its start neither has spent anything, at its end both are done', async () => {
    const { page, complaints } = await visit('#compare&view=duel')
    const clock = page.getByRole('slider', { name: 'Policy calls spent' })
    await page
      .getByText(/^done after/)
      .nth(1)
      .waitFor()
    const paths = page.getByRole('region', { name: /^[AB]: / })
    expect(await paths.count()).toBe(2)
    const total = Number(await clock.getAttribute('max'))
    const spent = async () =>
      (
        await page
          .getByRole('table', { name: /^What both have/ })
          .getByRole('row')
          .allInnerTexts()
      )
        .slice(1)
        .map((row) => Number(row.split('\t')[5]))
    expect(Math.max(...(await spent()))).toBe(total)
    await looksWell(page)

    await page.getByRole('tabpanel').click({ position: { x: 2, y: 2 } })
    await page.keyboard.press('Home')
    await page.getByText(`0 of ${total} policy calls`).waitFor()
    expect(await spent()).toEqual([0, 0])
    await page.keyboard.press('ArrowRight')
    await page.getByText(`1 of ${total} policy calls`).waitFor()
    await clock.fill(String(Math.floor(total / 2)))
    expect(Math.max(...(await spent()))).toBeLessThanOrEqual(total / 2)
    await page.getByRole('button', { name: 'Play both' }).click()
    await page.getByRole('button', { name: 'Pause playing' }).click()
    expect(complaints).toEqual([])
  })

  test('follow the choice of methods and task', async () => {
    const { page, complaints } = await visit('#compare&view=duel&environment=intercode-sql')
    await page
      .getByText(/^done after/)
      .nth(1)
      .waitFor()
    await page.getByLabel('A, method').selectOption({ label: 'Fixed-size, m 1, k 3' })
    await page
      .getByRole('region', { name: 'A: Fixed-size, m 1, k 3' })
      .getByRole('button', { name: /^Step 1, candidate 3/ })
      .waitFor()
    const question = await page.locator('.duel .instruction').textContent()
    await page.getByRole('button', { name: 'Next task' }).click()
    await page.waitForFunction(
      (before) => document.querySelector('.duel .instruction')?.textContent !== before,
      question,
    )
    expect(complaints).toEqual([])
  })
})
