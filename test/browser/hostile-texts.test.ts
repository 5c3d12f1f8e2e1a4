/**
 * Texts from outside that are made to break a page: words without an end, marks that turn the line around, letters with
 * towers of accents, titles like books. Wherever they are shown, wide and on a phone, the page stays as wide as its window,
 * and the name of whoever says something stays readable beside what is said.
 */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { expect, inject, onTestFinished, test } from 'vitest'
import { PHONE } from './looks.ts'
import { drop, exported, runToTheEnd, startFresh, visit } from './visit.ts'

const WORD = 'unbreakable'.repeat(40)
const HOSTILE = `${WORD} \u202Eright to left\u202C \u2067isolated \u200F${'a\u0301\u0302\u0303\u0304\u0306\u0307\u0308'.repeat(30)} ${'title '.repeat(300)}\u202E`

/** What is wider than what holds it: the page or an open dialog, with the parts that nothing clips. */
async function wide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const holders = [document.documentElement, ...document.querySelectorAll('dialog[open], dialog[open] .body')]
    return holders
      .filter((holder) => holder.scrollWidth > Math.ceil(holder.getBoundingClientRect().width))
      .map((holder) => {
        const edge = holder === document.documentElement ? innerWidth : holder.getBoundingClientRect().right
        const clipped = (part: Element): boolean => {
          const above = part.parentElement
          if (above === null || above === holder || above === document.body) return false
          return getComputedStyle(above).overflowX !== 'visible' || clipped(above)
        }
        const out = [...holder.querySelectorAll('*')].filter(
          (part) => part.getBoundingClientRect().right > edge + 1 && !clipped(part),
        )
        const names = out.slice(0, 8).map((part) => `${part.tagName}.${part.getAttribute('class') ?? ''}`)
        return `${holder.tagName} is ${holder.scrollWidth} wide: ${names.join(', ')}`
      })
  })
}

const DESK = { width: 1366, height: 768 }

/** What sticks out of the screen that stands there, on a desk and on a phone. */
async function sticksOut(page: Page, screen: string): Promise<readonly string[]> {
  const told: string[] = []
  for (const [name, size] of Object.entries({ phone: PHONE, desk: DESK })) {
    await page.setViewportSize(size)
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
    told.push(...(await wide(page)).map((line) => `${screen}, ${name}: ${line}`))
  }
  return told
}

/** Opens a dialog by its key, looks, and shuts it. */
async function dialogSticksOut(page: Page, key: string): Promise<readonly string[]> {
  await page.keyboard.press(key)
  await page.getByRole('dialog').waitFor()
  const told = await sticksOut(page, `dialog ${key}`)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  return told
}

