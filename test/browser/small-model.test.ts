/** Our own language models as the agent: chosen, exploring as they do in Node, read token by token, taken away. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { unwrap } from '../../src/core/failure.ts'
import { unzipFolder } from '../../src/policies/transformer/hugging-face/zip.ts'
import { languageModelOf } from '../../src/policies/transformer/language-model.ts'
import { taught } from '../worker/agents/teaching.ts'
import { faultsOnOpposites, frames, violationsByNight, violationsDayAndNight } from './looks.ts'
import { nodeExport } from './node-run.ts'
import { exported, runToTheEnd, startFresh, visit } from './visit.ts'

const SETTINGS = { seed: 11, tasks: 2, rollouts: 2 }

/** What the control that has the focus says. */
function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.textContent?.trim())
}

/** Everything but when it was made. */
function undated(run: string): string {
  return run.replace(/"createdAt":"[^"]*"/, '')
}

/** Of the last candidate of the run. */
async function tokensOf(page: Page): Promise<string> {
  await page.keyboard.press('End')
  await page.locator('rro-spoken .tokens').waitFor()
  return (await page.locator('rro-spoken .tokens span').allTextContents()).join('')
}

test('the small language model explores as in Node, says how sure it was of each token, and can be taken away', async () => {
  const { page, complaints } = await visit(
    `#seed=${SETTINGS.seed}&tasks=${SETTINGS.tasks}&rollouts=${SETTINGS.rollouts}`,
  )
  await page.getByRole('button', { name: /^Agent/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Agents' })
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export Small language model' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('rro-lab-small.zip')
  const model = unwrap(languageModelOf(unwrap(unzipFolder(new Uint8Array(await readFile(await download.path()))))))
  await dialog.getByRole('button', { name: 'Choose Small language model' }).click()
  await dialog.getByRole('heading', { name: /^Small language model chosen/ }).waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Agent: small language model' }).waitFor()

  await startFresh(page)
  await runToTheEnd(page, SETTINGS.tasks)
  const run = await exported(page, 'run')
  expect(undated(run)).toBe(undated(await nodeExport({ ...SETTINGS, policy: 'transformer' }, 'run')))
  const lines = run.trim().split('\n')
  const { agent } = JSON.parse(lines[0] as string) as { agent: { name: string; fingerprint: string } }
  expect(agent.name).toBe('Small language model')
  expect(agent.fingerprint).toContain(model.fingerprint)

  await expect.poll(() => new URL(page.url()).hash).toContain('policy=transformer')
  // What it said, in its own short words: pointers instead of the names that the shop has.
  const said = await tokensOf(page)
  expect(said).toMatch(/^(search|click) .+<\|end\|>$/)
  await page.getByText('Probabilities, and what else might have stood there').click()
  await page.locator('rro-spoken table').getByRole('row').nth(1).getByRole('cell', { name: /%$/ }).first().waitFor()
  await page.getByText('What it had read').click()
  await page
    .locator('rro-spoken pre')
    .getByText(/^<\|begin\|>task : /)
    .waitFor()
  expect(await violationsByNight(page)).toEqual([])
  expect(await faultsOnOpposites(page)).toEqual([])
  expect(complaints).toEqual([])
})

test('the tiny one writes SQL, token by token, as it does in Node', async () => {
  const settings = {
    seed: 5,
    tasks: 2,
    rollouts: 2,
    environment: 'intercode-sql',
    policy: 'transformer',
    model: 'tiny',
  }
  const { page, complaints } = await visit(
    `#${new URLSearchParams(Object.entries(settings).map(([k, v]) => [k, String(v)]))}`,
  )
  await startFresh(page)
  await runToTheEnd(page, 2)
  expect(undated(await exported(page, 'run'))).toBe(undated(await nodeExport(settings, 'run')))
  expect(await tokensOf(page)).toMatch(/<\|end\|>$/)
  expect(complaints).toEqual([])
})

test('the tiny one is taught in the page, paused, gone on with after a reload, and comes to what it comes to in Node', async () => {
  const language = { from: { model: 'tiny' }, demonstrations: 12, epochs: 1 } as const
  const { page, complaints } = await visit(
    '#environment=intercode-sql&policy=transformer&model=tiny&tasks=2&rollouts=1&seed=2',
  )
  const agents = page.getByRole('button', { name: /^Agent/ })
  await agents.click()
  const dialog = page.getByRole('dialog', { name: 'Agents' })
  await dialog.getByLabel('Demonstrations').fill('12')
  await dialog.getByLabel('Epochs').last().fill('1')
  await dialog.getByLabel('Epochs').last().blur()
  await dialog.getByRole('button', { name: 'Teach it' }).click()
  await dialog.getByText('Measuring before, on the dev tasks').waitFor()
  await expect.poll(() => focused(page)).toBe('Pause')
  await page.keyboard.press('Enter')
  const left = dialog.getByRole('region', { name: 'A training that is not finished' })
  await left.getByText(/^SFT on 12 demonstrations \(InterCode-SQL\) is not finished/).waitFor()
  await expect.poll(() => focused(page)).toBe('Go on with it')
  await page.reload()
  await agents.click()
  await left.waitFor()
  expect(await violationsDayAndNight(page)).toEqual([])
  await left.getByRole('button', { name: 'Go on with it' }).click()
  await dialog.getByRole('button', { name: 'Use it for the next run' }).waitFor()
  await expect.poll(() => focused(page)).toBe('Use it for the next run')
  await page.keyboard.press('Enter')
  expect(await dialog.getByRole('img', { name: /^Loss by tokens/ }).count()).toBeLessThan(2)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export SFT on 12 demonstrations' }).click(),
  ])
  const folder = unwrap(unzipFolder(new Uint8Array(await readFile(await download.path()))))
  const inNode = unwrap(await taught({ environment: 'intercode-sql', name: 'x', language }))
  expect(unwrap(languageModelOf(folder)).fingerprint).toBe(inNode.agent.model)
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Agent: SFT on 12 demonstrations' }).waitFor()
  await startFresh(page)
  await runToTheEnd(page, 2)
  await tokensOf(page)
  await page.getByLabel('Beside it, as judged by').selectOption({ label: 'tiny language model' })
  await page.getByText(/^log π of the whole: .* before, .* with it\./).waitFor()
  await page.getByText('Probabilities, and what else might have stood there').click()
  await page.getByRole('columnheader', { name: 'p with it' }).waitFor()
  expect(await violationsDayAndNight(page)).toEqual([])
  const [header = ''] = (await exported(page, 'run')).split('\n')
  expect(JSON.parse(header)).toMatchObject({
    config: { model: inNode.agent.model },
    agent: { name: 'SFT on 12 demonstrations' },
  })
  expect(complaints).toEqual([])
})

test('a pair that comes while its candidate is read shows where the two part', async () => {
  const { page, complaints } = await visit(
    '#policy=transformer&model=tiny&method=fixed-size&tasks=1&rollouts=3&candidates=4&seed=4',
  )
  await startFresh(page)
  const pair = page.getByRole('region', { name: 'Pair with candidate 1' })
  // The first press leads to the task's beginning, later ones on; those that wait for the lab would lead past the pair.
  const events = page.getByRole('slider', { name: 'Events of the task' })
  await page.keyboard.press('ArrowRight')
  await page.getByText(/^[1-9]\d* \/ \d+$/).waitFor()
  while ((await page.getByText('The pair that came of it').count()) === 0) {
    const before = await events.inputValue()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => events.inputValue()).not.toBe(before)
    await frames(page, 6)
  }
  await pair.getByText(/^Chosen over candidate 1\. They part at token \d+: /).waitFor()
  expect(complaints).toEqual([])
})
