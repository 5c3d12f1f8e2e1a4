/** Cells that several policies explored: their rounds and updates open as runs, and what came of each can be kept; by keys alone. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { holdStore } from './held-store.ts'
import { SCREENS, sideways, violationsDayAndNight } from './looks.ts'
import { visit } from './visit.ts'

const ROUNDS =
  '#compare&environment=webshop&start=weak&arms=sft;rro:rollouts=1;rloo:startRollouts=3:batch=1&budgets=600&seeds=1&rounds=3&episodes=1&epochs=5'

async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Run (3 cells: about|these settings)/ }).click()
  await page.getByText('Finished: 3 of 3 cells').waitFor()
  await page.getByRole('heading', { name: /^Does it get better round by round/ }).click()
}

/** The cells behind the first number of a method. */
async function behind(page: Page, method: RegExp): Promise<void> {
  const table = page.getByRole('table', { name: /after each round/ })
  await table.getByRole('row', { name: method }).getByRole('button').first().press('Enter')
  await page.getByRole('dialog').waitFor()
}

test('a cell of three rounds opens round by round, and keeps what came of each', async () => {
  const { page, complaints } = await visit(ROUNDS)
  await run(page)
  await behind(page, /^RRO/)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^Round by round.*RRO/ }).press('Enter')
  await dialog.getByText(/^Each round explored with the policy of the round before.*to the digit\.$/).waitFor()
  const parts = dialog.getByRole('table', { name: /part by part$/ })
  expect((await parts.getByRole('rowheader').allTextContents()).map((name) => name.trim())).toEqual([
    'Round 1',
    'Round 2',
    'Round 3',
  ])
  for (const [name, { viewport }] of SCREENS) {
    await page.setViewportSize(viewport)
    expect(await violationsDayAndNight(page), name).toEqual([])
    expect(await sideways(page), name).toBeLessThanOrEqual(0)
  }

  // Back comes to the cells, at the button where it was asked: as soon as it can be used, which is when the policy is kept.
  const release = await holdStore(page, 'agents')
  await dialog.getByRole('button', { name: /^Keep.*after Round 2$/ }).press('Enter')
  await dialog.getByRole('button', { name: /^Back/ }).press('Enter')
  await dialog.getByRole('table', { name: /^Each cell/ }).waitFor()
  await release()
  await dialog.getByText(/^Kept "RRO \(paper\), m 1, seed 1, 600 calls, after round 2"/).waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toMatch(/^Round by round/)
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: /^Open in Explore.*Round 2$/ }).press('Enter')
  await page.getByRole('heading', { name: /^Task 1 of/ }).waitFor()
  expect(await page.getByRole('link', { name: 'Explore' }).getAttribute('aria-current')).toBe('page')
  expect(complaints).toEqual([])
})

test('a policy gradient opens update by update; what explores nothing says so', async () => {
  const { page, complaints } = await visit(ROUNDS.replace('&rounds=3', '').replace('budgets=600', 'budgets=900'))
  await run(page)
  const scores = page.getByRole('table', { name: /^Test reward, sampled, after each round/ })
  await scores.getByRole('row', { name: /^SFT/ }).getByRole('button').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('explores nothing').waitFor()
  await page.keyboard.press('Escape')
  await behind(page, /^RLOO/)
  await dialog.getByRole('button', { name: /^Update by update.*RLOO/ }).press('Enter')
  await dialog.getByText(/^It explored in \d+ parts, each with the policy of the update before/).waitFor()
  const headers = dialog.getByRole('rowheader')
  expect(await headers.count()).toBe(10)
  await dialog.getByRole('button', { name: 'Later' }).press('Enter')
  await expect.poll(() => headers.first().textContent()).toContain('Update 11')
  await dialog.getByRole('textbox', { name: 'From part' }).fill('4')
  await dialog.getByRole('textbox', { name: 'From part' }).press('Enter')
  await expect.poll(() => headers.first().textContent()).toContain('Update 4')
  await dialog.getByRole('textbox', { name: 'From part' }).fill('nowhere')
  await dialog.getByRole('textbox', { name: 'From part' }).press('Tab')
  await expect.poll(() => headers.first().textContent()).toContain('Update 1')
  await dialog.getByRole('button', { name: /^Open in Explore.*Update 2$/ }).press('Enter')
  await page.getByRole('heading', { name: /^Task 1 of 1/ }).waitFor()
  expect(complaints).toEqual([])
})