test('a hostile shop: titles, options, instructions; files and a run are named so, too', async () => {
  const { page, complaints } = await visit('#seed=1&tasks=2&rollouts=2&candidates=2')
  const asins = ['B0EVIL0001', 'B0EVIL0002', 'B0EVIL0003']
  const item = (asin: string) => ({
    ...{ asin, name: `shoe ${HOSTILE}`, full_description: HOSTILE, small_description: [HOSTILE], pricing: '$5.00' },
    ...{ product_category: `Shoes › ${HOSTILE}`, category: 'fashion', query: 'shoe', images: ['x'] },
    customization_options: { [HOSTILE]: [{ value: `${HOSTILE} one` }, { value: `${HOSTILE} two` }] },
  })
  const goal = { instruction: `find me a shoe ${HOSTILE}`, instruction_attributes: ['soft'], instruction_options: [] }
  const byAsin = (value: unknown) => JSON.stringify(Object.fromEntries(asins.map((asin) => [asin, value])))
  await drop(page, [
    { name: `items_shuffle_${WORD}.json`, text: JSON.stringify(asins.map(item)) },
    { name: 'items_ins_v2.json', text: byAsin({ attributes: ['soft'] }) },
    { name: 'items_human_ins.json', text: byAsin([goal, goal]) },
  ])
  await page
    .getByRole('status')
    .getByText(/New runs use/)
    .waitFor()
  await page.locator('details[data-control="data"] summary').click()
  await page.getByLabel('Look into the shop').fill('shoe unbreakable')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  const list = page.getByRole('list', { name: 'Products found' })
  await list.getByText(/^shoe/).first().waitFor()
  const told = [...(await sticksOut(page, 'a look into the shop'))]
  const ends = await list.evaluate((element) =>
    [element.closest('.sheet'), ...element.querySelectorAll('.title')].map(
      (part) => part?.getBoundingClientRect().right,
    ),
  )
  expect(Math.max(...ends.slice(1).map(Number))).toBeLessThanOrEqual(Number(ends[0]))
  expect(await list.textContent()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  await page.keyboard.press('Escape')
  await startFresh(page)
  await runToTheEnd(page, 2)
  told.push(...(await sticksOut(page, 'explore')))
  for (const card of await page.getByRole('button', { name: /^Step \d+, candidate 1/ }).all()) {
    await card.click()
    told.push(...(await sticksOut(page, 'a candidate')))
  }
  await page.keyboard.press('t')
  told.push(...(await sticksOut(page, 'text tree')))
  expect((await page.getByRole('treeitem').allTextContents()).join()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  await page.keyboard.press('t')

  const run = await exported(page, 'run')
  await drop(page, [{ name: `${HOSTILE.slice(0, 200)}.jsonl`, text: run }])
  await page.getByText(/^Imported run/).waitFor()
  told.push(...(await sticksOut(page, 'imported')))
  await drop(page, [{ name: `${WORD}.jsonl`, text: '{}' }])
  await drop(page, [{ name: `${HOSTILE}.txt`, text: HOSTILE }])
  await page
    .getByRole('alert')
    .getByText(/none of WebShop|is not JSON/)
    .waitFor()
  told.push(...(await sticksOut(page, 'notices')))
  expect((await page.getByRole('alert').allTextContents()).join()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  for (const key of ['o', 's', '?']) told.push(...(await dialogSticksOut(page, key)))
  await page.keyboard.press('a')
  await page.getByRole('button', { name: 'Act in this task' }).click()
  await page
    .getByRole('button', { name: /Buy now/i })
    .or(page.getByRole('textbox'))
    .first()
    .waitFor()
  told.push(...(await sticksOut(page, 'act')))
  expect(told).toEqual([])
  expect(complaints).toEqual([])
})

test('a hostile database: names of tables and columns, values, questions', async () => {
  const { page } = await visit('#environment=intercode-sql&seed=1&tasks=2&rollouts=2&candidates=2')
  const name = `t${'able'.repeat(14)}`
  const column = `c${'olumn'.repeat(11)}`
  const value = HOSTILE.slice(0, 900).replaceAll("'", '')
  const dump = `CREATE DATABASE \`evil\`; USE \`evil\`;
    CREATE TABLE \`${name}\` (\`id\` int, \`${column}\` text);
    INSERT INTO \`${name}\` VALUES (1, '${value}'), (2, '${value}');`
  const question = { db: 'evil', query: `show ${name} ${HOSTILE}`, gold: `SELECT ${column} FROM ${name}` }
  await drop(page, [
    { name: 'ic_spider_dev.json', text: JSON.stringify(Array.from({ length: 10 }, () => question)) },
    { name: 'ic_spider_dbs.sql', text: dump },
  ])
  await page
    .getByRole('status')
    .getByText(/New runs use/)
    .waitFor()
  await startFresh(page)
  await runToTheEnd(page, 2)
  const told = [...(await sticksOut(page, 'explore'))]
  for (const card of await page.getByRole('button', { name: /^Step \d+, candidate 1/ }).all()) {
    await card.click()
    told.push(...(await sticksOut(page, 'a candidate')))
  }
  await page.keyboard.press('a')
  await page.getByRole('button', { name: 'Act in this task' }).click()
  await page.getByRole('textbox').first().waitFor()
  await page.getByRole('textbox').first().fill(`SELECT '${value}' AS ${column}`)
  await page.keyboard.press('Control+Enter')
  told.push(...(await sticksOut(page, 'act')))
  expect(told).toEqual([])
})

test('hostile names of agents and of models', async () => {
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*').setHeader('content-type', 'application/json')
    response.end(
      request.url?.endsWith('/models') ? JSON.stringify({ data: [{ id: HOSTILE.slice(0, 500) }, { id: WORD }] }) : '{}',
    )
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo // a TCP server
  const { page } = await visit()
  const weights = JSON.parse(await readFile('public/data/webshop/policy.json', 'utf8'))
  weights.weights[0] += 0.5
  await drop(page, [{ name: 'evil.agent.json', text: JSON.stringify({ ...weights, name: HOSTILE }) }])
  await page.getByRole('button', { name: /^Agent/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('heading', { name: /^unbreakable/ }).waitFor()
  const told = [...(await sticksOut(page, 'agents'))]
  await dialog
    .getByRole('listitem')
    .filter({ hasText: 'unbreakable' })
    .getByRole('button', { name: /Use|Choose/ })
    .first()
    .click()
  await page.keyboard.press('Escape')
  told.push(...(await sticksOut(page, 'explore')), ...(await dialogSticksOut(page, 's')))
  await page
    .getByRole('link', { name: 'Compare' })
    .or(page.getByRole('button', { name: 'Compare' }))
    .click()
  await page.getByRole('heading', { name: 'Compare at equal cost' }).waitFor()
  told.push(...(await sticksOut(page, 'compare')))

  await page.goto(`${inject('site')}#policy=openai&model=${WORD}`)
  await page.getByRole('button', { name: 'Start a fresh run' }).waitFor() // Compare has no settings of its own
  await page.keyboard.press('s')
  await page.getByRole('button', { name: 'Language model…' }).click()
  await page.getByRole('textbox', { name: 'Address' }).fill(`http://127.0.0.1:${port}/v1`)
  await page.getByRole('button', { name: 'List its models' }).click()
  await page.getByText(/^It has unbreakable/).waitFor()
  told.push(...(await sticksOut(page, 'models')))
  await page.getByRole('combobox', { name: 'Model', exact: true }).fill(WORD)
  await page.getByRole('button', { name: 'Connect' }).click()
  await page.getByText(/^Connected to/).waitFor()
  told.push(...(await sticksOut(page, 'connected')))
  expect(told).toEqual([])
})
