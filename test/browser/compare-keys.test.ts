/** Compare by keys alone: whatever is pressed and goes away, the focus stays with what comes next. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { visit } from './visit.ts'

const LONG =
  '#compare&environment=webshop&start=weak&arms=sft;fixed-size:candidates=2;rro:rollouts=1&budgets=200,300000&seeds=40&episodes=1&epochs=5'

/** Focuses a button and presses it. @returns the name of what has the focus then */
async function press(page: Page, name: RegExp): Promise<() => Promise<string>> {
  await page.getByRole('button', { name }).first().focus()
  await page.keyboard.press('Enter')
  return () =>
    page.evaluate(() => {
      const at = document.activeElement
      return at === document.body ? 'nothing' : (at?.getAttribute('aria-label') ?? at?.textContent ?? '').trim()
    })
}

test('it is run, paused, resumed, stopped and deleted, and methods are removed, without losing the place', async () => {
  const { page } = await visit(LONG)
  const then = async (name: RegExp, next: RegExp) => expect.poll(await press(page, name)).toMatch(next)
  await then(/^Remove RRO/, /^Remove Fixed-size/)
  await then(/^Run 160 cells/, /^Pause$/)
  await then(/^Pause$/, /^Resume$/)
  await then(/^Resume$/, /^Pause$/)
  await then(/^Stop$/, /^Run again$/)
  await page.getByText('Earlier comparisons (1)').click()
  await then(/^Delete/, /^Keep$/)
  await then(/^Keep$/, /^Delete/)
  await then(/^Delete/, /^Keep$/)
  await then(/^Delete for good$/, /^Earlier comparisons \(0\)$/)
})

test('side by side, the ends of tasks and events hand the focus on', async () => {
  const { page } = await visit('#compare&view=duel')
  const then = async (name: RegExp, next: RegExp) => expect.poll(await press(page, name)).toMatch(next)
  await page.getByRole('button', { name: 'Back one event' }).and(page.locator(':enabled')).waitFor()
  await then(/^Next task$/, /^Next task$/)
  await then(/^Previous task$/, /^Next task$/)
  await then(/^Back one event$/, /^Back one event$/)
  await then(/^Forward one event$/, /^Play both$/)
})

test('what is kept of a cell leaves the focus where it was', async () => {
  const { page } = await visit('#compare')
  await page.getByRole('heading', { name: 'What it says' }).waitFor()
  await page.getByRole('heading', { name: /^How often is the reward full/ }).click()
  const scores = page.getByRole('table', { name: /^Test reward and success, sampled/ })
  await scores
    .getByRole('row', { name: /Recycled/ })
    .getByRole('button')
    .first()
    .press('Enter')
  await page.getByRole('dialog').waitFor()
  const named = await press(page, /^Keep.*the policy/)
  await page
    .getByRole('dialog')
    .getByText(/^Kept "/)
    .waitFor()
  await expect.poll(named).toMatch(/^Keep/)
})
