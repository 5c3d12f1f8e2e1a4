/** The library of runs in a real browser: found, labelled, deleted and back, as one file into an empty browser. */
import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { SCREENS, sideways, violationsDayAndNight } from './looks.ts'
import { look, runToTheEnd, startFresh, textOf, visit } from './visit.ts'

const SETTINGS = 'tasks=1&rollouts=1&candidates=2'

/** Runs of one task, one for each seed, made one after the other; ends in Data. */
async function withRuns(page: Page, seeds: readonly number[]): Promise<void> {
  for (const seed of seeds) {
    await page.evaluate((hash) => {
      location.hash = hash
    }, `#${SETTINGS}&seed=${seed}`)
    await page.getByText(new RegExp(`^Your run, seed ${seed}: 1 of 1 task`)).waitFor()
  }
  await page.keyboard.press('4')
  await rows(page).first().waitFor()
}

/** Those of the visitor. */
function rows(page: Page): Locator {
  return page.getByRole('list', { name: 'Runs that are kept' }).getByRole('listitem').filter({ hasText: 'seed' })
}

const names = (page: Page): Promise<string[]> => page.locator('rro-run-rows .name').allTextContents()
const ours = async (page: Page): Promise<string[]> => (await names(page)).filter((name) => name.includes('seed'))

test('runs are found, tagged, noted and pinned, and all of it is there after a reload', async () => {
  const { page, context, complaints } = await visit()
  await withRuns(page, [11, 12, 13])
  expect((await ours(page)).map((name) => name.match(/seed \d+/)?.[0])).toEqual(['seed 13', 'seed 12', 'seed 11'])

  await page.getByRole('checkbox', { name: /^Select .*seed 11/ }).check()
  await page.getByRole('checkbox', { name: /^Select .*seed 12/ }).check()
  await page.getByLabel('Tag for the selected runs').fill('Paper')
  await page.getByLabel('Tag for the selected runs').press('Enter')
  await page
    .getByRole('button', { name: /seed 11$/ })
    .filter({ hasText: 'seed' })
    .click()
  await page.getByLabel('Note').fill('the odd jacket')
  await page.getByLabel('New tag').focus()
  await page.getByRole('button', { name: /^Pin .*seed 11/ }).click()
  await page.locator('.run-rows .tag', { hasText: 'paper' }).nth(1).waitFor()
  await expect.poll(async () => (await ours(page))[0]).toMatch(/seed 11$/)

  const again = await look(context, '#data')
  await rows(again.page).first().waitFor()
  expect((await ours(again.page)).map((name) => name.match(/seed \d+/)?.[0])).toEqual(['seed 11', 'seed 13', 'seed 12'])
  await again.page.getByLabel('Search the runs').fill('paper jacket')
  await expect.poll(() => names(again.page)).toHaveLength(1)
  await again.page.getByRole('button', { name: 'Show all' }).click()
  await again.page.getByRole('combobox', { name: 'Tag' }).selectOption('paper')
  await expect.poll(async () => (await ours(again.page)).length).toBe(2)
  await again.page.locator('rro-run-rows .name').first().click()
  expect(await again.page.getByLabel('Note').inputValue()).toBe('the odd jacket')
  expect([...complaints, ...again.complaints]).toEqual([])
})

test('a note that is being written stays at its run, and what is searched for is seen though no run has it any more', async () => {
  const { page, complaints } = await visit()
  await withRuns(page, [15, 16])
  const run = (seed: number) => page.locator('rro-run-rows .name', { hasText: `seed ${seed}` })
  await run(15).click()
  await page.getByLabel('Note').fill('of fifteen')
  await run(16).click()
  expect(await page.getByLabel('Note').inputValue()).toBe('')
  await run(15).click()
  await expect.poll(() => page.getByLabel('Note').inputValue()).toBe('of fifteen')
  await page.getByLabel('New tag').fill('odd')
  await page.getByLabel('New tag').press('Enter')
  const tag = page.getByRole('combobox', { name: 'Tag' })
  await tag.selectOption('odd')
  await page.getByRole('button', { name: 'Take the tag odd off' }).click()
  await page.getByText('No run is like that.').waitFor()
  expect(await tag.inputValue()).toBe('odd')
  expect(complaints).toEqual([])
})

