/** Other people's trajectories, dropped on the page: in Explore with the shop's pages and its reward; others are told of. */
import { expect, test } from 'vitest'
import { unwrap } from '../../src/core/failure.ts'
import { createNodeLab } from '../../src/node/node-lab.ts'
import { violations } from './looks.ts'
import { drop, visit } from './visit.ts'

/** What ETO's script reads of a run of ours, whose task and outcome we know. */
async function theirs(): Promise<{ rows: Record<string, unknown>[]; reward: number; instruction: string }> {
  const lab = createNodeLab()
  const { id } = unwrap(await lab.create({ seed: 4, tasks: 1, rollouts: 1, candidates: 2 })).progress.info
  const { info } = unwrap(await lab.advance('task'))
  const [started] = await lab.taskEvents(0)
  const order = { runs: [id], format: 'ipr-sft', testShare: 0, choices: { paths: 'best' } } as const
  const { files } = unwrap(await lab.dataset('write', order))
  const rows = JSON.parse((await files[0]?.file.text()) ?? '[]')
  await lab.close()
  const instruction = started?.type === 'task-started' ? started.instruction : expect.fail()
  return { rows, reward: info.rewardSum, instruction }
}

test('are played again: their pages, their thoughts and the reward of the shop stand in Explore', async () => {
  const { rows, reward, instruction } = await theirs()
  const { page, complaints } = await visit()
  await drop(page, [{ name: 'sft data.json', text: JSON.stringify(rows.map((row) => ({ ...row, reward: 0.01 }))) }])
  const notice = page.getByRole('status').getByText(/^Played 1 trajectory of sft data\.json again/)
  await notice.waitFor()
  expect(await notice.textContent()).toContain(
    `mean reward ${reward.toFixed(2)}. 1 reward differs; the first: Entry 1, 0.01`,
  )
  await page.getByText(/^Imported run: 1 of 1 task/).waitFor()
  await page.keyboard.press('G')
  await page.getByText(instruction).first().waitFor()
  await page.getByRole('heading', { name: /^What the file’s agent said/ }).waitFor()
  await page
    .getByText(`ends here with exactly ${reward.toFixed(2)}`)
    .first()
    .waitFor()
  await page.getByText(/From a file: its actions are played again/).waitFor()
  expect(await page.locator('rro-world').textContent()).not.toContain('Not known here')
  expect(await violations(page)).toEqual([])

  await page.keyboard.press('x')
  await page
    .getByRole('alert')
    .getByText(/These tasks come from a file/)
    .waitFor()
  await page.reload()
  await page.getByText(/^Imported run/).waitFor()
  expect(complaints).toEqual([])
})

test('of tasks that nobody knows, or damaged, are told of, and nothing changes', async () => {
  const { page, complaints } = await visit()
  const before = await page.locator('rro-path').textContent()
  const talk = [
    { role: 'user', content: 'Instruction: find me the moon' },
    { role: 'assistant', content: 'Action: search[<b>moon</b>]' },
  ]
  await drop(page, [{ name: 'run.jsonl', text: JSON.stringify({ id: '<i>x</i>', messages: talk }) }])
  await page
    .getByRole('alert')
    .getByText(/^1 trajectory is about a task that the loaded data .* id "<i>x<\/i>"/)
    .waitFor()
  await drop(page, [
    { name: 'a.json', text: `[{"messages": ${JSON.stringify([...talk, { role: 'user', content: 7 }])}}]` },
  ])
  await page
    .getByRole('alert')
    .getByText(/^Entry 1, message 3: "content" expected string, received 7/)
    .waitFor()
  expect(await page.locator('rro-path').textContent()).toBe(before)
  expect(complaints).toEqual([])
})
