import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import type { Message } from '../../../src/core/log/conversation.ts'
import { tokenCost } from '../../../src/core/log/token-cost.ts'
import type { ChatOptions } from '../../../src/policies/chat/chat-actor.ts'
import { CANCELLED, type ChatRequest, CONTEXT_FULL } from '../../../src/policies/chat/model.ts'
import { LARGEST_SEED } from '../../../src/policies/chat/seed.ts'
import { policyReplies } from '../policy-replies.ts'
import { askedDirectly, plain, throughModel } from '../small-run.ts'
import { SMALL_WORLDS } from '../small-worlds.ts'
import type { CallFault } from './fake-library.ts'
import { openModel } from './open-model.ts'

const SETTINGS = { policy: 'webllm', tasks: 3, rollouts: 3, candidates: 3, temperature: 2 } as const

describe.each(SMALL_WORLDS)('a run of %s through an engine in the page', (_, open) => {
  const opened = open()

  async function through(options: ChatOptions = {}) {
    const [environment, policy] = await opened
    const replies = policyReplies(environment, policy)
    const engine = await openModel({ say: replies })
    return { ...engine, log: await throughModel(environment, engine.model, options, SETTINGS) }
  }

  test.each([
    ['with the instructions as a message of their own', {}],
    ['with the instructions before the first observation, as Gemma wants them', { system: 'first-user-message' }],
  ] as const)('%s equals the embedded policy asked directly', async (_, options) => {
    const direct = await askedDirectly(...(await opened), SETTINGS)
    const { log, deaths } = await through(options)
    expect(log.at(-1)).toEqual({ type: 'run-finished' })
    expect(plain(log)).toEqual(plain(direct))
    expect(deaths).toEqual([])
  })

  test('reads as many tokens as the log says that it does, and fewer than any other order would', async () => {
    const { log, library } = await through()
    const cost = tokenCost(log)
    expect(cost.calls).toBe(library.requests.length)
    expect(cost.uncounted).toBe(0)
    expect(cost.prefilled).toBe(library.read)
    expect(cost.prefilled).toBeLessThan(cost.interleaved)
    expect(cost.interleaved).toBeLessThan(cost.prompt)
  })

  test('reads whole conversations as seldom as any order of the calls could', async () => {
    const { library } = await through()
    const { requests } = library
    const words = (messages: readonly Message[]): string => JSON.stringify(messages)
    const replies = policyReplies(...(await opened))
    // Of the calls that end with a conversation, each can be followed by one that begins with it.
    const ended = new Map<string, number>()
    const begun = new Map<string, number>()
    const count = (into: Map<string, number>, key: string) => into.set(key, (into.get(key) ?? 0) + 1)
    let held = ''
    let whole = 0
    for (const request of requests) {
      const before = words(request.messages.slice(0, -1))
      if (before !== held) whole++
      held = words([...request.messages, { role: 'assistant', content: replies(request) }])
      count(ended, held)
      count(begun, before)
    }
    const followed = [...ended].reduce((sum, [key, calls]) => sum + Math.min(calls, begun.get(key) ?? 0), 0)
    expect(whole).toBe(requests.length - followed)
    expect(whole).toBeLessThan(requests.length / 2)
  })

  test('asks with seeds between 1 and 2^31 - 2, all of them different', async () => {
    const { library } = await through()
    const seeds = library.requests.map(({ seed }) => seed)
    for (const seed of seeds) expect(seed >= 1 && seed <= LARGEST_SEED && Number.isInteger(seed)).toBe(true)
    expect(new Set(seeds).size).toBe(seeds.length)
  })
})

const ASKED: ChatRequest = {
  messages: [{ role: 'user', content: 'Go on.' }],
  ...{ temperature: 1, seed: 5, stop: ['\nObservation:'], maxTokens: 50 },
}
const say = () => 'Thought: well.\nAction: click[buy now]'

