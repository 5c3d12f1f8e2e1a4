/** InterCode-SQL in the page: a run like any other, the world as a session, official files. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { conformanceDirectory } from '../conformance/conformance.ts'
import { nodeExport, nodeExportOf } from './node-run.ts'
import { atTask, drop, exported, runToTheEnd, startFresh, visit } from './visit.ts'

test('a run, paused and resumed, gives the pairs of the same seed in Node', async () => {
  const settings = { seed: 8, tasks: 12, environment: 'intercode-sql' }
  const { page, complaints } = await visit('#seed=8&tasks=12&environment=intercode-sql')
  await startFresh(page)
  await page.keyboard.press('n')
  for (let event = 0; event < 4; event++) await page.keyboard.press('l')
  await atTask(page, 2)
  await page.reload()
  await page.getByText(/^Your run, seed 8/).waitFor()
  await runToTheEnd(page, 12)
  const pairs = await exported(page, 'pairs')
  expect(pairs).toBe(await nodeExport(settings, 'trl-dpo'))
  expect(pairs).toContain('```sql')
  expect(await exported(page, 'run')).toBe(await nodeExport(settings, 'run'))
  expect(complaints).toEqual([])
})

test('the world shows the schema, the query, its result, and after a submit the comparison with gold', async () => {
  const { page } = await visit('#seed=8&tasks=3&environment=intercode-sql')
  await startFresh(page)
  await runToTheEnd(page, 3)
  const world = page.getByRole('region', { name: /world/i })
  await world
    .getByText(/\b(CREATE|SELECT|SHOW|DESCRIBE)\b/)
    .first()
    .waitFor()
  await world
    .getByText(/missing/i)
    .first()
    .waitFor()
  await world.getByRole('table').first().waitFor()
})

const folder = `${conformanceDirectory}/../data/intercode`

describe.skipIf(!existsSync(folder))('the official files', () => {
  test('are explored after being dropped on the page, the whole test split, with the same log as in Node', async () => {
    const names = ['ic_spider_dev.json', 'ic_spider_dbs.sql']
    const files = await Promise.all(
      names.map(async (name) => ({ name, text: await readFile(`${folder}/${name}`, 'utf8') })),
    )
    const { page } = await visit('#seed=3&tasks=207&split=test&candidates=2&rollouts=1')
    await drop(page, files)
    await page
      .getByRole('status')
      .getByText(/New runs use .*20 databases/)
      .waitFor()
    await startFresh(page)
    await runToTheEnd(page, 207)
    const settings = { seed: 3, tasks: 207, split: 'test', candidates: 2, rollouts: 1, environment: 'intercode-sql' }
    expect(await exported(page, 'run')).toBe(await nodeExportOf(files, settings, 'run'))
  })
})
