/** A shop too large to be held, brought to the page: kept on the disk, explored, there again after a reload, and deleted. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { MOST_HELD } from '../../src/worker/machine/file-limits.ts'
import { ownShop } from './own-shop.ts'
import { exported, runToTheEnd, standing, startFresh, temporaryProfile, visitWithProfile } from './visit.ts'

test('a shop that is too large to be held is kept until it is deleted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rro-lab-shop-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const paths = await Promise.all(
    ownShop('soft shoe').map(async ({ name, text }, i) => {
      const path = join(folder, name)
      await writeFile(path, i === 0 ? text + ' '.repeat(MOST_HELD) : text)
      return path
    }),
  )
  const { page, complaints } = await visitWithProfile(await temporaryProfile(), '#seed=2&tasks=3')
  const data = page.locator('details[data-control="data"]')
  await data.locator('summary').click()
  await page.getByLabel(/official WebShop files/).setInputFiles(paths)
  await page.getByText('New runs use items_shuffle.json, 1 products.').waitFor()
  await page.getByText(/^Kept on this computer: items_shuffle\.json, 1 products/).waitFor()
  const explored = async (): Promise<string> => {
    await startFresh(page)
    await runToTheEnd(page, 3)
    return (await exported(page, 'run')).replace(/"runId":"[^"]*"|"createdAtMs":\d+/g, '')
  }
  const log = await explored()
  expect(log).toContain('soft shoe')

  await page.reload()
  await standing(page)
  await data.locator('summary').click()
  await page.getByRole('button', { name: 'Use it again' }).click()
  await page.getByText('New runs use items_shuffle.json, 1 products.').waitFor()
  expect(await explored()).toBe(log)

  if ((await data.getAttribute('open')) === null) await data.locator('summary').click()
  await page.getByRole('button', { name: 'Back to the shipped catalogue' }).click()
  await page.getByText(/New runs use RRO Lab catalogue/).waitFor()
  await page.getByRole('button', { name: 'Delete it' }).click()
  await page.getByText(/Deleted items_shuffle\.json, 1 products from this computer/).waitFor()
  await page.getByText(/^Kept on this computer/).waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})

/** Products with this and that in their titles, the second half of them so large that they take long to read. */
function wideShop(words: string): readonly { name: string; text: string }[] {
  const [items, ...rest] = ownShop('soft shoe')
  const [first] = JSON.parse(items?.text ?? '')
  const product = (i: number) => ({ ...first, asin: `B${i}`, name: `${i % 3 === 0 ? words : 'soft shoe'} number ${i}` })
  const text = Array.from(
    { length: 1200 },
    (_, i) => JSON.stringify(product(i)) + ' '.repeat(i < 600 ? 0 : MOST_HELD / 600),
  )
  return [{ name: items?.name ?? '', text: `[${JSON.stringify(first)},${text.join(',')}]` }, ...rest]
}

test('what is read of a shop can be searched, then all of it; its reading can be stopped', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rro-lab-shop-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const evil = '<b>hat</b> \u202e &amp;'
  const paths = await Promise.all(
    wideShop(evil).map(async ({ name, text }) => {
      const path = join(folder, name)
      await writeFile(path, text)
      return path
    }),
  )
  const { page, complaints } = await visitWithProfile(await temporaryProfile(), '#seed=2&tasks=3')
  await page.locator('details[data-control="data"] summary').click()
  const search = page.getByRole('search', { name: 'The shop' })
  const said = page.getByRole('status').filter({ hasText: 'among' })
  const found = page.getByRole('list', { name: 'Products found' }).getByRole('listitem')
  await search.getByLabel('Look into the shop').fill('soft shampoo')
  await search.getByLabel('Look into the shop').press('Enter')
  await said.getByText('The 10 best among all 1,108 products.').waitFor()
  expect(await found.count()).toBe(10)
  await search.getByLabel('Look into the shop').fill('a hat')
  await search.getByRole('button', { name: 'Search' }).click()
  await said.getByText(/among all 1,108 products/).waitFor()

  // Pressed by the page itself, as soon as it is there: nobody else is sure to be in time.
  const stopped = await pressing(page, 'Stop reading the shop')
  await page.getByLabel(/official WebShop files/).setInputFiles(paths)
  await page.getByText('The reading of the shop was stopped. Nothing has changed.').waitFor()
  await stopped.evaluate(({ end }) => end())
  await said.getByText(/among all 1,108 products/).waitFor()

  const pressed = await pressing(page, /^Search again among \S+ products/.source)
  await page.getByLabel(/official WebShop files/).setInputFiles(paths)
  await page.getByText('New runs use items_shuffle.json, 1,201 products.').waitFor()
  await said.getByText('The 10 best among all 1,201 products.').waitFor()
  const seen = await pressed.evaluate(({ seen, end }) => {
    end()
    return seen
  })
  const counts = seen.flatMap((words) => {
    const [, count] =
      /^The 10 best among the first (\S+) products of items_shuffle\.json, which is being read\.$/.exec(words) ?? []
    return count === undefined ? [] : [Number(count.replace(',', ''))]
  })
  expect(counts.length).toBeGreaterThan(0)
  expect(counts[0]).toBeLessThan(1201)
  expect(counts).toEqual(counts.toSorted((a, b) => a - b))
  const titles = await found.locator('.title').allTextContents()
  expect(titles).toHaveLength(10)
  for (const title of titles) expect(title).toMatch(/^<b>hat<\/b> {2}&amp; number \d+$/)
  expect(await found.first().textContent()).toMatch(/\$5\.0.*B\d+/)
  expect(complaints).toEqual([])
})

/** Presses a button of the page whenever it comes to stand there, and notes what the search says meanwhile. */
async function pressing(page: Page, words: string) {
  return page.evaluateHandle((name) => {
    const seen: string[] = []
    const look = (): void => {
      for (const status of document.querySelectorAll('.sheet [role="status"]')) {
        const text = status.textContent ?? ''
        if (text !== seen.at(-1)) seen.push(text)
      }
      for (const button of document.querySelectorAll<HTMLButtonElement>('.sheet button'))
        if (new RegExp(name).test(button.textContent?.trim() ?? '')) button.click()
    }
    const observer = new MutationObserver(look)
    observer.observe(document.body, { childList: true, subtree: true, characterData: true })
    return { seen, end: () => observer.disconnect() }
  }, words)
}
