/** An agent's life on the page: trained on a run, used, sent away as a file, deleted, taken back, still there after a reload. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { PHONE, violations } from './looks.ts'
import { drop, exported, runToTheEnd, standing, startFresh, textOf, visit } from './visit.ts'

const HASH = '#seed=4&tasks=6&model=weak&method=fixed-size'

function header(run: string) {
  return JSON.parse(run.split('\n')[0] ?? '') as {
    config: { model: string }
    agent: { name: string; fingerprint: string; parameters?: number[] }
  }
}

async function openAgents(page: Page) {
  await page.getByRole('button', { name: /^Agent/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Agents' })
  await dialog.getByText('Mean dev reward').nth(2).waitFor()
  return dialog
}

async function closeDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}

test('an agent is trained on a run, used, exported, deleted, imported, and there after a reload', async () => {
  const { page, complaints } = await visit(HASH)
  await startFresh(page)
  await runToTheEnd(page, 6)
  const dialog = await openAgents(page)
  await dialog.getByRole('button', { name: 'Train on this run' }).waitFor()
  await dialog.getByLabel('Name of the new agent').first().fill('My first')
  await dialog.getByRole('button', { name: 'Train on this run' }).click()
  await dialog.getByText(/^My first: (Better|Worse|No clear change)/).waitFor()
  await dialog
    .getByRole('cell', { name: /^[+−]\d\.\d\d ± \d\.\d\d$/ })
    .first()
    .waitFor()
  await dialog.getByRole('button', { name: 'Use it for the next run' }).click()
  await dialog.getByText('chosen for the next run').waitFor()
  await closeDialog(page)
  await page.getByRole('button', { name: 'Agent: My first' }).waitFor()

  await startFresh(page)
  await runToTheEnd(page, 6)
  const run = await exported(page, 'run')
  const { config, agent } = header(run)
  expect(agent).toMatchObject({ name: 'My first', fingerprint: config.model })
  expect(agent.parameters).toHaveLength(40)
  await expect.poll(() => new URL(page.url()).hash).toContain(`model=${config.model}`)

  await openAgents(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export My first' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('my-first.agent.json')
  const file = await textOf(download)
  await dialog.getByRole('button', { name: 'Delete My first…' }).click()
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await dialog.getByRole('heading', { name: /My first/ }).waitFor({ state: 'detached' })
  await dialog.getByRole('heading', { name: /^Embedded agent \(log-linear\) chosen/ }).waitFor()

  await drop(page, [{ name: 'renamed by someone.json', text: file.replace('{', '[') }])
  await page
    .getByRole('alert')
    .getByText(/is not an agent’s file/)
    .waitFor()
  await drop(page, [{ name: download.suggestedFilename(), text: file }])
  await dialog.getByRole('button', { name: 'Rename My first' }).click()
  await dialog.getByLabel('Name of the agent').fill('Taken back')
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Choose Taken back' }).click()
  await closeDialog(page)

  await page.reload()
  await standing(page)
  await page.getByRole('button', { name: 'Agent: Taken back' }).waitFor()
  await startFresh(page)
  await runToTheEnd(page, 6)
  const again = await exported(page, 'run')
  expect(header(again)).toEqual({ ...header(run), agent: { ...agent, name: 'Taken back' } })
  expect(again.split('\n').slice(1)).toEqual(run.split('\n').slice(1))
  expect(complaints).toEqual([])
})

test('the file of a run whose agent was trained elsewhere goes on in another browser', async () => {
  const first = await visit('#seed=6&tasks=4&model=weak')
  await openAgents(first.page)
  const dialog = first.page.getByRole('dialog', { name: 'Agents' })
  await dialog.getByLabel('Demonstrations').fill('40')
  await dialog.getByLabel('Demonstrations').blur()
  await dialog.getByRole('button', { name: 'Retrain by SFT' }).click()
  await dialog.getByRole('button', { name: 'Use it for the next run' }).click()
  await closeDialog(first.page)
  await startFresh(first.page)
  await first.page.keyboard.press('n')
  await first.page.keyboard.press('n')
  await first.page.getByRole('heading', { name: /^Task 2 of/ }).waitFor()
  const part = await exported(first.page, 'run')
  await runToTheEnd(first.page, 4)
  const whole = await exported(first.page, 'run')

  const link = `#${new URL(first.page.url()).hash.slice(1)}`
  const { page } = await visit(link)
  await startFresh(page)
  await page
    .getByRole('alert')
    .getByText(/is not kept in this browser\. Import its file/)
    .waitFor()
  await drop(page, [{ name: 'theirs.jsonl', text: part }])
  await page.getByText(/^Imported run, seed 6/).waitFor()
  await page.getByRole('button', { name: 'Run all' }).click()
  await page.getByText(/^Imported run, seed 6: 4 of 4/).waitFor()
  expect(await exported(page, 'run')).toBe(whole)
})

test('the settings offer the agents by name, and another environment begins with the shipped one', async () => {
  const { page } = await visit('#model=weak')
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const choice = page.getByLabel('Which agent')
  await choice.waitFor()
  expect(await choice.locator('option').allTextContents()).toEqual(['shipped', 'weak start', 'sharp start'])
  await choice.selectOption('sharp start')
  await expect.poll(() => new URL(page.url()).hash).toBe('#model=sharp')
  await page.getByRole('button', { name: 'Agents…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Agents' })
  const shipped = await readFile(new URL('../../public/data/webshop/policy.json', import.meta.url), 'utf8')
  const own = JSON.parse(shipped) as { weights: number[] }
  const text = JSON.stringify({ ...own, name: 'Half', weights: own.weights.map((weight) => weight / 2) })
  const input = dialog.getByLabel('Import an agent (.json, .zip)')
  await input.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await dialog.getByRole('button', { name: 'Choose Half' }).click()
  await closeDialog(page)
  await page.getByRole('button', { name: 'Agent: Half' }).waitFor()
  await page.getByLabel('Environment').first().selectOption('intercode-sql')
  await page.getByRole('button', { name: 'Agent: shipped' }).waitFor()
})

test('on a phone axe finds nothing in the dialog by day and by night, and nothing sticks out', async () => {
  const { page } = await visit('#model=sharp', { viewport: PHONE })
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole('button', { name: 'Agents…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Agents' })
  await dialog.getByText('chosen for the next run').waitFor()
  await dialog.getByLabel('Demonstrations').fill('20')
  await page.keyboard.press('Tab')
  await dialog.getByRole('button', { name: 'Retrain by SFT' }).press('Enter')
  await dialog.getByRole('button', { name: 'Use it for the next run' }).waitFor()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await violations(page), colorScheme).toEqual([])
  }
  const sideways = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)
  expect(sideways).toBeLessThanOrEqual(0)
})
