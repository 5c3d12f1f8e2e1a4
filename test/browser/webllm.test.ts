/**
 * The real WebLLM in a real browser, as far as it goes without weights: no graphics processor, one in software without
 * 16-bit numbers, hosts that cannot be reached. Each test has a watchdog: a graphics process may hang.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { expect, inject, onTestFinished, test } from 'vitest'
import { SOFTWARE_GPU } from '../../src/scripts/browser/web-gpu.ts'
import { PATIENCE_MS } from '../pace.ts'
import { blockedBrowser } from './blocked-network.ts'
import { sideways, violations } from './looks.ts'
import { NOTHING_KEPT, newPage, standing, visit } from './visit.ts'

const WATCHDOG_MS = 2 * PATIENCE_MS

/** What axe finds, and whether anything sticks out sideways. */
async function faults(page: Page): Promise<unknown> {
  const pixels = await sideways(page)
  const dialog = await page.evaluate(() => {
    const dialog = document.querySelector('dialog[open]')
    return dialog !== null && dialog.scrollWidth > dialog.clientWidth
  })
  return { violations: await violations(page), wide: pixels > 0 || dialog }
}

async function openDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click()
  const more = page.getByText(/^13 more settings/)
  await more.waitFor()
  const agent = page.getByRole('combobox', { name: /^Agent( changed)?$/ })
  if (!(await agent.isVisible())) await more.click() // open where something in it is changed
  await agent.selectOption('webllm')
  await page.getByRole('button', { name: 'Language model…' }).click()
  await page.getByRole('dialog', { name: 'Language model' }).waitFor()
}

test(
  'without WebGPU the dialog says so, fetches nothing, and leads to an endpoint',
  async () => {
    const { page, complaints } = await visit()
    await openDialog(page)
    await page.getByText(/gives pages no access to a graphics processor \(WebGPU\)/).waitFor()
    const fetched = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
    expect(fetched.filter((name) => /model\.worker|\/lib-/.test(name))).toEqual([])
    await page.getByRole('button', { name: 'Use an endpoint' }).click()
    await page.getByRole('textbox', { name: 'Address' }).waitFor()
    await page.keyboard.press('Escape')
    // A run that wants a model which is not there is not begun, and says what to do.
    await page.getByRole('button', { name: 'Start a fresh run' }).click()
    await page.getByText(/No model is chosen\. Open “Language model” in the settings\./).waitFor()
    expect(complaints).toEqual([])
  },
  WATCHDOG_MS,
)

test(
  'with a graphics processor in software: 16-bit models are refused before a download, and no host is asked before the button',
  async () => {
    const { browser, wanted } = await blockedBrowser(SOFTWARE_GPU)
    const page = await newPage(await browser.newContext(NOTHING_KEPT))
    await page.goto(inject('site'))
    await standing(page)
    await openDialog(page)
    await page.getByText(/computed on the processor: it works, but one word takes many seconds/).waitFor()
    const list = page.getByRole('combobox', { name: 'Model', exact: true })
    await list.waitFor()
    const options = await list.getByRole('option').allTextContents()
    expect(options.length).toBeGreaterThan(80)
    expect(options.filter((option) => /paper’s base model/.test(option)).length).toBeGreaterThan(1)
    expect(await list.inputValue()).toMatch(/SmolLM2-360M-Instruct-q4f32/)

    await list.selectOption('gemma-2-2b-it-q4f16_1-MLC')
    await page.getByText(/16-bit numbers, which this graphics processor does not offer/).waitFor()
    await page.getByText('Gemma Terms of Use').waitFor()
    expect(await faults(page)).toEqual({ violations: [], wide: false })
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await faults(page)).toEqual({ violations: [], wide: false })
    await page.getByRole('tab', { name: 'In this page (WebGPU)' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('tab', { name: 'The browser’s own', selected: true }).waitFor()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('textbox', { name: 'Address' }).waitFor()
    expect(await faults(page)).toEqual({ violations: [], wide: false })
    await page.keyboard.press('ArrowRight')
    await page.setViewportSize({ width: 1366, height: 768 })
    expect(await page.getByRole('button', { name: /^Download/ }).count()).toBe(0)
    expect(wanted).toEqual([])

    await list.selectOption('SmolLM2-360M-Instruct-q4f32_1-MLC')
    const download = page.getByRole('button', { name: /^Download \d+ MB at most from huggingface\.co and raw/ })
    await download.click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await download.waitFor()
    expect((await page.getByRole('alert').allTextContents()).join('')).toBe('')

    await download.click()
    await page.getByText(/the connection broke off; attempt 2 of 4/).waitFor()
    await page.getByText(/could not be fetched from huggingface\.co and raw/).waitFor()
    await download.waitFor()
    expect([...new Set(wanted)]).toEqual(['huggingface.co'])
  },
  WATCHDOG_MS,
)

test(
  'a model of one’s own whose program is broken is told from one that cannot be reached, and can be deleted',
  async () => {
    const asked: string[] = []
    const files = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.setHeader('access-control-allow-origin', '*')
      response.end(request.url?.endsWith('.wasm') ? 'this is no WebAssembly' : '{"tokenizer_files":["tokenizer.json"]}')
    })
    await new Promise<void>((listening) => files.listen(0, '127.0.0.1', listening))
    onTestFinished(() => void files.close())
    const { port } = files.address() as AddressInfo // a TCP server
    const { browser, wanted } = await blockedBrowser(SOFTWARE_GPU)
    const page = await newPage(await browser.newContext(NOTHING_KEPT))
    await page.goto(inject('site'))
    await standing(page)
    await openDialog(page)
    await page.getByText('A model of your own, compiled by MLC').click()
    const list = page.getByRole('combobox', { name: 'Model', exact: true })
    await list.waitFor()
    await page.getByRole('textbox', { name: 'Name' }).fill('broken-q4f32_1')
    await page.getByRole('textbox', { name: 'Address of the weights' }).fill(`http://127.0.0.1:${port}/broken`)
    await page
      .getByRole('textbox', { name: 'Address of the model library' })
      .fill(`http://127.0.0.1:${port}/broken.wasm`)
    await page.getByRole('button', { name: 'Put it on the list' }).click()
    await page.getByRole('button', { name: `Download from 127.0.0.1:${port}` }).waitFor()
    expect(await list.inputValue()).toBe('custom/broken-q4f32_1')
    expect(asked).toEqual([])
    await page.getByRole('button', { name: /^Download from/ }).click()
    await page.getByText(/What was downloaded of the model is broken .* Delete it here/).waitFor()
    expect(asked).toEqual(['/broken/resolve/main/mlc-chat-config.json', '/broken.wasm'])
    expect(wanted).toEqual([])
    // It is still known after a reload, and nothing is fetched for that.
    await page.reload()
    await standing(page)
    await openDialog(page)
    await list.waitFor()
    await list.selectOption('custom/broken-q4f32_1')
    await page.getByRole('button', { name: 'Take it off the list' }).click()
    expect(asked.length).toBe(2)
  },
  WATCHDOG_MS,
)
