/** The browser's own model as the agent, on a stand-in for it, since the browsers that tests run in have none. */
import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { ABSENT, STANDING } from '../../src/ui/model/browser-model/browser-words.ts'
import type { Availability } from '../../src/ui/model/browser-model/language-model.ts'
import { fakeLanguageModel } from '../policies/browser-model/fake-language-model.ts'
import { faultsOnOpposites } from './looks.ts'
import { exported, finished, look, newVisitor, visit } from './visit.ts'

/** It shops as a visitor in a hurry does. What was downloaded stays, as a browser keeps it. */
const STAND_IN = `
const say = (held) => {
  const page = held.at(-1).content
  const products = page.match(/\\bB0RRO\\w{5}\\b/g) ?? []
  const click = products[Math.floor(Math.random() * products.length)]
  if (click !== undefined) return 'Thought: One of these.\\nAction: click[' + click + ']'
  return 'Thought: On we go.\\nAction: ' + (page.includes('Buy Now') ? 'click[Buy Now]' : 'search[jacket]')
}
const here = localStorage.getItem('stand-in') !== null
const fake = (${fakeLanguageModel})({ availability: here ? 'available' : 'downloadable', slow: true, say }, globalThis)
const { create } = fake.api
fake.api.create = async (options) => {
  const session = await create(options)
  localStorage.setItem('stand-in', 'downloaded')
  return session
}`

async function visitor(): Promise<BrowserContext> {
  const context = await newVisitor()
  await context.addInitScript({ content: `{${STAND_IN}}` })
  return context
}

async function openTab(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click()
  const more = page.getByText(/^13 more settings/)
  await more.waitFor()
  const agent = page.getByRole('combobox', { name: /^Agent( changed)?$/ })
  if (!(await agent.isVisible())) await more.click() // open where something in it is changed
  await agent.selectOption('browser-model')
  await page.getByText(/takes no seed and no temperature from a page/).waitFor()
  await page.getByRole('button', { name: 'Language model…' }).click()
  await page.getByRole('tab', { name: 'The browser’s own', selected: true }).waitFor()
}

test('what the real browser says of its model stands in the tab, and it has what is used of it', async () => {
  const { page } = await visit()
  const said: Availability | undefined = await page.evaluate(
    "globalThis.LanguageModel?.availability({ expectedOutputs: [{ type: 'text', languages: ['en'] }] })",
  )
  await openTab(page)
  await page.getByText(said === undefined ? ABSENT : STANDING[said], { exact: true }).waitFor()
  if (said === undefined) return
  const has: string[] = await page.evaluate('Object.getOwnPropertyNames(LanguageModel.prototype)')
  const used = ['append', 'clone', 'contextUsage', 'contextWindow', 'destroy', 'measureContextUsage', 'promptStreaming']
  expect(has).toEqual(expect.arrayContaining(used))
})

test('where the browser has no model of its own, the tab says so and what to do', async () => {
  const context = await newVisitor()
  await context.addInitScript('delete globalThis.LanguageModel')
  const { page, complaints } = await look(context)
  await openTab(page)
  await page.getByText(/has no language model of its own for pages .* Chrome has it from version 148 on/).waitFor()
  expect(await faultsOnOpposites(page)).toEqual([])
  await page.getByRole('button', { name: 'Use an endpoint' }).click()
  await page.getByRole('textbox', { name: 'Address' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Start a fresh run' }).click()
  await page.getByText(/browser’s own model is not loaded\. Open “Language model” in the settings\./).waitFor()
  expect(complaints).toEqual([])
})

test('it is said what it cannot do before it is chosen; it explores, and after a reload it stays and can go on', async () => {
  const { page, complaints, context } = await look(await visitor(), '#seed=7')
  await openTab(page)
  await page.getByText(/has not fetched it yet/).waitFor()
  const limits = await page.locator('rro-model .limits').textContent()
  for (const words of [
    /takes no seed/,
    /no temperature/,
    /no log-probabilities/,
    /not which model/,
    /up to the browser/,
  ])
    expect(limits).toMatch(words)
  expect(await faultsOnOpposites(page)).toEqual([])
  const download = page.getByRole('button', { name: 'Have the browser download its model' })
  await download.click()
  await page.getByText('Downloading: 25 %').waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Wait for the browser’s download' }).click()
  await page.getByText('Downloading: 25 %').waitFor()
  await page.evaluate('fakeLanguageModel.release()')
  await page.getByText('Loaded.').waitFor()
  await page.getByText('No run has asked it yet.').waitFor()
  expect(await faultsOnOpposites(page)).toEqual([])
  await page.getByRole('button', { name: 'Start a small run' }).click()
  await finished(page, 1)
  await page.getByRole('button', { name: 'Agent: model the browser’s own' }).click()
  await page
    .getByText(/1 session begun, \d+ copied .* of [\d,]+ tokens of prompts [\d,]+ were read \(\d+ % saved\)/)
    .waitFor()
  await page.keyboard.press('Escape')
  const header = JSON.parse((await exported(page, 'run')).split('\n')[0] ?? '')
  expect(header.agent.name).toMatch(/^the model of .*, which takes no seed and no temperature, replies kept to a form$/)
  expect(header.config).toMatchObject({ policy: 'browser-model', model: '', seed: 7 })
  expect(await page.evaluate('fakeLanguageModel.counts.create')).toBe(3) // cancelled, loaded, asked

  await page.reload()
  await page.getByText(/^Your run, seed 7.*1 of 1 task/).waitFor()
  await page.getByRole('button', { name: 'Runs' }).click()
  await page.getByText(/agent the browser’s own model \(cannot be repeated\)/).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Agent: model the browser’s own' }).click()
  await page.getByText('This browser has its model on the disk.').waitFor()
  await page.getByRole('button', { name: 'Load it from this disk' }).click()
  await page.getByText('Loaded.').waitFor()
  await page.keyboard.press('Escape')
  expect(complaints).toEqual([])

  const other = await look(context, '#policy=browser-model&seed=8&task=1')
  await other.page.getByText(/asked the browser’s own model, .* it cannot be made anew/).waitFor()
  await other.page.getByText(/^Recorded run/).waitFor()
})
