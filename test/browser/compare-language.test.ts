/** Language models in Compare: chosen in the settings, compared at tokens, broken off and taken up again. */
import { expect, test } from 'vitest'
import { SCREENS, sideways, violationsDayAndNight } from './looks.ts'
import { visit } from './visit.ts'

/** The tiny one in SQL, where there are fewer and shorter tasks to be judged on than in the shop. */
const TINY =
  '#compare&environment=intercode-sql&policy=transformer&start=tiny&arms=rro-recycled:rollouts=2:candidates=2:startRollouts=3;rloo:startRollouts=3:batch=1;fixed-size:rollouts=1:candidates=2&budgets=3000&seeds=2'

test('the agent is chosen in the settings, which become its own, and back', async () => {
  const { page, complaints } = await visit('#compare')
  await page.getByRole('combobox', { name: 'Agent' }).selectOption('Language model (ours)')
  expect(await page.getByLabel('Budgets, tokens').inputValue()).toBe('50000, 100000, 200000')
  expect(await page.getByRole('textbox', { name: 'Seeds' }).inputValue()).toBe('5')
  expect(await page.getByLabel('Start policy').count()).toBe(0)
  expect(await page.getByRole('textbox', { name: 'Rounds' }).count()).toBe(0)
  await page.getByText('More: judging, training').click()
  expect(await page.getByLabel('Learning rate').first().inputValue()).toBe('0.00005')
  expect(new URL(page.url()).hash).toContain('policy=transformer')
  await page.getByRole('combobox', { name: 'Model' }).selectOption('tiny language model')
  await expect.poll(() => new URL(page.url()).hash).toContain('start=tiny')
  await page.getByRole('button', { name: 'Edit RLOO' }).click()
  await page.getByPlaceholder('0.0003').waitFor()
  await page.getByRole('combobox', { name: 'Agent' }).selectOption('Log-linear')
  await page.getByLabel('Budgets, policy calls').waitFor()
  expect(new URL(page.url()).hash).not.toContain('policy')
  expect(complaints).toEqual([])
})

test('it is compared at equal tokens, goes on after a reload, and opens the run behind a number', async () => {
  const { page, complaints } = await visit(TINY)
  await page.getByRole('button', { name: /^Run (6 cells: about|these settings)/ }).click()
  await page
    .getByText(/[1-4] of 6 cells/)
    .first()
    .waitFor({ timeout: 240_000 })
  await page.reload()
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByText('Finished: 6 of 6 cells').waitFor({ timeout: 240_000 })
  await page.getByRole('heading', { name: 'Which method learns most from the same tokens?' }).waitFor()
  await page.getByRole('heading', { name: /^How often is the reward full/ }).click()
  for (const [name, { viewport }] of SCREENS) {
    await page.setViewportSize(viewport)
    expect(await violationsDayAndNight(page), name).toEqual([])
    expect(await sideways(page), name).toBeLessThanOrEqual(0)
  }
  const scores = page.getByRole('table', { name: /^Test reward and success, sampled, by budget of tokens/ })
  await scores.getByRole('row', { name: /^RLOO/ }).getByRole('button').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('by a policy an update').first().waitFor()
  await page.keyboard.press('Escape')
  await scores
    .getByRole('row', { name: /^Recycled|^Ours/ })
    .getByRole('button')
    .first()
    .click()
  const cells = dialog.getByRole('table')
  const heads = await cells.getByRole('columnheader').allTextContents()
  const row = await cells.locator('tbody tr').first().locator('th, td').allTextContents()
  const at = (name: string) => Number(row[heads.indexOf(name)]?.replaceAll(',', ''))
  expect(at('Tokens explored')).toBeGreaterThan(0)
  expect(at('Tokens explored') + at('trained on')).toBeLessThanOrEqual(3000)
  await dialog
    .getByRole('button', { name: /^Open in Explore/ })
    .first()
    .click()
  await page.getByRole('heading', { name: /^Task 1 of/ }).waitFor()
  expect(complaints).toEqual([])
})
