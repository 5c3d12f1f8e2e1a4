import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import type { Message } from '../../../src/core/log/conversation.ts'
import { tokenCost } from '../../../src/core/log/token-cost.ts'
import { type BrowserModelOptions, createBrowserModel } from '../../../src/policies/browser-model/browser-model.ts'
import { FORMS } from '../../../src/policies/browser-model/form.ts'
import { CANCELLED, type ChatModel, type ChatRequest, CONTEXT_FULL } from '../../../src/policies/chat/model.ts'
import { STYLES } from '../../../src/policies/chat/styles.ts'
import { writeReply } from '../../../src/policies/reply.ts'
import { openDesk } from '../../../src/ui/model/browser-model/desk.ts'
import { policyReplies } from '../policy-replies.ts'
import { plain, throughModel } from '../small-run.ts'
import { SMALL_WORLDS } from '../small-worlds.ts'
import { testClock } from '../webllm/open-model.ts'
import { type FakeOptions, fakeLanguageModel } from './fake-language-model.ts'

function open(behaviour: FakeOptions = {}, options: Partial<BrowserModelOptions> = {}) {
  const fake = fakeLanguageModel(behaviour)
  const clock = testClock()
  let sessions = 0
  const model = createBrowserModel(
    openDesk(fake.api),
    { browser: 'Made Up 1', ...options },
    { now: () => clock.nowMs, after: clock.after, nextSession: () => ++sessions },
  )
  return { fake, clock, model }
}

const SETTINGS = { policy: 'browser-model', tasks: 3, rollouts: 3, candidates: 3, temperature: 2 } as const

describe.each(SMALL_WORLDS)('a run of %s through the browser’s own model', (_, world) => {
  const opened = world()

  async function through() {
    const [environment, policy] = await opened
    const replies = policyReplies(environment, policy)
    const say = (messages: readonly Message[], call: number) => replies({ messages, temperature: 2, seed: call })
    const browser = open({ say })
    const log = await throughModel(environment, browser.model, {}, SETTINGS)
    return { ...browser, environment, say, log, cost: tokenCost(log) }
  }

  /** The same run, asked for without sessions. */
  async function asked({ environment, say }: Awaited<ReturnType<typeof through>>) {
    const conversations: (readonly Message[])[] = []
    const direct: ChatModel = {
      name: 'asked without sessions',
      complete: async ({ messages }) => {
        const text = say(messages, conversations.push(messages))
        return { ok: true, value: { text, promptTokens: null, completionTokens: null, finish: 'stop' } }
      },
    }
    return { conversations, log: await throughModel(environment, direct, {}, SETTINGS) }
  }

  test('asks for every reply in a session that holds just the conversation that is logged', async () => {
    const browser = await through()
    const direct = await asked(browser)
    expect(browser.log.at(-1)).toEqual({ type: 'run-finished' })
    expect(plain(browser.log)).toEqual(plain(direct.log))
  })

  test('reads the common beginning once, and of each call only the newest observation', async () => {
    const browser = await through()
    const { fake, model, cost } = browser
    const { conversations } = await asked(browser)
    const beginning = conversations[0]?.slice(0, -1) ?? []
    const newest = conversations.reduce((sum, messages) => sum + fake.size(messages.slice(-1)), 0)
    expect(fake.read()).toBe(fake.size(beginning) + newest)
    // Every candidate, and every rollout that has an action, parts from others.
    const partings = browser.log.filter(
      (event) => event.type === 'candidate-proposed' || (event.type === 'rollout-finished' && event.texts?.length),
    ).length
    expect(model.counts).toEqual({ made: 1, cloned: partings, read: fake.read(), prompt: cost.prompt })
    expect(cost.prompt).toBe(conversations.reduce((sum, messages) => sum + fake.size(messages), 0))
    expect(cost.uncounted).toBe(0)
  })

  test('holds few sessions at a time, and none in the end', async () => {
    const { fake, model } = await through()
    expect(fake.alive()).toBeLessThanOrEqual(9)
    model.close()
    expect(fake.alive()).toBe(0)
  })

  test('takes every well-formed reply as one in the form of an action', async () => {
    const { log, environment } = await through()
    const texts = log.flatMap((event) => (event.type === 'candidate-proposed' ? [event.text] : []))
    expect(texts.length).toBeGreaterThan(3)
    for (const text of texts) expect(text).toMatch(FORMS[environment.id])
    for (const { thought, action } of STYLES[environment.id].example.steps)
      expect(writeReply(thought, action)).toMatch(FORMS[environment.id])
  })
})

