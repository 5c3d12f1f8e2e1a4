/** A data set from two runs, in a real browser: looked at, written, equal to the command's. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { unwrap } from '../../src/core/failure.ts'
import { readArguments } from '../../src/node/dataset/arguments.ts'
import { writeDataset } from '../../src/node/dataset/write-dataset.ts'
import { SCREENS, sideways, violationsDayAndNight } from './looks.ts'
import { exported, textOf, visit } from './visit.ts'

/** The recorded runs, each as its file. */
async function exportedRuns(page: Page): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rro-built-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await page.getByRole('button', { name: 'Runs' }).click()
  const dialog = page.getByRole('dialog')
  const buttons = dialog.getByRole('button', { name: 'Export run' })
  const files: string[] = []
  for (let i = 0; i < 2; i++) {
    const [download] = await Promise.all([page.waitForEvent('download'), buttons.nth(i).click()])
    files.push(join(folder, `${i}.jsonl`))
    await writeFile(files[i] ?? '', await textOf(download))
  }
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  return files
}

test('a data set of two runs is looked at, filtered, written, and equal to the command’s', async () => {
  const { page, complaints } = await visit('#data&part=build')
  const builder = page.locator('rro-dataset-builder')
  const count = builder.locator('.count')
  await expect.poll(() => count.textContent()).toMatch(/^\d+ rows of \d+ tasks$/)
  await builder.getByRole('button', { name: 'All', exact: true }).click()
  await builder.getByLabel('Rewards differ by less than').fill('0.1')
  await builder.getByLabel('Rewards differ by less than').press('Enter')
  await builder.getByLabel('Kept apart for tests').selectOption('0.3')
  await builder.getByLabel('Instructions (system prompt)').selectOption('first-user-message')
  await expect.poll(() => count.textContent()).toMatch(/: \d+ to learn from, \d+ kept apart$/)
  await builder.locator('.outlook[aria-busy="false"]').waitFor()
  expect(await builder.locator('.notes').textContent()).toMatch(/differ by less left out/)
  const words = (await builder.locator('details.command pre').textContent()) ?? ''
  const shown = await builder.locator('.first pre').first().textContent()

  const write = builder.getByRole('button', { name: /^Write \d+ rows$/ })
  const [first] = await Promise.all([page.waitForEvent('download'), write.click()])
  const save = builder.getByRole('button', { name: 'Save trl-dpo.test.jsonl' })
  const [second] = await Promise.all([page.waitForEvent('download'), save.click()])
  expect([first, second].map((download) => download.suggestedFilename())).toEqual([
    ...['trl-dpo.train.jsonl', 'trl-dpo.test.jsonl'],
  ])

  const [shop = '', sql = ''] = await exportedRuns(page)
  const flags = words
    .replace(/^npm run dataset -- /, '')
    .replace('run-1.jsonl', shop)
    .replace('run-2.jsonl', sql)
    .split(' ')
  const out = join(shop, '..', 'out')
  const options = unwrap(readArguments([...flags, '--out', out])) ?? expect.fail()
  const command = unwrap(await writeDataset(options))
  const texts = await Promise.all([first, second].map(textOf))
  expect(texts).toEqual(await Promise.all(command.files.map(({ path }) => readFile(path, 'utf8'))))
  expect(`${texts[0]}\n${texts[1]}`).toContain(`${shown}\n`)
  expect(complaints).toEqual([])
})

