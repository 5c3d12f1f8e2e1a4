/** The rule's knobs: a step decided anew beside its record, the bar by hand, more drawn when asked. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { faultsOnOpposites, violations } from './looks.ts'
import { atTask, exported, finished, look, openNewestRun, standing, startFresh, visit } from './visit.ts'

function panel(page: Page) {
  return page.getByRole('region', { name: 'What if the rule were different' })
}

/** Of the example's first task. */
async function atLastStep(page: Page): Promise<void> {
  await page.keyboard.press('n')
  await page.getByRole('button', { name: /^Step 2, candidate 3:/ }).click()
}

async function openKnobs(page: Page): Promise<void> {
  await page.keyboard.press('u')
  await panel(page).waitFor()
}

/** What the panel says of the step now, and what it costs against the record. */
async function now(page: Page): Promise<string> {
  const said = await panel(page).locator('.turned .now').textContent()
  return said?.replace(/\s+/g, ' ').trim() ?? ''
}

/** `Stops after candidate 2, which rises: 1 pair.`, read off the cards of a run. */
async function recorded(page: Page): Promise<string> {
  await openKnobs(page)
  const said = await panel(page).locator('.turned p').first().textContent()
  return said?.replace(/\s+/g, ' ').trim() ?? ''
}

async function explored(page: Page): Promise<void> {
  await startFresh(page)
  await page.keyboard.press('n')
  await finished(page, 1)
  await page.getByRole('button', { name: /^Step 1, candidate 1:/ }).click()
}

test('a step is decided as in a run made with those settings, after drawing what is missing; the log stays', async () => {
  const { page, complaints } = await visit('#seed=12&tasks=1&rollouts=2&candidates=2')
  await explored(page)
  const log = await exported(page, 'run')
  await openKnobs(page)
  await panel(page)
    .getByLabel(/^Rollouts m/)
    .fill('6')
  await panel(page)
    .getByLabel(/^Candidates K/)
    .fill('4')
  await panel(page)
    .getByLabel(/^Margin/)
    .fill('0.3')
  expect(await now(page)).toMatch(/^Now Undecided until 4 more rollouts of candidate 1 are drawn/)
  const draw = panel(page).getByRole('button', { name: 'Draw until it is decided' })
  await draw.click()
  await panel(page)
    .getByText(/(Costs|Saves) /)
    .waitFor()
  const anew = await now(page)
  expect(await exported(page, 'run')).toBe(log)

  await page.reload()
  await standing(page)
  await openKnobs(page)
  expect(await panel(page).locator('.turned .now').count()).toBe(0) // a reload forgets them

  const other = await visit('#seed=12&tasks=1&rollouts=6&candidates=4&margin=0.3')
  await explored(other.page)
  expect((await recorded(other.page)).replace('Recorded', 'Now')).toBe(anew)
  expect([...complaints, ...other.complaints]).toEqual([])
})

test('the bar moved by keyboard stops the step elsewhere, is put back, and starts a run', async () => {
  const { page, complaints } = await visit('#seed=12&tasks=1&rollouts=3&candidates=3')
  await explored(page)
  await openKnobs(page)
  const bar = panel(page).getByRole('slider', { name: 'Bar', exact: true })
  expect(await bar.getAttribute('aria-valuetext')).toMatch(/^0\.00\. Stops after candidate/)
  await bar.focus()
  await page.keyboard.press('End')
  expect(await now(page)).toMatch(/^Now (Undecided: a run with these settings draws a candidate|None of)/)
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  expect(await bar.getAttribute('aria-valuetext')).toMatch(/^0\.01\. /)
  await panel(page).getByRole('button', { name: 'Its own, 0.00' }).click()
  expect(await panel(page).locator('.turned .now').count()).toBe(0)

  await panel(page).getByLabel('Stops').selectOption('fixed-size')
  await panel(page).getByRole('button', { name: 'Start a run with these' }).click()
  await page.getByText(/^Your run, seed 12: /).waitFor()
  await expect.poll(() => page.url()).toContain('method=fixed-size')
  await finished(page, 1)
  expect(await panel(page).getByRole('button', { name: 'Back to the recorded settings' }).isDisabled()).toBe(true)
  expect(complaints).toEqual([])
})

test('the bar dragged by a pointer follows it', async () => {
  const { page } = await visit()
  await atLastStep(page)
  await openKnobs(page)
  const bar = panel(page).getByRole('slider', { name: 'Bar', exact: true })
  const box = (await bar.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + 8 + 0.75 * (box.width - 16), box.y + box.height / 2)
  await page.mouse.up()
  expect(Number(await bar.inputValue())).toBeCloseTo(0.75, 1)
  await panel(page)
    .getByText(/by hand/)
    .waitFor()
})