const SYSTEM = { role: 'system', content: 'Shop.' } as const
const ASKED: ChatRequest = {
  messages: [SYSTEM, { role: 'user', content: 'Go on.' }],
  ...{ temperature: 1, seed: 5, stop: ['\nObservation:'], maxTokens: 50 },
}
const GOOD = 'Thought: well.\nAction: click[buy now]'

function goingOn(text: string): ChatRequest {
  const further = [
    { role: 'assistant', content: text },
    { role: 'user', content: 'And now?' },
  ] as const
  return { ...ASKED, messages: [...ASKED.messages, ...further] }
}

function reason(result: Awaited<ReturnType<ChatModel['complete']>>) {
  if (result.ok) throw new Error('It went well')
  return result.failure
}

describe('a call', () => {
  test('says in the name of its model that it cannot be repeated, and in the variant how it was asked', () => {
    const { model } = open()
    expect(model.name).toBe('the model of Made Up 1, which takes no seed and no temperature')
    const kept = open({}, { form: FORMS.webshop }).model
    expect(kept.name).toBe(`${model.name}, replies kept to a form`)
    expect(kept.variant).not.toBe(model.variant)
  })

  test.each([
    ['a stop text', `${GOOD}\nObservation: made up`, 'other'],
    ['the limit of a reply', `${GOOD}${' and so on'.repeat(1e5)}`, 'length'],
  ])('whose reply comes to %s ends there, and nothing goes on in what the session holds', async (_, long, finish) => {
    const heard: (readonly Message[])[] = []
    const say = (held: readonly Message[]): readonly string[] => {
      heard.push([...held])
      return (long.match(/[\s\S]{1,7}/g) ?? []).slice(0, 1000)
    }
    const { model, fake } = open({ say })
    const reply = unwrap(await model.complete(ASKED))
    expect(reply.finish).toBe(finish)
    expect(reply.text.length).toBeLessThanOrEqual(200)
    expect(long.startsWith(reply.text) && !reply.text.includes('Observation')).toBe(true)
    const next = goingOn(reply.text)
    unwrap(await model.complete(next))
    expect(heard).toEqual([ASKED.messages, next.messages])
    expect(fake.counts).toMatchObject({ create: 1, append: 1 })
  })

  test('is kept to the form of an action, and asked again where none comes of it', async () => {
    const forms: (RegExp | undefined)[] = []
    const say = (_: readonly Message[], call: number, form: RegExp | undefined) => {
      forms.push(form)
      return call === 1 ? 'no action at all' : call === 2 ? 'Thought: x\nAction: click[ ]' : GOOD
    }
    const valid = (reply: string): boolean => STYLES.webshop.read.tolerant(reply) === 'click[buy now]'
    const { model } = open({ say }, { form: FORMS.webshop, valid })
    expect(unwrap(await model.complete(ASKED)).text).toBe(GOOD)
    expect(forms).toEqual([FORMS.webshop, FORMS.webshop, FORMS.webshop])
    const never = open({ say: () => 'no action at all' }, { form: FORMS.webshop, valid })
    expect(reason(await never.model.complete(ASKED)).message).toMatch(/could not keep to the form of an action/)
    expect(never.fake.counts.prompt).toBe(3)
  })

  test.each(['refuse', 'drop'] as const)(
    'that does not fit is not answered out of half of the conversation (%s)',
    async (overflow) => {
      const { model } = open({ contextWindow: 60, overflow, say: () => GOOD })
      const first = unwrap(await model.complete(ASKED))
      const long = [...goingOn(first.text).messages.slice(0, -1), { role: 'user', content: 'x'.repeat(140) }] as const
      expect(reason(await model.complete({ ...ASKED, messages: long })).code).toBe(CONTEXT_FULL)
      const begins = [SYSTEM, { role: 'user', content: 'x'.repeat(400) }, ...goingOn(GOOD).messages.slice(2)] as const
      expect(reason(await model.complete({ ...ASKED, messages: begins })).code).toBe(CONTEXT_FULL)
    },
  )

  test('that is cancelled ends its session at once', async () => {
    const { model, fake } = open({ say: () => [GOOD, '<hang>'] })
    const stop = new AbortController()
    const call = model.complete({ ...ASKED, signal: stop.signal })
    const queued = model.complete({ ...ASKED, signal: stop.signal })
    await expect.poll(() => fake.counts.prompt).toBe(1)
    stop.abort()
    expect(reason(await call).code).toBe(CANCELLED)
    expect(reason(await queued).code).toBe(CANCELLED)
    await expect.poll(() => fake.alive()).toBe(1) // what the conversation begins with
    expect(reason(await model.complete({ ...ASKED, signal: stop.signal })).code).toBe(CANCELLED)
    expect(fake.counts.prompt).toBe(1)
  })

  test('whose sessions the browser has destroyed is asked in new ones', async () => {
    const { model, fake } = open({ say: () => GOOD })
    const first = unwrap(await model.complete(ASKED))
    fake.destroyAll()
    unwrap(await model.complete(goingOn(first.text)))
    expect(fake.counts.create).toBe(2)
    const always = open({ fault: (call) => (call === 'prompt' ? 'AbortError' : undefined) })
    expect(reason(await always.model.complete(ASKED)).message).toMatch(/ended the session .* load it again/)
    expect(always.fake.counts.prompt).toBe(3)
  })

  test('that hangs is given up after three minutes without a word, and can be asked again', async () => {
    const { model, fake, clock } = open({ say: (_, call) => (call === 1 ? [GOOD, '<hang>'] : GOOD) })
    const call = model.complete(ASKED)
    await expect.poll(() => fake.counts.prompt).toBe(1)
    for (let tick = 0; tick < 60; tick++) clock.tick()
    expect(reason(await call).message).toMatch(/has not written a word for 180 s/)
    expect(unwrap(await model.complete(ASKED)).text).toBe(GOOD)
  })

  test.each([
    ['create', 'NotAllowedError', 'model-not-allowed', /a setting or a policy forbids it, or it wants a press/, 1],
    ['create', 'NotSupportedError', 'model-not-supported', /does not do what it was asked/, 1],
    ['create', 'OperationError', 'model-error', /"OperationError: made up OperationError"/, 1],
    ['clone', 'OperationError', 'model-error', /Go on to ask it again/, 1],
    ['clone', 'InvalidStateError', 'model-session', /ended the session/, 3],
    ['prompt', 'NotReadableError', 'model-no-reply', /kept its model’s reply back .* no action of the model/, 3],
    ['prompt', 'UnknownError', 'model-error', /failed/, 1],
  ])('for which %s rejects with %s fails with %s', async (where, name, code, words, times) => {
    const { model, fake } = open({ fault: (call) => (call === where ? name : undefined) })
    const failed = reason(await model.complete(ASKED))
    expect(failed.code).toBe(code)
    expect(failed.message).toMatch(words)
    expect(failed.message).toMatch(/Everything up to here is kept/)
    expect(fake.counts[where]).toBe(times)
  })

  test('after a failure that passes goes on', async () => {
    const { model } = open({ say: () => GOOD, fault: (_, count) => (count === 1 ? 'UnknownError' : undefined) })
    const results = []
    for (let i = 0; i < 4; i++) results.push((await model.complete(ASKED)).ok)
    expect(results).toEqual([false, false, false, true]) // create, clone and prompt fail once each
  })
})
