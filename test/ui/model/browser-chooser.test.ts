/** The browser's own model as the dialog loads it, on a lab that keeps what it is handed. */
import { wrap } from 'comlink'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { failure, type Result, success } from '../../../src/core/failure.ts'
import { BrowserChooser } from '../../../src/ui/model/browser-model/browser-chooser.ts'
import {
  ABSENT,
  browserName,
  countsWords,
  LIMITS,
  loadTrouble,
  progressWords,
  STANDING,
} from '../../../src/ui/model/browser-model/browser-words.ts'
import { PageState } from '../../../src/ui/state/page-state.ts'
import type { BrowserDesk, BrowserModelFacts, LabApi } from '../../../src/worker/protocol/lab-api.ts'
import { type FakeOptions, fakeLanguageModel } from '../../policies/browser-model/fake-language-model.ts'
import { stubBrowser } from '../browser-stubs.ts'

beforeEach(() => {
  stubBrowser()
  const brands = [
    { brand: 'Not;A=Brand', version: '8' },
    { brand: 'Chromium', version: '150' },
    { brand: 'Google Chrome', version: '150' },
  ]
  vi.stubGlobal('navigator', { userAgentData: { brands } })
})

function begin(options: FakeOptions | undefined, answer: Result<true> = success(true)) {
  const fake = fakeLanguageModel(options)
  vi.stubGlobal('LanguageModel', options === undefined ? undefined : fake.api)
  const taken: { readonly port: MessagePort; readonly facts: BrowserModelFacts }[] = []
  let left = 0
  const calls: Record<string, (...given: never[]) => Promise<unknown>> = {
    takeBrowserModel: async (port: MessagePort, facts: BrowserModelFacts) => {
      taken.push({ port, facts })
      return answer
    },
    leaveBrowserModel: async () => {
      left++
      return success(true)
    },
  }
  const lab = { model: (call: string, ...given: never[]) => calls[call]?.(...given) } as unknown as LabApi // those calls
  const page = new PageState(() => lab)
  page.view.show('model')
  onTestFinished(() => {
    for (const { port } of taken) port.close()
  })
  return { fake, page, taken, left: () => left, browser: new BrowserChooser(page) }
}

describe('what the dialog knows', () => {
  test.each([undefined, 'unavailable', 'downloadable', 'downloading', 'available'] as const)(
    '%s',
    async (availability) => {
      const { browser, fake } = begin(availability && { availability })
      await browser.look()
      expect(browser.availability).toBe(availability ?? 'absent')
      expect(fake.counts.create).toBe(0)
    },
  )

  test('a browser that answers otherwise offers none', async () => {
    const { browser } = begin({ fault: (call) => (call === 'availability' ? 'InvalidStateError' : undefined) })
    await browser.look()
    expect(browser.availability).toBe('unavailable')
  })
})