test('a method whose steps cannot be decided by themselves says why', async () => {
  const { page } = await visit('#seed=3&tasks=1&method=uct&candidates=2&rollouts=2')
  await startFresh(page)
  await finished(page, 1)
  await openKnobs(page)
  await panel(page)
    .getByText(/^Tree search sends each simulation/)
    .waitFor()
})

describe('an edited world', () => {
  const world = (page: Page) => page.getByRole('region', { name: 'The world' })
  const mark = (page: Page) => world(page).getByRole('group', { name: 'Edited world' })

  test('of the shop: the task is explored again beside what it was, is marked, is undone and done again, also after a reload and by a link', async () => {
    const { page, complaints, context } = await visit()
    await atLastStep(page)
    const instruction = await page.locator('.instruction').textContent()
    await page.keyboard.press('x')
    const form = page.getByRole('form', { name: 'Edit this world' })
    const price = form.getByLabel('Price in dollars')
    const before = await price.inputValue()
    await price.fill('-5')
    await form.getByRole('button', { name: 'Explore again' }).click()
    await page.getByText(/is no price: type dollars/).waitFor()
    await price.fill('999.5')
    await form.getByLabel('Title').fill('<img src=x onerror=alert(1)> wash')
    expect(await violations(page)).toEqual([])
    await form.getByRole('button', { name: 'Explore again' }).click()
    await mark(page)
      .getByText(/^Before: reward 1\.00 in 4 steps; now reward \d\.\d\d in \d+ steps?\. The path/)
      .waitFor()
    expect(await mark(page).textContent()).toContain(`$${before} → $999.5`)
    expect(await page.locator('.instruction').textContent()).toBe(instruction)
    await atTask(page, 1)
    expect(await violations(page)).toEqual([])
    const [head] = (await exported(page, 'run')).split('\n').map((line) => line && JSON.parse(line))
    expect(head).toMatchObject({ edits: [{ kind: 'title' }, { kind: 'price', to: '$999.5' }] })
    expect(head.data.name).toMatch(/edited by hand$/)

    await mark(page).getByRole('button', { name: /^Undo/ }).click()
    await mark(page).waitFor({ state: 'hidden' })
    await page.getByText(/^Recorded run, seed/).waitFor()
    await openNewestRun(page)
    await mark(page).getByText('Not the shipped world.').waitFor()
    await page.reload()
    await standing(page)
    await mark(page).getByText('Not the shipped world.').waitFor()
    const link = new URL(page.url()).hash

    await mark(page).getByRole('button', { name: /^Undo/ }).click()
    await page.getByText(/^Recorded run, seed/).waitFor()
    await world(page).getByText('The edit is undone.').waitFor()
    await page.reload()
    await standing(page)
    await world(page).getByRole('button', { name: 'Redo' }).click()
    await mark(page)
      .getByText(/^Before: reward 1\.00 in 4 steps; now/)
      .waitFor()

    // Another tab has only the link: there the edits in the run's head lead back to the world as it was loaded.
    const other = await look(context, link)
    await mark(other.page).getByText('Not the shipped world.').waitFor()
    await mark(other.page).getByRole('button', { name: /^Undo/ }).click()
    await other.page.getByText(/^Recorded run, seed/).waitFor()
    expect(await other.page.locator('.instruction').textContent()).toBe(instruction)
    await world(other.page).getByRole('button', { name: 'Redo' }).click()
    await mark(other.page).getByText('Not the shipped world.').waitFor()
    expect([...complaints, ...other.complaints]).toEqual([])
  })

  test('of a database: a cell is what was typed, and the question what was asked', async () => {
    const { page, complaints } = await visit('#environment=intercode-sql&seed=8&tasks=1&rollouts=2&candidates=2')
    await startFresh(page)
    await page.keyboard.press('n')
    await finished(page, 1)
    await world(page).getByRole('button', { name: 'Edit this world' }).click()
    const form = page.getByRole('form', { name: 'Edit this world' })
    await form.getByLabel('Question').fill('How many are there?')
    await form.getByLabel(/^Row/).waitFor()
    const cell = form.locator('.cells input:not([disabled])').first()
    const typed = /^\d/.test(await cell.inputValue()) ? '7' : "Robert'); DROP"
    await cell.fill(typed)
    expect(await violations(page)).toEqual([])
    await form.getByRole('button', { name: 'Explore again' }).click()
    await mark(page)
      .getByText(/^Before: /)
      .waitFor()
    expect(await mark(page).textContent()).toContain(`→ ${typed}`)
    expect((await page.locator('.instruction').textContent())?.trim()).toBe('How many are there?')
    expect(complaints).toEqual([])
  })
})

test('axe finds nothing in the open panel, nothing sticks out sideways', async () => {
  const { page } = await visit()
  await atLastStep(page)
  await openKnobs(page)
  expect(await faultsOnOpposites(page)).toEqual([])
  await panel(page)
    .getByLabel(/^Rollouts m/)
    .fill('7')
  await panel(page).getByText('More of the rule').click()
  expect(await faultsOnOpposites(page)).toEqual([])
})
