/** The visitor as the agent: whole tasks by hand in both worlds, and actions of their own at recorded steps. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { CandidateProposed, RunEvent, RunStarted } from '../../src/core/log/events.ts'
import { faultsOnOpposites, violations } from './looks.ts'
import { nodeExport } from './node-run.ts'
import { atTask, exported, runToTheEnd, standing, startFresh, visit } from './visit.ts'

/** Resolves when the visitor is asked for an action, or told of the end. */
async function asked(page: Page, words: string | RegExp = /Your turn\.|Your reward/): Promise<void> {
  await world(page).getByText(words).waitFor()
}

function world(page: Page) {
  return page.getByRole('region', { name: 'The world' })
}

async function logOf(page: Page): Promise<RunEvent[]> {
  return (await exported(page, 'run'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

function proposals(log: readonly RunEvent[]): CandidateProposed[] {
  return log.filter((event) => event.type === 'candidate-proposed')
}

test('a WebShop task bought by clicking, with a reload in the middle, ends with the reward beside the agent’s', async () => {
  const { page, complaints } = await visit('#seed=21&tasks=3&candidates=1&rollouts=2')
  await startFresh(page)
  await runToTheEnd(page, 3)
  await atTask(page, 3)
  await page.keyboard.press('p')
  await atTask(page, 2)
  const instruction = (await page.locator('.instruction').textContent())?.trim() ?? ''
  await world(page).getByRole('button', { name: 'Act yourself' }).click()
  await world(page).getByRole('button', { name: 'Act in this task' }).click()
  await asked(page)
  await atTask(page, 1)
  expect((await page.locator('.instruction').textContent())?.trim()).toBe(instruction)
  await page.getByLabel('Speed').selectOption('16')

  await world(page).getByLabel('Search the shop').fill('shirt')
  await world(page).getByRole('button', { name: 'Search', exact: true }).click()
  await asked(page, /search\[shirt\]: .* The step is yours\.|search\[shirt\]: .*/)
  await asked(page, /Step 2, candidate 1/)
  await world(page).getByRole('listitem').first().getByRole('button').click()
  await asked(page, /Step 3, candidate 1/)

  await page.reload()
  await standing(page)
  await asked(page, /Step 3, candidate 1/)
  expect(await page.getByRole('button', { name: /^Step \d, candidate 1:/ }).count()).toBe(2)
  await page.getByLabel('Speed').selectOption('16')
  await world(page).getByLabel('Any action').fill('<b>dance</b>')
  await world(page).getByRole('button', { name: 'Act', exact: true }).click()
  await asked(page, /Step 4, candidate 1/)
  await world(page).getByRole('button', { name: 'Description' }).click()
  await asked(page, /Step 5, candidate 1/)
  await world(page).getByRole('button', { name: '< Prev' }).click()
  await asked(page, /Step 6, candidate 1/)
  await world(page).getByRole('button', { name: 'Buy Now' }).click()
  await asked(page, 'Your reward')
  await world(page)
    .getByText(/The embedded agent by itself: .* \(mean of 100 episodes of this task\)/)
    .waitFor()

  const log = await logOf(page)
  const drawn = proposals(log)
  expect(drawn.map(({ action }) => action).filter((_, i) => i !== 1)).toEqual([
    ...['search[shirt]', '<b>dance</b>', 'click[description]', 'click[< prev]', 'click[buy now]'],
  ])
  expect(drawn.every(({ source, text }) => source === 'you' && text.startsWith('Thought: Typed by hand.'))).toBe(true)
  expect((log[0] as RunStarted).config).toMatchObject({ policy: 'human', tasks: 1, firstTask: 2, seed: 21 })
  const end = log.at(-2)
  expect(end).toMatchObject({ type: 'task-finished', reward: drawn.at(-1)?.outcome })
  expect(complaints).toEqual([])
})

test('what falls short is tried again, up to K; what the agent would do is one press away', async () => {
  const { page, complaints } = await visit('#seed=141&policy=human&tasks=1&candidates=3&rollouts=2')
  await startFresh(page)
  await asked(page)
  await page.getByLabel('Speed').selectOption('16')
  await world(page).getByLabel('Any action').fill('nonsense')
  await world(page).getByLabel('Any action').press('Enter')
  await asked(page, /^nonsense: No action: the page stayed as it was\. .*(Try another|The step is yours)\./)
  await page.getByRole('button', { name: /^Step 1, candidate 1: nonsense .*no action/ }).waitFor()
  await world(page).getByText('What the agent would do').click()
  await world(page)
    .getByRole('button', { name: /^search\[/ })
    .first()
    .click()
  await asked(page, /^search\[.*\]: /)
  expect(proposals(await logOf(page)).map(({ source }) => source)).toEqual(['you', 'you'])
  expect(complaints).toEqual([])
})

test('a question answered in SQL by hand, over several lines, with the keyboard', async () => {
  const { page, complaints } = await visit(
    '#seed=8&policy=human&tasks=1&candidates=1&rollouts=2&environment=intercode-sql',
  )
  await startFresh(page)
  await asked(page)
  await page.getByLabel('Speed').selectOption('16')
  const statement = world(page).getByLabel('SQL statement')
  await statement.fill('SHOW\nTABLES')
  await statement.press('Control+Enter')
  await asked(page, /Step 2, candidate 1/)
  await statement.fill('DROP TABLE students; <script>')
  await world(page).getByRole('button', { name: 'Run', exact: true }).click()
  await asked(page, /Step 3, candidate 1/)
  await statement.fill('SELECT 1')
  await world(page).getByRole('button', { name: 'Run', exact: true }).click()
  await asked(page, /Step 4, candidate 1/)
  await world(page).getByRole('table').first().waitFor()
  await world(page).getByRole('button', { name: 'Submit the last result' }).click()
  await asked(page, 'Your reward')
  expect(proposals(await logOf(page)).map(({ action }) => action)).toEqual([
    ...['SHOW TABLES', 'DROP TABLE students; <script>', 'SELECT 1', 'submit'],
  ])
  expect(complaints).toEqual([])
})

test('the run waits in the library, and goes on from there', async () => {
  const { page } = await visit('#seed=4&policy=human&tasks=2&candidates=1&rollouts=1')
  await startFresh(page)
  await asked(page)
  await world(page).getByLabel('Any action').fill('search[hat]')
  await world(page).getByLabel('Any action').press('Enter')
  await asked(page, /Step 2, candidate 1/)
  await page.keyboard.press('f') // another run takes its place
  await asked(page, /Step 1, candidate 1/)
  await page.getByRole('button', { name: 'Runs' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^(Resume|Open)$/ })
    .nth(1)
    .click()
  await asked(page, /Step 2, candidate 1/)
  expect(proposals(await logOf(page))).toHaveLength(1)
})

describe('an action of one’s own at a recorded step', () => {
  test('is scored beside the others, the same after a reload, and never in the log', async () => {
    const { page, complaints } = await visit()
    await page.keyboard.press('n')
    const before = await exported(page, 'run')
    const inspector = page.getByRole('region', { name: 'Why here' })
    const score = async (action: string): Promise<string> => {
      await inspector.getByLabel('An action of your own').fill(action)
      await inspector.getByRole('button', { name: 'Score it' }).click()
      const card = page
        .getByRole('list', { name: 'Yours, not in the log' })
        .getByRole('button')
        .filter({ hasText: action })
      await card.getByText('yours').waitFor()
      return (await card.textContent())?.replace(/\s+/g, ' ') ?? ''
    }
    await page.keyboard.press('w')
    await inspector.getByText(/^Asked (in|before|at) /).waitFor() // before anything is typed
    const first = await score('click[description]')
    expect(first).toMatch(/rises by|falls short by|holds the bar|earns nothing/)
    await score('<img src=x onerror=alert(1)>')
    expect(await page.getByRole('list', { name: 'Yours, not in the log' }).getByRole('button').count()).toBe(2)
    await inspector.getByText('No action: the page stayed as it was.').waitFor()
    await inspector
      .getByText(/chosen candidate\./)
      .last()
      .waitFor()
    expect(await exported(page, 'run')).toBe(before)
    expect(await violations(page)).toEqual([])
    await page.reload()
    await standing(page)
    expect(await page.getByText('yours, not in the log').count()).toBe(0)
    await inspector.getByRole('button', { name: /^What if: an action/ }).click()
    expect(await score('click[description]')).toBe(first)
    expect(complaints).toEqual([])
  })

  test('leaves a run that goes on the same as in Node', async () => {
    const { page } = await visit('#seed=6&tasks=20')
    await startFresh(page)
    await page.keyboard.press('n')
    await page.getByText(/^Your run, seed 6: \d of 20 tasks/).waitFor()
    await page.getByRole('button', { name: /^Step 2, candidate 1/ }).waitFor() // what is scored has to stand there
    await page.keyboard.press('w')
    await page.getByLabel('An action of your own').fill('search[a hat]')
    await page.getByRole('button', { name: 'Score it' }).click()
    await page.getByRole('list', { name: 'Yours, not in the log' }).waitFor()
    await runToTheEnd(page, 20)
    expect(await exported(page, 'run')).toBe(await nodeExport({ seed: 6, tasks: 20 }, 'run'))
  })
})

test.each(['webshop', 'intercode-sql'])(
  'acting in %s: axe finds nothing, nothing sticks out sideways',
  async (environment) => {
    const { page } = await visit(`#policy=human&tasks=1&candidates=2&rollouts=1&environment=${environment}`)
    await page.getByRole('button', { name: 'Start a fresh run' }).click()
    await asked(page)
    await world(page).getByText('What the agent would do').click()
    await world(page).getByRole('listitem').first().waitFor()
    expect(await faultsOnOpposites(page)).toEqual([])
    await world(page).getByRole('listitem').first().getByRole('button').click()
    await asked(page)
    expect(await faultsOnOpposites(page)).toEqual([])
  },
)

test('by keyboard alone: a key begins, the focus comes back to the visitor’s turn', async () => {
  const { page } = await visit()
  await page.keyboard.press('a')
  await page.waitForFunction(() => document.activeElement?.textContent === 'Act in this task')
  await page.keyboard.press('Enter')
  await asked(page)
  await page.getByLabel('Speed').selectOption('16')
  await world(page).getByText('What the agent would do').focus()
  await page.keyboard.press('Enter')
  await world(page).getByRole('listitem').first().getByRole('button').focus()
  await page.keyboard.press('Enter')
  await asked(page, /candidate [12] of/)
  await page.waitForFunction(() => document.activeElement?.matches('rro-act .turn') === true)
})

test('acting is asked about before it replaces the example, and Escape leads back to where the visitor was', async () => {
  const { page } = await visit()
  await page.keyboard.press('l')
  const place = await page.locator('rro-scrubber .place').textContent()
  const question = page.getByRole('group', { name: 'Act in this task?' })
  await page.keyboard.press('a')
  await question.waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'hidden' })
  await page.waitForFunction(() => document.activeElement?.textContent === 'Act yourself')
  await page.getByText(/^Recorded run, seed/).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.textContent === 'Act in this task')
  await page.keyboard.press('Enter')
  await asked(page, /Your turn\./)
  await page.reload()
  await asked(page, /Your turn\./)
  const action = world(page).getByLabel('Any action')
  await action.fill('search[hat]')
  await action.press('Escape') // what was typed is not lost
  await page.getByRole('button', { name: 'Stop acting' }).waitFor()
  await action.fill('')
  await action.press('Escape')
  await page.getByText(/^Recorded run, seed/).waitFor()
  await expect.poll(() => page.locator('rro-scrubber .place').textContent()).toBe(place)
  await page.getByRole('button', { name: 'Stop acting' }).waitFor({ state: 'hidden' })
})