test('runs of an agent that was trained here are found by its name, also after a reload', async () => {
  const { page, context } = await visit('#seed=4&tasks=3&model=weak&method=fixed-size')
  await startFresh(page)
  await runToTheEnd(page, 3)
  await page.getByRole('button', { name: /^Agent/ }).click()
  await page.getByLabel('Name of the new agent').first().fill('Keen buyer')
  await page.getByRole('button', { name: 'Train on this run' }).click()
  await page.getByRole('button', { name: 'Use it for the next run' }).click()
  await page.getByRole('button', { name: 'Close' }).click()
  await startFresh(page)
  await runToTheEnd(page, 3)
  await page.close()
  const again = await look(context, '#data')
  await again.page.getByRole('combobox', { name: 'Agent' }).selectOption('Keen buyer')
  await expect.poll(() => names(again.page)).toHaveLength(1)
  await rows(again.page).getByText('Keen buyer').waitFor()
})

test('deleted runs come back by Undo, and from Data after a reload; then they are gone for good', async () => {
  const { page, context, complaints } = await visit()
  await withRuns(page, [21, 22])
  await page.getByRole('checkbox', { name: 'All that are shown' }).check()
  await page.getByRole('button', { name: 'Delete 2 runs' }).click()
  await expect.poll(() => ours(page)).toEqual([])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await ours(page)).length).toBe(2)

  await page.getByRole('checkbox', { name: /^Select .*seed 21/ }).check()
  await page.getByRole('button', { name: 'Delete 1 run' }).click()
  await expect.poll(async () => (await ours(page)).length).toBe(1)
  await page.close()
  const again = await look(context, '#data')
  await again.page.getByText('Deleted: 1 run').click()
  expect(await ours(again.page)).toHaveLength(1)
  await again.page.getByRole('button', { name: /^Put .*seed 21 back$/ }).click()
  await expect.poll(async () => (await ours(again.page)).length).toBe(2)

  await again.page.getByRole('checkbox', { name: 'All that are shown' }).check()
  await again.page.getByRole('button', { name: 'Delete 2 runs' }).click()
  await again.page.getByText('Deleted: 2 runs').waitFor()
  await again.page.locator('.bin').evaluate((bin: HTMLDetailsElement) => {
    bin.open = true
  })
  await again.page.getByRole('button', { name: 'Delete all for good' }).click()
  await again.page.getByText('Deleted: 2 runs').waitFor({ state: 'hidden' })
  expect(await stored(again.page)).toEqual({ runs: 0, batches: 0 })
  expect([...complaints, ...again.complaints]).toEqual([])
})

/** What the browser has of runs. */
function stored(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const open = indexedDB.open('rro-lab')
    await new Promise((resolve) => open.addEventListener('success', resolve))
    const count = (room: string) =>
      new Promise((resolve) => {
        const request = open.result.transaction(room).objectStore(room).count()
        request.addEventListener('success', () => resolve(request.result))
      })
    const counts = { runs: await count('runs'), batches: await count('batches') }
    open.result.close()
    return counts
  })
}

test('a backup gives an empty browser the same runs, once; and a run goes on, or again, from there', async () => {
  const { page } = await visit()
  await withRuns(page, [31, 32])
  await page.getByRole('button', { name: /^Pin .*seed 31/ }).click()
  const backUp = page.getByRole('button', { name: 'Back up all as one file' })
  const [download] = await Promise.all([page.waitForEvent('download'), backUp.click()])
  expect(download.suggestedFilename()).toMatch(/^rro-lab-.*\.backup\.jsonl$/)
  const text = await textOf(download)

  const other = await visit('#data')
  const restore = async (content: string): Promise<void> => {
    const file = { name: 'odd name.jsonl', mimeType: 'application/x-ndjson', buffer: Buffer.from(content) }
    await other.page.getByLabel('Restore a backup').setInputFiles(file)
  }
  await restore(text.slice(0, -200))
  await other.page.getByText(/In the run .* of the backup: .* Nothing was restored/).waitFor()
  await restore(text.slice(0, text.lastIndexOf('{"type":"library-ended"')))
  await other.page.getByText(/The backup is cut off.* Nothing was restored/).waitFor()
  expect(await ours(other.page)).toEqual([])
  await restore(text)
  await other.page.getByText('Restored: 2 runs added.').waitFor()
  await expect.poll(() => ours(other.page)).toEqual(await ours(page))
  await restore(text)
  await other.page.getByText('Restored: 2 runs here already.').waitFor()
  const [once] = await Promise.all([
    other.page.waitForEvent('download'),
    other.page.getByRole('button', { name: 'Back up all as one file' }).click(),
  ])
  expect(await textOf(once)).toBe(text)

  await other.page.locator('rro-run-rows .name', { hasText: 'seed 31' }).click()
  await other.page.getByRole('button', { name: 'Same settings again' }).click()
  await other.page.getByText(/^Your run, seed 31/).waitFor()
  expect(other.complaints).toEqual([])
})

