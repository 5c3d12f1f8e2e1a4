/** The main job, as a visitor does it. */
import { expect, test } from 'vitest'
import { holdStoreOnce } from './held-store.ts'
import { nodeExport } from './node-run.ts'
import { atTask, exported, look, openNewestRun, runToTheEnd, standing, startFresh, visit } from './visit.ts'

test('twenty tasks, paused, reloaded, resumed and exported, give the pairs of the same seed in Node', async () => {
  const { page, complaints } = await visit('#seed=11&tasks=20')
  await startFresh(page)
  for (let task = 1; task <= 6; task++) await page.keyboard.press('n')
  for (let event = 0; event < 5; event++) await page.keyboard.press('l')
  await atTask(page, 7)
  await page.getByText(/^5 \/ \d+$/).waitFor()
  await page.reload()
  await standing(page)
  await page.getByText(/^Your run, seed 11/).waitFor()
  await atTask(page, 7)
  await page.getByText(/^5 \/ \d+$/).waitFor()
  await runToTheEnd(page, 20)
  const pairs = await exported(page, 'pairs')
  expect(pairs).toBe(await nodeExport({ seed: 11, tasks: 20 }, 'trl-dpo'))
  expect(pairs.trimEnd().split('\n').length).toBeGreaterThan(10)
  expect(await exported(page, 'run')).toBe(await nodeExport({ seed: 11, tasks: 20 }, 'run'))
  expect(complaints).toEqual([])
})

test('a run at full speed, paused in the middle, goes on in another tab after a reload', async () => {
  const settings = { seed: 5, tasks: 500, rollouts: 3 }
  const first = await visit('#seed=5&tasks=500&rollouts=3')
  await startFresh(first.page)
  await first.page.getByText(/^Your run, seed 5/).waitFor()
  const release = await holdStoreOnce(first.page, /saved [\d,]{5,} events/)
  await first.page.getByRole('button', { name: 'Run all' }).click()
  await first.page.getByText(/saved [\d,]{5,} events/).waitFor()
  await first.page.getByRole('button', { name: 'Pause', exact: true }).click()
  await release()
  await first.page.getByRole('button', { name: 'Go on' }).waitFor()
  await first.page.close()
  const { page } = await look(first.context)
  await openNewestRun(page)
  await runToTheEnd(page, 500)
  expect(await exported(page, 'pairs')).toBe(await nodeExport(settings, 'trl-dpo'))
})
