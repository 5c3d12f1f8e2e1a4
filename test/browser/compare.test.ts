/** The second workspace, as a researcher uses it: run, read, open what is behind a number, save, share. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { SCREENS, sideways, violationsDayAndNight, WIDE } from './looks.ts'
import { textOf, visit } from './visit.ts'

/** Two methods that explore and one that does not, small enough for seconds. */
const SMALL =
  '#compare&environment=webshop&start=weak&arms=sft;fixed-size:candidates=2;rro-recycled:rollouts=3:candidates=3&budgets=200,400&seeds=2&episodes=1&epochs=5'

async function run(page: Page, cells = 12): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^Run (${cells} cells: about|these settings)`) }).click()
  await finished(page, cells)
}

async function finished(page: Page, cells: number): Promise<void> {
  await page.getByText(`Finished: ${cells} of ${cells} cells`).waitFor()
}

/** Opens what stands behind a question. */
async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('heading', { name: question }).click()
}

async function saved(page: Page, button: string | RegExp): Promise<{ readonly name: string; readonly text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: button, exact: typeof button === 'string' })
      .first()
      .click(),
  ])
  return { name: download.suggestedFilename(), text: await textOf(download) }
}

/** Axe finds nothing on the page, on a laptop and a phone, by day and by night. */
async function lookAt(page: Page, place: string): Promise<void> {
  for (const [name, { viewport }] of SCREENS) {
    await page.setViewportSize(viewport)
    expect(await violationsDayAndNight(page), `${place}, ${name}`).toEqual([])
  }
  await page.setViewportSize(WIDE)
}

test('a comparison set up from the header runs, shows pictures with their tables, opens the run behind a number; axe finds nothing', async () => {
  const { page, complaints } = await visit('#seed=9')
  await page.getByRole('link', { name: 'Compare' }).click()
  await page.getByRole('heading', { name: 'Compare at equal cost' }).waitFor()
  expect(await page.getByRole('link', { name: 'Compare' }).getAttribute('aria-current')).toBe('page')
  for (const name of [
    'ETO',
    'IPR, m 1',
    'Fixed-size, m 1, k 2',
    'Fixed-size, m 1, k 3',
    'Tree search (UCT), m 1, K 5',
    'RRO (paper), m 1',
  ])
    await page.getByRole('button', { name: `Remove ${name}` }).click()
  await page.getByLabel('Budgets, policy calls').fill('200 400 7')
  await page.getByRole('textbox', { name: 'Seeds' }).fill('2')
  await page.getByText('More: judging, training').click()
  await page.getByLabel('Episodes per test task').fill('1')
  await page.getByLabel('Epochs').first().fill('5000')
  await page.getByLabel('Epochs').first().press('Tab')
  await page.getByText('Epochs: "5000" is not allowed. Using 200.').waitFor()
  await page.getByLabel('Epochs').first().fill('5')
  await page.getByLabel('Epochs').first().press('Tab')
  await lookAt(page, 'before')
  await run(page)

  await page.getByRole('heading', { name: 'What it says' }).waitFor()
  await page.getByRole('img', { name: 'Mean test reward' }).waitFor()
  await ask(page, 'Is the lead more than chance?')
  expect(await page.getByText(/has the highest mean reward/).count()).toBe(2)
  for (const question of [
    /^How often is the reward full/,
    /^Does it get better/,
    /^What does a step cost/,
    /^Do more steps rise/,
    /^How often is a rise none/,
    /^How many pairs/,
  ])
    await page.getByRole('heading', { name: question }).click()
  await expect.poll(() => page.getByRole('img').count()).toBeGreaterThanOrEqual(8)
  const table = page.getByRole('table', { name: /^Test reward and success, sampled/ })
  expect(await table.getByRole('columnheader').count()).toBe(5)
  const methods = await table.getByRole('rowheader').allTextContents()
  expect(methods.map((name) => name.trim())).toEqual(['SFT only', 'Fixed-size, m 1, k 5', 'Recycled RRO (ours)'])
  await ask(page, 'What does the paper report?')
  await page.getByText('62.91').waitFor()

  // Differences are to ours unless something else is chosen; each says in words who wins, and opens what is behind it.
  const differences = page.getByRole('table', {
    name: /^Recycled RRO \(ours\) minus the method of the row.* over 2 seeds/,
  })
  const others = await differences.getByRole('rowheader').allTextContents()
  expect(others.map((name) => name.trim())).toEqual(['SFT only', 'Fixed-size, m 1, k 5'])
  for (const cell of await differences.getByRole('cell').allTextContents())
    expect(cell.trim()).toMatch(/^[+−]?\d\.\d{3} ± \d+\.\d{3} (wins|loses|too close to tell)$/)
  await page.getByText(/^Each interval is for one comparison, not corrected for many/).waitFor()
  await page.getByRole('combobox', { name: 'Difference to' }).selectOption('SFT only')
  const toStart = page.getByRole('table', { name: /^SFT only minus the method of the row/ })
  await toStart
    .getByRole('row', { name: /Fixed-size/ })
    .getByRole('button')
    .last()
    .click()
  await page
    .getByRole('dialog')
    .getByText(/^SFT only against Fixed-size, m 1, k 5, 400 calls: /)
    .waitFor()
  expect(await page.getByRole('dialog').getByRole('rowheader').count()).toBe(4)
  await page.keyboard.press('Escape')
  await ask(page, 'When does plain RRO win?')
  await page.getByText(/^What it saves is candidates, not budget/).waitFor()
  await lookAt(page, 'after')

  await table
    .getByRole('row', { name: /Recycled/ })
    .getByRole('button')
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await lookAt(page, 'a cell')
  await page.keyboard.press('Escape')
  for (const [name, { viewport }] of SCREENS) {
    await page.setViewportSize(viewport)
    expect(await sideways(page), name).toBeLessThanOrEqual(0)
  }
  await page.setViewportSize(WIDE)
  await page.keyboard.press('Enter') // the focus is where it was asked
  await dialog
    .getByRole('button', { name: /^Open in Explore/ })
    .first()
    .click()
  await page.getByRole('heading', { name: /^Task 1 of/ }).waitFor()
  expect(await page.getByRole('link', { name: 'Explore' }).getAttribute('aria-current')).toBe('page')
  await page
    .getByText(/recycled/)
    .first()
    .waitFor()

  // Back is Compare again, with its results; Forward is the run.
  await page.goBack()
  await finished(page, 12)
  await page.goForward()
  await page.getByRole('heading', { name: /^Task 1 of/ }).waitFor()
  expect(complaints).toEqual([])
})

test('a shared link gives another visitor the same cells, to the digit; a reload comes back to them, and to pictures of them', async () => {
  const first = await visit(SMALL.replace('seeds=2', 'seeds=1').replace('budgets=200,400', 'budgets=200'))
  await run(first.page, 3)
  const csv = await saved(first.page, 'CSV')
  expect(csv.name).toBe('rro-lab-comparison-webshop.csv')
  expect(csv.text.trimEnd().split('\r\n').length).toBe(4)

  await first.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await first.page.getByRole('button', { name: 'Copy link', exact: true }).click()
  await first.page.getByText(/^Copied: the link/).waitFor()
  const link: string = await first.page.evaluate(() => navigator.clipboard.readText())
  const second = await visit(new URL(link).hash)
  await run(second.page, 3)
  expect((await saved(second.page, 'CSV')).text).toBe(csv.text)
  expect(JSON.parse((await saved(second.page, 'JSON')).text).cells.length).toBe(3)

  await first.page.reload()
  await finished(first.page, 3)
  expect((await saved(first.page, 'CSV')).text).toBe(csv.text)

  // What stands there again is saved as pictures with colours of their own.
  await first.page.getByRole('img', { name: 'Mean test reward' }).waitFor()
  const svg = await saved(first.page, 'SVG of Mean test reward')
  expect(svg.name).toBe('rro-lab-sampled-reward.svg')
  expect(svg.text).toMatch(/^<svg[^>]* viewBox="0 0 \d+ \d+"/)
  expect(svg.text).toContain('Recycled RRO (ours)')
  expect(svg.text).not.toMatch(/var\(--|<style/)
  const png = await saved(first.page, 'PNG of Mean test reward')
  expect(png.name).toBe('rro-lab-sampled-reward.png')
  expect(png.text.slice(1, 4)).toBe('PNG')
  expect([...first.complaints, ...second.complaints]).toEqual([])
})

test('a comparison can be paused, resumed and stopped; it waits among the earlier ones and can be deleted', async () => {
  // Too much to be done before the visitor has pressed anything.
  const { page } = await visit(SMALL.replace('seeds=2', 'seeds=60').replace('budgets=200,400', 'budgets=200,200000'))
  await page.getByRole('button', { name: /^Run 360 cells/ }).click()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText(/^Paused: \d+ of 360 cells/).waitFor()
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByText(/^Running on \d+ worker/).waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByText(/^Stopped: \d+ of 360 cells/).waitFor()
  await page.getByText('Earlier comparisons (1)').click()
  await page.getByRole('button', { name: /^Delete/ }).click()
  await page.getByRole('button', { name: 'Delete for good' }).click()
  await page.getByText('Earlier comparisons (0)').waitFor()
  await page.getByRole('button', { name: /^Run 360 cells/ }).waitFor()
})

test('tabs follow the arrow keys, and the workspaces their own keys', async () => {
  const { page } = await visit('#compare')
  await page.getByRole('tab', { name: 'Results' }).focus()
  await page.keyboard.press('ArrowLeft')
  expect(await page.getByRole('tab', { name: 'Theory' }).getAttribute('aria-selected')).toBe('true')
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Theory')
  await page.getByRole('tabpanel', { name: 'Theory' }).waitFor()
  await expect.poll(() => new URL(page.url()).hash).toContain('view=theory')
  await page.keyboard.press('Home')
  await page.getByRole('heading', { name: 'What it says' }).waitFor()
  await page.keyboard.press('1')
  await page.getByRole('button', { name: 'Start a fresh run' }).waitFor()
  await page.keyboard.press('2')
  await page.getByRole('heading', { name: 'Compare at equal cost' }).waitFor()
})
