/**
 * Trainings by WebGPU in a real browser, computed in software: held to those by WASM, which are held to the equations
 * (test/policies/transformer/kernel.test.ts), and as a visitor has them.
 */
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { openBrowser, QUIET } from '../../src/scripts/browser/browser.ts'
import { runIn, SOFTWARE_GPU } from '../../src/scripts/browser/web-gpu.ts'
import { PATIENCE_MS } from '../pace.ts'
import { violations } from './looks.ts'
import { NOTHING_KEPT, newPage, standing } from './visit.ts'
import type { Probe } from './webgpu-probe.ts'

const WATCHDOG_MS = 2 * PATIENCE_MS

/** Heads of 16 side by side; then one that is wider than a workgroup, and widths that fill no tile. */
const NARROW = {
  ...{ hidden: 32, layers: 2, heads: 2, keyValueHeads: 2, headSize: 16, intermediate: 44 },
  ...{ vocabulary: 52, context: 96, ropeTheta: 10_000, normEpsilon: 1e-5 },
}
const WIDE = { ...NARROW, hidden: 72, layers: 1, heads: 1, keyValueHeads: 1, headSize: 72, vocabulary: 300 }

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser(inject('browser'), { args: [...QUIET, ...SOFTWARE_GPU] })
})
afterAll(() => browser.close())

describe('beside WASM', () => {
  let page: Page
  beforeAll(async () => {
    page = await newPage(await browser.newContext(NOTHING_KEPT))
    await runIn(page, fileURLToPath(new URL('./webgpu-probe.ts', import.meta.url)))
    const adapter = await asked('adapter')
    if (adapter === undefined)
      throw new Error(
        `This Chromium (${browser.version()}) offers no WebGPU adapter in software with ${SOFTWARE_GPU.join(' ')}: what WebGPU trains cannot be held to anything here. Take a Chromium that has SwiftShader.`,
      )
    expect(adapter).toEqual({ software: true })
  }, WATCHDOG_MS)

  function asked<N extends keyof Probe>(
    name: N,
    ...given: Parameters<Probe[N]>
  ): Promise<Awaited<ReturnType<Probe[N]>>> {
    const work = ([name, given]: readonly [string, readonly unknown[]]) =>
      (globalThis as unknown as { probe: Record<string, (...given: readonly unknown[]) => unknown> }).probe[name]?.(
        ...given,
      )
    return page.evaluate(work, [name, given] as const) as Promise<Awaited<ReturnType<Probe[N]>>>
  }

  test.each([
    ['several narrow heads', NARROW],
    ['one wide head', WIDE],
  ])(
    'log-probabilities and gradients agree, the same each time: %s',
    async (_, shape) => {
      const texts = await asked('agreement', shape)
      expect(texts).toHaveLength(3)
      for (const { logs, gradient, again } of texts) {
        expect(logs).toBeLessThan(1e-5)
        expect(gradient).toBeLessThan(1e-5)
        expect(again).toBe(true)
      }
    },
    WATCHDOG_MS,
  )

  test.each([
    ['sft', 'and the same bits again', true],
    ['dpo', 'sides of one text and of two', false],
  ] as const)(
    'ten steps of %s have the same losses: %s',
    async (kind, _, twice) => {
      const { wasm, webgpu, parameters, again } = await asked('losses', NARROW, kind, twice)
      expect(wasm).toHaveLength(10)
      for (const [i, loss] of wasm.entries()) expect(Math.abs(loss - (webgpu[i] as number))).toBeLessThan(1e-5)
      expect(parameters).toBeLessThan(1e-5)
      expect(again).toBe(twice ? true : undefined)
    },
    WATCHDOG_MS,
  )

  test(
    'a device that is lost says so',
    async () => expect(await asked('lost', NARROW)).toMatch(/^The graphics processor was lost \(.+\)\.$/),
    WATCHDOG_MS,
  )
})

describe('for a visitor', () => {
  /** Teaches random weights, so that nothing is measured before. */
  async function teaching(demonstrations: number, epochs: number) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, ...NOTHING_KEPT })
    onTestFinished(() => context.close())
    const page = await newPage(context)
    await page.goto(`${inject('site')}#policy=transformer&model=tiny`)
    await standing(page)
    await page.getByRole('button', { name: /^Agent/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Agents' })
    await dialog.getByLabel('Begins from').selectOption('random weights, tiny')
    await dialog.getByLabel('Demonstrations').fill(String(demonstrations))
    await dialog.getByLabel('Epochs').last().fill(String(epochs))
    await dialog.getByLabel('Epochs').last().blur()
    return { page, dialog }
  }

  test(
    'who wishes WebGPU has it, is told so, and goes on with it after a pause and a reload',
    async () => {
      const { page, dialog } = await teaching(1, 9)
      await dialog.getByLabel('Computed by').last().selectOption('WebGPU')
      await dialog.getByRole('button', { name: 'Teach it' }).click()
      const line = dialog.getByText(
        /Computed by WebGPU, .*, in software \(tried: WebGPU [\d,]+, WebAssembly [\d,]+ tokens a second\)\./,
      )
      await line.waitFor()
      await dialog.getByRole('button', { name: 'Pause' }).click()
      const left = dialog.getByRole('region', { name: 'A training that is not finished' })
      await left.waitFor()
      await line.waitFor()
      expect(await violations(page)).toEqual([])
      await page.reload()
      await page.getByRole('button', { name: /^Agent/ }).click()
      await left.getByRole('button', { name: 'Go on with it' }).click()
      await line.waitFor()
      await dialog.getByRole('button', { name: 'Stop' }).click()
      await dialog.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' })
    },
    WATCHDOG_MS,
  )

  test(
    'a graphics processor in software is not taken unasked',
    async () => {
      const { dialog } = await teaching(590, 1)
      await dialog.getByRole('button', { name: 'Teach it' }).click()
      await dialog.getByText(/Loss .* of [\d,]+ tokens\./).waitFor()
      expect(await dialog.getByText(/(Computed|second) by WebGPU/).count()).toBe(0)
      await dialog.getByRole('button', { name: 'Stop' }).click()
      await dialog.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' })
    },
    WATCHDOG_MS,
  )
})