describe('a call', () => {
  test('that continues the conversation counts what is held of it', async () => {
    const { model, library } = await openModel({ say })
    const first = unwrap(await model.complete(ASKED))
    const read = library.read
    const messages = [
      ...ASKED.messages,
      { role: 'assistant', content: first.text },
      { role: 'user', content: 'And now?' },
    ] as const
    const second = unwrap(await model.complete({ ...ASKED, messages }))
    const fresh = library.read - read
    expect(second.promptTokens).toBe((first.promptTokens ?? 0) + (first.completionTokens ?? 0) + fresh)
    // The same call again continues nothing: all of it is read.
    const third = unwrap(await model.complete({ ...ASKED, messages }))
    expect(third.promptTokens).toBe(library.read - read - fresh)
  })

  test('that runs into a stop text ends before it, and the engine forgets what it wrote beyond', async () => {
    const { model, library } = await openModel({ say: () => 'Action: click[a]\nObservation: I make this up.' })
    const reply = unwrap(await model.complete(ASKED))
    expect(reply.text).toBe('Action: click[a]')
    expect(library.resets).toBe(0)
    const split = await openModel({ say: () => 'Action: click[a] \nObserv ation' })
    const stop = ['\nObserv ation']
    const cut = unwrap(await split.model.complete({ ...ASKED, stop }))
    expect(cut).toMatchObject({ text: 'Action: click[a] ', finish: 'other' })
    expect(split.library.resets).toBe(1)
  })

  test('that is cut off at the token limit says so', async () => {
    const { model } = await openModel({ say })
    expect(unwrap(await model.complete({ ...ASKED, maxTokens: 2 }))).toMatchObject({
      ...{ finish: 'length', completionTokens: 2 },
    })
  })

  test('waits for the one before: the engine keeps one conversation', async () => {
    const { model, library } = await openModel({ say, pauseAfter: 1 })
    const stop = new AbortController()
    const first = model.complete({ ...ASKED, signal: stop.signal })
    const second = model.complete({ ...ASKED, seed: 6 })
    await Promise.resolve()
    library.behaviour = { say }
    expect(library.requests.length).toBeLessThan(2)
    stop.abort()
    expect(await first).toMatchObject({ ok: false, failure: { code: CANCELLED } })
    expect((await second).ok).toBe(true)
  })

  test('that is aborted interrupts the engine, even before its first word, and is no failure of the model', async () => {
    const { model, library, clock, deaths } = await openModel({ say, pauseAfter: 0 })
    const stop = new AbortController()
    const reply = model.complete({ ...ASKED, signal: stop.signal })
    stop.abort()
    for (let i = 0; i < 3; i++) {
      await new Promise(setImmediate)
      clock.tick()
    }
    expect(await reply).toMatchObject({ ok: false, failure: { code: CANCELLED } })
    library.behaviour = { say }
    expect((await model.complete(ASKED)).ok).toBe(true)
    expect(deaths).toEqual([])
  })

  test.each([
    ['memory', 'model-memory', true],
    ['string', 'model-error', false],
    ['not-loaded', 'model-gpu-lost', true],
    ['lost', 'model-gpu-lost', true],
    ['context', CONTEXT_FULL, false],
  ] as [CallFault, string, boolean][])('that meets %s fails with %s', async (fault, code, fatal) => {
    const { model, deaths, library } = await openModel({ say, fault: () => fault })
    const reply = await model.complete(ASKED)
    expect(reply).toMatchObject({ ok: false, failure: { code } })
    if (!reply.ok) expect(reply.failure.message).toMatch(/^[A-Z].+\.$/)
    expect(deaths.map((death) => death.code)).toEqual(fatal ? [code] : [])
    library.behaviour = { say }
    // Where the engine is gone, nothing is asked any more; else the next call is answered.
    expect((await model.complete(ASKED)).ok).toBe(!fatal)
    expect(library.requests.length).toBe(fatal ? 1 : 2)
  })

  test('that never answers is given up after three minutes awake, not after a night asleep', async () => {
    const { model, clock, deaths } = await openModel({ say, fault: () => 'hang' })
    const reply = model.complete(ASKED)
    await new Promise(setImmediate)
    // A night: the clock jumps, but the page was awake for one beat only.
    clock.nowMs += 8 * 3_600_000
    clock.tick()
    expect(deaths).toEqual([])
    for (let beat = 0; beat < 60; beat++) clock.tick()
    expect(await reply).toMatchObject({ ok: false, failure: { code: 'model-hangs' } })
    expect(deaths.map(({ code }) => code)).toEqual(['model-hangs'])
  })
})

describe('a constrained call', () => {
  const grammar = 'root ::= "Action: submit"'
  const valid = (text: string): boolean => text.startsWith('Action:')

  test('carries its grammar; a reply that is none is asked for again with another seed', async () => {
    const replies = ['Thought: I will nev', 'Action: submit']
    let asked = 0
    const { model, library } = await openModel({ say: () => replies[asked++] ?? '' }, { grammar, valid })
    expect(unwrap(await model.complete(ASKED)).text).toBe('Action: submit')
    expect(library.requests.map(({ response_format }) => response_format)).toEqual([
      { type: 'grammar', grammar },
      { type: 'grammar', grammar },
    ])
    const [first, second] = library.requests
    expect(first?.seed).toBe(5)
    expect(second?.seed).not.toBe(5)
  })

  test('that the engine breaks off is asked again, three times at most', async () => {
    const flaky = await openModel(
      { say: () => 'Action: submit', fault: (call) => (call < 3 ? 'grammar' : undefined) },
      { grammar, valid },
    )
    expect(unwrap(await flaky.model.complete(ASKED)).text).toBe('Action: submit')
    const broken = await openModel({ say, fault: () => 'grammar' }, { grammar, valid })
    expect(await broken.model.complete(ASKED)).toMatchObject({ ok: false, failure: { code: 'model-grammar' } })
    expect(broken.library.requests.length).toBe(3)
  })

  test('is another agent than a free one', async () => {
    const [free, kept] = [await openModel({ say }), await openModel({ say }, { grammar })]
    expect(free.model.variant).not.toBe(kept.model.variant)
    expect(free.model.name).not.toBe(kept.model.name)
  })
})
