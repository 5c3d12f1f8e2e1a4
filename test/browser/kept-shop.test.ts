/** A shop too large to be held, brought to the page: kept on the disk, explored, there again after a reload, and deleted. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { MOST_HELD } from '../../src/worker/machine/file-limits.ts'
import { faultsOnOpposites } from './looks.ts'
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

/** Of 1,201 products, together too large to be held; two of three are no hats. */
function wideShop(hat: string): readonly { name: string; text: string }[] {
  const [items, ...rest] = ownShop('soft shoe')
  const [first] = JSON.parse(items?.text ?? '')
  const product = (i: number) => ({ ...first, asin: `B${i}`, name: `${i % 3 === 0 ? hat : 'soft shoe'} number ${i}` })
  const wide = ' '.repeat(MOST_HELD / 1200)
  const text = Array.from({ length: 1200 }, (_, i) => JSON.stringify(product(i)) + wide)
  return [{ name: items?.name ?? '', text: `[${JSON.stringify(first)},${text.join(',')}]` }, ...rest]
}

test('what is read of a shop can be searched, then all of it; its reading can be stopped', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rro-lab-shop-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const paths = await Promise.all(
    wideShop('<b>hat</b> \u202e &amp;').map(async ({ name, text }) => {
      const path = join(folder, name)
      await writeFile(path, text)
      return path
    }),
  )
  const { page, complaints } = await visitWithProfile(await temporaryProfile(), '#seed=2&tasks=3')
  await page.locator('details[data-control="data"] summary').click()
  const field = page.getByRole('search', { name: 'The shop' }).getByLabel('Look into the shop')
  const said = page.getByRole('status').filter({ hasText: 'among' })
  const found = page.getByRole('list', { name: 'Products found' }).getByRole('listitem')
  const files = page.getByLabel(/official WebShop files/)
  await field.fill('soft shampoo')
  await field.press('Enter')
  await said.getByText('The 10 best among all 1,108 products.').waitFor()
  expect(await found.count()).toBe(10)
  expect(await faultsOnOpposites(page)).toEqual([])
  await field.fill('a hat')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await said.getByText(/among all 1,108 products/).waitFor()

  // All but the first products are read with the tagger, which does not come before it is let go.
  let letGo = () => {}
  const gone = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.context().route(/\/two-[^/]*\.js$/, (route) => gone.then(() => route.continue()))
  await files.setInputFiles(paths)
  await page.getByRole('button', { name: 'Search again among 500 products' }).click()
  await said.getByText('The 10 best among the first 500 products of items_shuffle.json, which is being read.').waitFor()
  for (const title of await found.locator('.title').allTextContents()) {
    expect(title).toMatch(/^<b>hat<\/b> {2}&amp; number \d+$/)
    expect(Number(/\d+$/.exec(title))).toBeLessThan(500)
  }
  expect(await found.first().textContent()).toMatch(/\$5\.0.*B\d+/)
  await page.getByRole('button', { name: 'Stop reading the shop' }).click()
  letGo()
  await page.getByText('The reading of the shop was stopped. Nothing has changed.').waitFor()
  await said.getByText(/among all 1,108 products/).waitFor()

  await files.setInputFiles(paths)
  await page.getByText('New runs use items_shuffle.json, 1,201 products.').waitFor()
  await said.getByText('The 10 best among all 1,201 products.').waitFor()
  expect(await found.locator('.title').allTextContents()).toEqual(Array(10).fill(expect.stringMatching(/^<b>hat<\/b>/)))
  expect(complaints).toEqual([])
})