test('Export leads there, with the open run chosen; where there is nothing to write, that is said', async () => {
  const { page } = await visit()
  await exported(page, 'pairs')
  await page.getByText('Export', { exact: true }).click()
  await page.getByRole('link', { name: 'More formats…' }).click()
  const builder = page.locator('rro-dataset-builder')
  await builder.getByRole('button', { name: /^Write \d+ rows$/ }).waitFor()
  expect(await builder.getByRole('checkbox', { checked: true }).first().isChecked()).toBe(true)
  await builder.getByLabel('Rewards differ by less than').fill('3')
  await builder.getByLabel('Rewards differ by less than').press('Enter')
  await expect.poll(() => builder.locator('.count').textContent()).toMatch(/^These runs give no rows: .*differ by less/)
  expect(await builder.getByRole('button', { name: 'Write' }).isDisabled()).toBe(true)
  await builder.getByRole('button', { name: 'None', exact: true }).click()
  await builder.getByText('Choose a run to see what would be written.').waitFor()
})

test('a name of one long word is broken, so that the list of runs goes no way but down', async () => {
  const { page } = await visit('#tasks=1&rollouts=1&candidates=2&seed=5')
  await page.getByText(/^Your run, seed 5: 1 of 1 task/).waitFor()
  await page.keyboard.press('4')
  await page.locator('rro-run-rows .name', { hasText: 'seed 5' }).click()
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.keyboard.type('W'.repeat(120))
  await page.keyboard.press('Enter')
  await page.locator('rro-run-rows .name', { hasText: 'WWW' }).waitFor()
  await page.getByRole('link', { name: 'Data set' }).click()
  const list = page.locator('rro-dataset-builder .of-runs ul')
  await list.getByText('WWW').waitFor()
  expect(await list.evaluate((ul) => ul.scrollWidth - ul.clientWidth)).toBeLessThanOrEqual(0)
})

test('a row of a table is found by its words, sorted, reached by keys, and opens Explore at its step', async () => {
  const { page, complaints } = await visit('#data&part=tables')
  const table = page.locator('rro-long-table')
  const rows = table.locator('tbody tr[data-row]')
  await rows.first().waitFor()
  for (const kind of ['Trajectories', 'Steps', 'Pairs']) {
    await page.getByRole('group', { name: 'Table of' }).getByRole('button', { name: kind }).click()
    await table.getByRole('table', { name: kind }).waitFor()
  }
  const reward = table.getByRole('columnheader', { name: 'Chosen reward' })
  await reward.getByRole('button').click()
  await reward.getByRole('button').click()
  expect(await reward.getAttribute('aria-sort')).toBe('descending')
  await page.getByRole('searchbox', { name: 'Search' }).fill('task 2 buy now')
  await expect.poll(() => page.getByText(/^\d+ of \d+ rows\. Each opens in Explore\.$/).count()).toBe(1)
  await page.getByRole('searchbox', { name: 'Search' }).fill('')
  await rows.first().getByRole('button').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  const last = page.locator('rro-long-table :focus')
  const where = (await last.textContent()) ?? ''
  const [, task = '', step = ''] = /^Task (\d+), step (\d+)$/.exec(where) ?? []
  const action = await table.locator('tr:has(:focus) td').nth(1).textContent()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: new RegExp(`^Task ${task} of`) }).waitFor()
  const why = page.locator('rro-inspector')
  await expect.poll(() => why.textContent()).toMatch(new RegExp(`step ${step}\\b`, 'i'))
  expect((await why.textContent())?.replace(/\s+/g, ' ')).toContain(action?.replace(/\s+/g, ' '))
  expect(complaints).toEqual([])
})

test.each(SCREENS)('on %s axe finds nothing, and nothing sticks out', async (_, options) => {
  const { page } = await visit('#data&part=build', options)
  await page.getByRole('button', { name: /^Write \d+ rows$/ }).waitFor()
  await page.getByText('The same from a terminal').click()
  expect(await violationsDayAndNight(page)).toEqual([])
  expect(await sideways(page)).toBeLessThanOrEqual(0)
  await page.getByRole('link', { name: 'Tables' }).click()
  await page.locator('rro-long-table tbody tr[data-row]').first().waitFor()
  expect(await violationsDayAndNight(page)).toEqual([])
  expect(await sideways(page)).toBeLessThanOrEqual(0)
})