describe('loading', () => {
  test('hands over a desk at which the model answers, with what the browser is called and its window', async () => {
    const { browser, taken, fake } = begin({ contextWindow: 6000 })
    await browser.load()
    expect(browser.failure).toBeUndefined()
    expect(taken[0]?.facts).toEqual({ browser: 'Google Chrome 150', contextTokens: 6000, constrained: true })
    const desk = wrap<BrowserDesk>(taken[0]?.port as MessagePort)
    const messages = [{ role: 'system', content: 'Shop.' }] as const
    expect(await desk.create(1, messages)).toEqual({ ok: true, value: fake.size(messages) })
    expect(await desk.clone(2, 3)).toMatchObject({ ok: false, error: { name: 'InvalidStateError' } })
  })

  test('tells how far the download is, and can be cancelled', async () => {
    const { browser, fake, taken } = begin({ availability: 'downloadable', slow: true })
    const loading = browser.load()
    expect(browser.loading).toEqual({ share: 0.25 })
    await browser.unload()
    await loading
    expect([browser.loading, browser.failure, taken.length, fake.alive()]).toEqual([undefined, undefined, 0, 0])
    await browser.look()
    expect(browser.availability).toBe('downloading')
    const again = browser.load()
    fake.release()
    await again
    expect(browser.loaded?.constrained).toBe(true)
    expect(browser.availability).toBe('available')
  })

  test('needs a press of the visitor where something is to be downloaded', async () => {
    const { browser } = begin({ availability: 'downloadable', activated: () => false })
    await browser.load()
    expect(browser.failure).toMatch(/wants a press of the button while the page is in front/)
    expect(browser.loaded).toBeUndefined()
  })

  test.each([
    ['NotSupportedError', /text in English/],
    ['NetworkError', /could not download its model/],
    ['QuotaExceededError', /no room for its model/],
    ['InvalidStateError', /in a tab of their own only/],
    ['OperationError', /"OperationError: made up OperationError"/],
  ])('that fails with %s says so in the tab, or by a notice where it was closed', async (name, words) => {
    const { browser, page } = begin({ fault: (call) => (call === 'create' ? name : undefined) })
    await browser.load()
    expect(browser.failure).toMatch(words)
    page.view.show(undefined)
    await browser.load()
    expect(browser.failure).toBeUndefined()
    expect(page.notices.items.map(({ text }) => text)).toEqual([expect.stringMatching(words)])
  })

  test('of a model with too small a window gives it up again, with the lab’s sentence', async () => {
    const { browser, fake } = begin({}, failure('model-window', 'Too small.'))
    await browser.load()
    expect([browser.failure, browser.loaded, fake.alive()]).toEqual(['Too small.', undefined, 0])
  })
})

test('a lab that is started anew is handed the model again; given up, nothing of it is left', async () => {
  const { browser, page, taken, fake, left } = begin({})
  await browser.load()
  const desk = wrap<BrowserDesk>(taken[0]?.port as MessagePort)
  await desk.create(1, [])
  expect(fake.alive()).toBe(2)
  for (const again of page.again) again()
  await expect.poll(() => taken.length).toBe(2)
  expect(fake.alive()).toBe(1)
  await browser.unload()
  expect([left(), fake.alive(), browser.loaded]).toEqual([1, 0, undefined])
  for (const again of page.again) again()
  expect(taken.length).toBe(2)
})

describe('words', () => {
  test('say what the model cannot do, and what to do where there is none', () => {
    expect(LIMITS.join(' ')).toMatch(
      /no seed.*cannot|no seed.*no run of it can be made anew.*no temperature.*no log-prob/s,
    )
    for (const words of [ABSENT, STANDING.unavailable]) expect(words).toMatch(/a model in this page, or an endpoint/)
  })

  test('of progress, of sessions, and of what nobody has seen before', () => {
    expect([undefined, 0, 0.257, 1].map(progressWords)).toEqual([
      ...['Starting', 'Downloading: 0 %', 'Downloading: 25 %', 'Preparing the model'],
    ])
    const facts = { browser: 'x', contextTokens: 6000, constrained: true }
    expect(countsWords({ ...facts, made: 0, cloned: 0, prompt: 0, read: 0 })).toBe('No run has asked it yet.')
    expect(countsWords({ ...facts, made: 1, cloned: 81, prompt: 200_000, read: 12_000 })).toBe(
      '1 session begun, 81 copied from one that had read the beginning: of 200,000 tokens of prompts 12,000 were read (94 % saved).',
    )
    expect(loadTrouble({ name: 'Strange', message: 'x'.repeat(1000) }).length).toBeLessThan(300)
  })

  test('a browser is called by its own name, or by none', () => {
    expect(browserName(undefined)).toBe('this browser')
    expect(browserName({ brands: [{ brand: 'Chromium', version: '150' }] })).toBe('Chromium 150')
    expect(browserName({ brands: [{ brand: 'Not/A)Brand', version: '24' }] })).toBe('this browser')
  })
})
