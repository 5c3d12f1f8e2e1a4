/** A comparison on files that the visitor drops: chosen in the form, named in the link, and told of where they are not loaded. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { SCREENS, sideways, violationsDayAndNight, WIDE } from './looks.ts'
import { drop, look, visit } from './visit.ts'

const SMALL = '#compare&arms=sft;eto;rro:rollouts=1&budgets=200&seeds=1&episodes=1&epochs=5'

/** The shop that ships, with fewer products: other data. */
async function shop(): Promise<{ name: string; text: string }[]> {
  const names = ['items_shuffle.json', 'items_ins_v2.json', 'items_human_ins.json', 'nouns.json']
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(`public/data/webshop/${name}`, 'utf8')
      return { name, text: name === 'items_shuffle.json' ? JSON.stringify(JSON.parse(text).slice(0, 150)) : text }
    }),
  )
}

test('runs on them, can be read without them, and goes on when they are there again', async () => {
  const { page, context, complaints } = await visit(SMALL)
  const data = page.getByRole('combobox', { name: 'Data' })
  expect(await data.count()).toBe(0)
  await drop(page, await shop())
  await data.selectOption('items_shuffle.json, 150 products')
  await page.getByText(/^ETO and IPR learn from an expert’s trajectories.*left out\.$/).waitFor()
  await expect.poll(() => new URL(page.url()).hash).toMatch(/&data=[0-9a-f]{16}&/)
  await page.getByRole('button', { name: /^Run (2 cells: about|these settings)/ }).click()
  await page.getByText('Finished: 2 of 2 cells').waitFor()
  const named = page.getByText('WebShop on items_shuffle.json, 150 products, 2 methods, 1 budget, 1 seed')
  await named.filter({ visible: true }).first().waitFor()
  expect(complaints).toEqual([])

  const later = await look(context, new URL(page.url()).hash)
  await later.page.getByText('Finished: 2 of 2 cells').waitFor()
  await later.page
    .getByText(/^This comparison is on data that somebody brought .* Its results can be read meanwhile\.$/)
    .waitFor()
  await later.page.getByText(/^The data of this comparison is not loaded here/).waitFor()
  for (const [name, { viewport }] of SCREENS) {
    await later.page.setViewportSize(viewport)
    expect(await violationsDayAndNight(later.page), name).toEqual([])
    expect(await sideways(later.page), name).toBeLessThanOrEqual(0)
  }
  await later.page.setViewportSize(WIDE)
  await later.page.getByRole('button', { name: 'Run again' }).click()
  await later.page
    .getByRole('alert')
    .getByText(/which is not loaded here.*Drop its files/)
    .first()
    .waitFor()
  await drop(later.page, await shop())
  await expect.poll(() => later.page.getByText(/^The data of this comparison is not loaded here/).count()).toBe(0)
  await later.page.getByRole('button', { name: 'Run again' }).click()
  await later.page.getByText('Earlier comparisons (2)').waitFor()
  await later.page.getByText('Finished: 2 of 2 cells').waitFor()
  // The other environment has data of its own.
  await later.page.getByRole('combobox', { name: 'Environment' }).selectOption('InterCode-SQL')
  await expect.poll(() => new URL(later.page.url()).hash).not.toContain('data=')
})
