/** The browser's own model in the lab, reached over a port as from a page: runs that ask it, lose it, and get it back. */
import { expose } from 'comlink'
import { expect, onTestFinished, test } from 'vitest'
import { type Result, unwrap } from '../../../src/core/failure.ts'
import type { RunStarted } from '../../../src/core/log/events.ts'
import { parseConfig } from '../../../src/core/settings/parse-config.ts'
import { openDesk } from '../../../src/ui/model/browser-model/desk.ts'
import type { LabUpdate, ModelState, RunProgress } from '../../../src/worker/protocol/lab-api.ts'
import { shippedSource } from '../../../src/worker/worlds/world-source.ts'
import { eventually } from '../../eventually.ts'
import { type FakeOptions, fakeLanguageModel } from '../../policies/browser-model/fake-language-model.ts'
import { testPorts } from '../../policies/openai/ports.ts'
import { policyReplies } from '../../policies/policy-replies.ts'
import { fileOf, openTestLab, SHIPPED } from '../labs.ts'

const source = shippedSource(SHIPPED, 'webshop')
const { config } = parseConfig({})
const { environment } = unwrap(await source.loadedEnvironment(config))
const { policy } = unwrap(await source.world(config))
if (policy === undefined) throw new Error('The shipped world has its policy')
type Say = NonNullable<FakeOptions['say']>
const replies = policyReplies(environment, policy)
const say: Say = (messages, call) => replies({ messages, temperature: 1, seed: call })

const SETTINGS = { policy: 'browser-model', tasks: 2, rollouts: 2, candidates: 2, stepLimit: 5 }
const FACTS = { browser: 'Made Up 1', contextTokens: 8192, constrained: true }

function open() {
  const openHost = (): never => {
    throw new Error('No model of the page is asked for')
  }
  const endpoint = { ...testPorts(), now: () => 0, after: () => () => {} } // no time passes
  const lab = openTestLab({ models: { openHost, gpu: undefined, freeBytes: async () => 1e12, endpoint } })
  const states: ModelState[] = []
  let progress: RunProgress | undefined
  void lab.subscribe((update: LabUpdate) => {
    if (update.type === 'model') states.push(update.state)
    if (update.type === 'progress' && update.progress.revision > (progress?.revision ?? 0)) progress = update.progress
  })
  function take(options: FakeOptions = { say }, facts: Partial<typeof FACTS> = {}) {
    const fake = fakeLanguageModel(options)
    const { port1, port2 } = new MessageChannel()
    onTestFinished(() => port1.close())
    expose(openDesk(fake.api), port1)
    return { fake, taken: lab.model('takeBrowserModel', port2, { ...FACTS, ...facts }) }
  }
  const now = (): RunProgress => {
    if (progress === undefined) throw new Error('No run has told of itself')
    return progress
  }
  async function explored(): Promise<RunProgress> {
    unwrap(await lab.start())
    await eventually(() => expect(now().status).not.toBe('running'))
    return now()
  }
  return { lab, states, progress: now, take, explored }
}

function reason(result: Result<unknown>): { code: string; message: string } {
  if (result.ok) throw new Error('It went well')
  return result.failure
}

test('a run is not begun before the model is loaded, nor by a name that it does not have', async () => {
  const { lab, take } = open()
  const refused = reason(await lab.create(SETTINGS))
  expect(refused.code).toBe('agent-not-loaded')
  expect(refused.message).toMatch(/browser’s own model is not loaded\. Open “Language model”/)
  unwrap(await take().taken)
  expect(reason(await lab.create({ ...SETTINGS, model: 'nano' })).message).toMatch(
    /has no name, and this run asks for "nano"/,
  )
  unwrap(await lab.model('leaveBrowserModel'))
  expect(reason(await lab.create(SETTINGS)).code).toBe('agent-not-loaded')
})

test('a run explores to its end, says in its header that it cannot be repeated, and what its sessions saved', async () => {
  const { lab, states, take, explored } = open()
  const { fake, taken } = take()
  unwrap(await taken)
  const { info } = unwrap(await lab.create(SETTINGS)).progress
  expect((await explored()).status).toBe('finished')
  const [first = ''] = (await fileOf(lab, info.id)).split('\n')
  const header: RunStarted = JSON.parse(first)
  expect(header.config).toMatchObject({ policy: 'browser-model', model: '' })
  expect(header.agent.name).toBe(
    'the model of Made Up 1, which takes no seed and no temperature, replies kept to a form',
  )
  const { browser } = unwrap(await lab.model('modelState'))
  expect(browser).toMatchObject({ ...FACTS, made: 1, read: fake.read() })
  expect(states.some((state) => (state.browser?.cloned ?? 0) > 0)).toBe(true)
  const cost = unwrap(await lab.model('tokens'))
  expect(browser?.prompt).toBe(cost.prompt)
  expect(fake.read()).toBeLessThan(cost.prefilled)
  const prompts = unwrap(await lab.model('rawPrompts', 0, 1, 1))
  expect(prompts.every(({ verified, messages }) => verified && messages.length > 2)).toBe(true)
})

test('a run whose model is unloaded in the middle of a reply stays, and goes on with the same model loaded again', async () => {
  const { lab, progress, take, explored } = open()
  const { fake, taken } = take({
    say: (held, call, form) => (call === 3 ? ['Thought', '<hang>'] : say(held, call, form)),
  })
  unwrap(await taken)
  const { info } = unwrap(await lab.create(SETTINGS)).progress
  unwrap(await lab.start())
  await eventually(() => expect(fake.counts.prompt).toBe(3))
  unwrap(await lab.model('leaveBrowserModel'))
  await eventually(() => expect(progress().blocked).toMatch(/cannot go on without its agent\. The browser’s own/))
  expect(progress().status).not.toBe('running')
  expect((await lab.taskEvents(0)).length).toBeGreaterThan(1)

  unwrap(await take({ say }, { constrained: false }).taken)
  await eventually(() => expect(progress().blocked).toMatch(/another version of its agent/))
  unwrap(await take({ say }, { browser: 'Made Up 2' }).taken)
  await eventually(() => expect(progress().blocked).toMatch(/the model of Made Up 1, which takes no seed/))
  unwrap(await take().taken)
  await eventually(() => expect(progress().blocked).toBeUndefined())
  expect((await explored()).status).toBe('finished')
  expect((await fileOf(lab, info.id)).trimEnd().endsWith('{"type":"run-finished"}')).toBe(true)
})

test('a conversation that outgrows the window is asked again with less in it', async () => {
  const { lab, take, explored } = open()
  // The window that is told is larger than the one there is.
  const { fake, taken } = take({ say, contextWindow: 1800 }, { contextTokens: 8192 })
  unwrap(await taken)
  const { info } = unwrap(await lab.create({ ...SETTINGS, tasks: 1 })).progress
  expect((await explored()).status).toBe('finished')
  expect(await fileOf(lab, info.id)).toMatch(/"fit":\{"shortened":[1-9]/)
  expect(fake.counts.prompt).toBeGreaterThan(3)
})

test.each([100, Number.NaN, -1])('a window of %d tokens is refused', async (contextTokens) => {
  const { taken } = open().take({ say }, { contextTokens })
  expect(reason(await taken).message).toMatch(/a context window of .* tokens, in which no task fits/)
})

test('a browser that names no limit is asked with a window that there is', async () => {
  const { lab, take } = open()
  unwrap(await take({ say }, { contextTokens: Number.POSITIVE_INFINITY }).taken)
  expect(unwrap(await lab.model('modelState')).browser?.contextTokens).toBe(32_768)
})
