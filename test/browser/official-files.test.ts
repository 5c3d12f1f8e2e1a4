/** Files in the official WebShop format, dropped on the page: a hundred tasks over them; wrong ones are told of. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { conformanceDirectory } from '../conformance/conformance.ts'
import { ownShop } from './own-shop.ts'
import { drop, exported, runToTheEnd, startFresh, visit } from './visit.ts'

const folder = `${conformanceDirectory}/webshop-catalogue`
const NAMES = ['items_shuffle.json', 'items_ins_v2.json', 'items_human_ins.json']
const official = () =>
  Promise.all(NAMES.map(async (name) => ({ name, text: await readFile(`${folder}/${name}`, 'utf8') })))

describe.skipIf(!existsSync(folder))('the catalogue of the conformance folder', () => {
  test('is explored for 100 tasks after being dropped on the page', async () => {
    const { page, complaints } = await visit('#seed=2&tasks=100')
    await drop(page, await official())
    await page
      .getByRole('status')
      .getByText(/New runs use .*96 products/)
      .waitFor()
    await startFresh(page)
    await runToTheEnd(page, 100)
    const pairs = (await exported(page, 'pairs')).trimEnd().split('\n')
    const log = (await exported(page, 'run')).trimEnd().split('\n')
    expect(pairs.length).toBeGreaterThan(50)
    for (const line of pairs) {
      const { prompt, chosen_reward, rejected_reward } = JSON.parse(line)
      expect(prompt.at(-1).role).toBe('user')
      expect(chosen_reward).toBeGreaterThan(rejected_reward)
    }
    const finished = log.map((line) => JSON.parse(line)).filter(({ type }) => type === 'task-finished')
    expect(finished).toHaveLength(100)
    expect(finished.some(({ reward }) => reward > 0.5)).toBe(true)
    expect(complaints).toEqual([])
  })

  test('with a wrong field is refused by name, record and field, and the shop stays as it was', async () => {
    const { page } = await visit('#seed=2&tasks=40')
    const files = await official()
    const items = JSON.parse(files[0]?.text ?? '[]')
    items[7].name = 12
    await drop(page, [{ name: 'items_shuffle.json', text: JSON.stringify(items) }, ...files.slice(1)])
    const alert = page.getByRole('alert')
    await alert.getByText(/items_shuffle\.json/).waitFor()
    const sentence = await alert.textContent()
    expect(sentence).toMatch(/\b7\b|\b8\b/)
    expect(sentence).toContain('name')
    await startFresh(page)
    await runToTheEnd(page, 40)
    expect(await exported(page, 'run')).toContain('products')
  })
})

test('a run with markup and hostile text in its data shows it as text', async () => {
  const { page, complaints } = await visit('#seed=1&tasks=3')
  const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script> shoe'
  await drop(page, ownShop(hostile))
  await page
    .getByRole('status')
    .getByText(/New runs use/)
    .waitFor()
  await startFresh(page)
  await runToTheEnd(page, 3)
  await page.getByText('onerror').first().waitFor()
  expect(await page.locator('img[src="x"]').count()).toBe(0)
  expect(await page.title()).toContain('RRO Lab')
  expect(complaints).toEqual([])
})