test('by keys alone: to Data, down the list, one selected, another looked at and opened', async () => {
  const { page } = await visit()
  await withRuns(page, [41, 42, 43])
  await page.locator('rro-run-rows .name').first().focus()
  await page.keyboard.press('ArrowDown')
  expect(await focused(page)).toMatch(/seed 42$/)
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Delete 1 run' }).waitFor()
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Delete 2 runs' }).waitFor()
  await page.locator('rro-run-rows .name').nth(2).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('complementary').getByRole('button', { name: 'Open' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText(/^Your run, seed 41/).waitFor()
  expect(await page.getByRole('link', { name: 'Explore' }).getAttribute('aria-current')).toBe('page')
})

test('by keys alone: what goes away when it is pressed leaves the focus beside it', async () => {
  const { page } = await visit()
  await withRuns(page, [44, 45, 46])
  const press = async (name: string | RegExp): Promise<void> => {
    await page.getByRole('button', { name, exact: true }).focus()
    await page.keyboard.press('Enter')
  }
  const at = (): Promise<string | null> =>
    page.evaluate(
      () => document.activeElement?.closest('search, [role="group"], aside, rro-run-rows')?.className ?? null,
    )
  const all = page.getByRole('checkbox', { name: 'All that are shown' })
  await all.check()
  await press('Select none')
  await expect.poll(at).toBe('chosen-runs')
  await page.getByRole('checkbox', { name: /^Select .*seed 44/ }).check()
  await press('Delete 1 run')
  await page.getByText('Deleted: 1 run').waitFor()
  await expect.poll(at).toBe('chosen-runs')
  await page.getByLabel('Search the runs').fill('seed')
  await press('Show all')
  await expect.poll(at).toBe('search-runs')
  await page.locator('rro-run-rows .name', { hasText: 'seed 45' }).click()
  await press('Rename')
  await page.keyboard.type('Mine of seed 45')
  await page.keyboard.press('Enter')
  await page.locator('rro-run-rows .name', { hasText: 'Mine' }).waitFor()
  await expect.poll(() => focused(page)).toBe('Open')
  await page.getByRole('complementary').getByRole('button', { name: 'Delete' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Deleted: 2 runs').waitFor()
  await expect.poll(() => focused(page)).toMatch(/seed 46$/)
})

function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.textContent?.trim() ?? null)
}

test('of thousands of runs only those in sight are drawn, and the last is one key away', async () => {
  const { page, context } = await visit()
  await withRuns(page, [51])
  await page.evaluate(async () => {
    const open = indexedDB.open('rro-lab')
    await new Promise((resolve) => open.addEventListener('success', resolve))
    const transaction = open.result.transaction('runs', 'readwrite')
    const runs = transaction.objectStore('runs')
    const all = runs.getAll()
    all.addEventListener('success', () => {
      for (let i = 0; i < 3000; i++)
        runs.put({ ...all.result[0], id: `copy${i}`, name: `Copy seed ${i}`, createdAtMs: i + 1 })
    })
    await new Promise((resolve) => transaction.addEventListener('complete', resolve))
    open.result.close()
  })
  await page.close()
  const again = await look(context, '#data')
  await again.page.getByText(/^3,00\d runs of 3,00\d$/).waitFor()
  expect(await again.page.locator('.run-rows > li').count()).toBeLessThan(60)
  await again.page.keyboard.press('o')
  await expect.poll(() => again.page.getByRole('dialog').getByRole('listitem').count()).toBe(100)
  await again.page.getByRole('link', { name: /^All 3,00\d in Data$/ }).click()
  await again.page.getByRole('dialog').waitFor({ state: 'hidden' })
  await again.page.locator('rro-run-rows .name').first().focus()
  await again.page.keyboard.press('End')
  await expect.poll(() => focused(again.page)).toMatch(/^(Copy seed 0|Recorded run)$/)
  await again.page.getByLabel('Search the runs').fill('copy 2999')
  await expect.poll(() => names(again.page)).toEqual(['Copy seed 2999'])
})

describe('looks', () => {
  test.each(SCREENS)('on %s axe finds nothing, and nothing sticks out', async (_, options) => {
    const { page } = await visit('#data', options)
    await page.locator('rro-run-rows .name').first().click()
    await page.getByText(/used of .* that the browser allows/).waitFor()
    expect(await violationsDayAndNight(page)).toEqual([])
    expect(await sideways(page)).toBeLessThanOrEqual(0)
  })
})
