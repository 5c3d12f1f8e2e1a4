/** A visitor who is quicker than the page: whatever it still has in mind, their newest wish stands. */
import type { BrowserContext, Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { arrive, exported, newVisitor, standing, startFresh } from './visit.ts'

const RECORDED = '**/recorded/*.jsonl'

/** Holds the answers to requests. @returns lets them come */
async function hold(context: BrowserContext, address: string): Promise<() => void> {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  await context.route(address, (route) => opened.then(() => route.continue()), { times: 2 })
  return open
}

/** Lets the recorded runs come, and waits until the page knows them: it lists them. */
async function released(page: Page, open: () => void): Promise<void> {
  open()
  await page.keyboard.press('o')
  const dialog = page.getByRole('dialog', { name: 'Runs' })
  await dialog
    .getByText(/recorded, ships with the page/)
    .first()
    .waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
}

/** Of the next run. */
async function seed(page: Page, seed: number): Promise<void> {
  await page.getByRole('spinbutton', { name: 'Seed' }).fill(String(seed))
  await page.getByRole('spinbutton', { name: 'Seed' }).press('Tab')
}

/** The settings of the run that the lab has open. */
async function configOf(page: Page): Promise<Record<string, unknown>> {
  return configIn(await exported(page, 'run'))
}

function configIn(runFile: string): Record<string, unknown> {
  return JSON.parse(runFile.split('\n')[0] ?? '').config
}

test('a fresh run that was asked for before the recorded one has come stays, and is the one that is exported', async () => {
  const context = await newVisitor()
  const release = await hold(context, RECORDED)
  const { page, complaints } = await arrive(context, '#seed=5&rollouts=64')
  await startFresh(page)
  await page.getByText(/^Your run, seed 5/).waitFor()
  await released(page, release)
  await page.keyboard.press('n')
  await page.getByText(/^Your run, seed 5: 1 of/).waitFor()
  expect(await configOf(page)).toMatchObject({ seed: 5, rollouts: 64 })
  expect(complaints).toEqual([])
})

test('of two fresh runs that were asked for before the recorded one has come, the second stands', async () => {
  const context = await newVisitor()
  const release = await hold(context, RECORDED)
  const { page } = await arrive(context, '#seed=5')
  await startFresh(page)
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('6')
  await startFresh(page)
  await page.getByText(/^Your run, seed 6/).waitFor()
  await released(page, release)
  expect(await configOf(page)).toMatchObject({ seed: 6 })
  expect(await page.getByText(/^Your run, seed 6/).count()).toBe(1)
})

test('after a reload, a fresh run that was asked for at once stays over the one that stood there before', async () => {
  const context = await newVisitor()
  const { page } = await arrive(context, '#seed=5')
  await standing(page)
  await startFresh(page)
  await page.getByText(/^Your run, seed 5/).waitFor()
  const release = await hold(context, RECORDED)
  await page.goto('about:blank')
  await page.goto(`${inject('site')}#seed=6`)
  await startFresh(page)
  await page.getByText(/^Your run, seed 6/).waitFor()
  await released(page, release)
  expect(await configOf(page)).toMatchObject({ seed: 6 })
  expect(await page.getByText(/^Your run, seed 6/).count()).toBe(1)
})

test('another environment, and at once a fresh run in it: its recorded run does not come over that', async () => {
  const { page } = await arrive(await newVisitor())
  await page.getByText(/^Recorded run, seed/).waitFor()
  await seed(page, 5)
  await page.evaluate(() => {
    const choice = document.querySelector<HTMLSelectElement>('select[name="environment"]')
    if (choice !== null) choice.value = 'intercode-sql'
    choice?.dispatchEvent(new Event('change'))
    document.querySelector<HTMLButtonElement>('.chips .fresh')?.click()
  })
  await page.getByText(/^Your run, seed 5/).waitFor()
  expect(await configOf(page)).toMatchObject({ seed: 5, environment: 'intercode-sql' })
  expect(await page.getByText(/^Your run, seed 5/).count()).toBe(1)
})

test('a run that is opened while a fresh one is being made is the one that stands, and stands still', async () => {
  const context = await newVisitor()
  const release = await hold(context, '**/assets/on-demand-*.js')
  const { page } = await arrive(context)
  await page.getByText(/^Recorded run, seed/).waitFor()
  await startFresh(page)
  await page.getByRole('combobox', { name: 'Environment' }).selectOption('intercode-sql')
  await page.keyboard.press('o')
  const dialog = page.getByRole('dialog', { name: 'Runs' })
  await dialog.getByRole('listitem').filter({ hasText: 'InterCode-SQL' }).getByRole('button', { name: 'Open' }).click()
  release()
  await dialog.waitFor({ state: 'hidden' })
  await page
    .getByRole('button', { name: /^Step 1, candidate 1/ })
    .getByText('SHOW TABLES')
    .waitFor()
  expect(await configOf(page)).toMatchObject({ environment: 'intercode-sql' })
  expect(await page.getByRole('button', { name: 'Pause playing' }).count()).toBe(0)
})

test('an export that is asked for while a fresh run is being made is of that run', async () => {
  const context = await newVisitor()
  const release = await hold(context, '**/assets/on-demand-*.js')
  const { page } = await arrive(context)
  await page.getByText(/^Recorded run, seed/).waitFor()
  await seed(page, 5)
  await startFresh(page)
  const coming = exported(page, 'run')
  await page.getByRole('status').filter({ hasText: 'Writing the file' }).first().waitFor()
  release()
  expect(configIn(await coming)).toMatchObject({ seed: 5 })
})

test('whoever acts while a fresh run is being made acts in a task of that run', async () => {
  const context = await newVisitor()
  const release = await hold(context, '**/assets/on-demand-*.js')
  const { page } = await arrive(context)
  await page.getByText(/^Recorded run, seed/).waitFor()
  await seed(page, 5)
  await startFresh(page)
  await page.keyboard.press('a')
  await page.getByRole('button', { name: 'Act in this task' }).click()
  release()
  await page.getByText(/^Your run, seed 5/).waitFor()
  await page.getByText(/Your turn/).waitFor()
  expect(await configOf(page)).toMatchObject({ seed: 5, policy: 'human' })
})
