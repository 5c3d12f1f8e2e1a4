/** Every method, as a visitor explores with it: the words it is told in, and a run file that comes back through the checks. */
import { expect, inject, test } from 'vitest'
import { drop, exported, runToTheEnd, startFresh, visit } from './visit.ts'

const METHODS = [
  ['rro-recycled', /verified \d\.\d\d.*(stop|verify another|none of \d rose)/],
  ['uct', /\d+ of \d+ visits/],
  ['ipr', /Candidate 1, the expert’s: /],
  ['eto', /The expert(’s whole trajectory, | earned the same, )\d\.\d\d/],
] as const

test.each(['webshop', 'intercode-sql'])('on %s each is explored, told, exported and read back', async (environment) => {
  const { page, complaints } = await visit(`#environment=${environment}`)
  for (const [method, words] of METHODS) {
    await page.goto(`${inject('site')}#seed=3&tasks=4&model=weak&method=${method}&environment=${environment}`)
    await page.getByText(/^Your run, seed 3/).waitFor() // made for the link
    await runToTheEnd(page, 4)
    await page.getByRole('button', { name: 'Text', exact: true }).click()
    await page.getByRole('treeitem', { name: words }).first().waitFor()
    const pairs = (await exported(page, 'pairs')).trimEnd().split('\n')
    for (const line of pairs) expect(JSON.parse(line)).toMatchObject({ method, weight: expect.any(Number) })
    await drop(page, [{ name: 'back.run.jsonl', text: await exported(page, 'run') }])
    await page.getByText(/^Imported run, seed 3: 4 of 4 tasks/).waitFor()
  }
  expect(complaints).toEqual([])
})

test('groups of episodes are explored, told, and read back; they have no pairs', async () => {
  const { page, complaints } = await visit('#seed=3&tasks=4&model=weak&method=groups')
  await startFresh(page)
  await runToTheEnd(page, 4)
  await page
    .getByText(/^10 episodes earned \d\.\d\d on average\. Each against the mean of the others: /)
    .first()
    .waitFor()
  await drop(page, [{ name: 'back.run.jsonl', text: await exported(page, 'run') }])
  await page.getByText(/^Imported run, seed 3: 4 of 4 tasks/).waitFor()
  expect(complaints).toEqual([])
})
