/** A shop too large to be held, brought to the page: kept on the disk, explored, there again after a reload, and deleted. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
