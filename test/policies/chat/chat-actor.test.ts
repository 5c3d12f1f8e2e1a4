import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exploreRun } from '../../../src/core/exploration/explore-run.ts'
import { runHeader } from '../../../src/core/exploration/run-plan.ts'
import { failure, success } from '../../../src/core/failure.ts'
import type { RunEvent, TaskEvent } from '../../../src/core/log/events.ts'
import { stream } from '../../../src/core/random.ts'
import { type ChatActor, type ChatOptions, createChatActor } from '../../../src/policies/chat/chat-actor.ts'
import { CANCELLED, type ChatModel, type ChatRequest, CONTEXT_FULL } from '../../../src/policies/chat/model.ts'
import { estimateTokens, fitted, messagesOf, WHOLE } from '../../../src/policies/chat/prompt.ts'
import { rawPrompts } from '../../../src/policies/chat/raw-prompts.ts'
import { callSeed, LARGEST_SEED } from '../../../src/policies/chat/seed.ts'
import { STYLES } from '../../../src/policies/chat/styles.ts'
import { collect, positionAfter, toyConfig } from '../../core/toy.ts'
import { createSmallShop } from '../small-shop.ts'
import { createSmallSql } from '../small-sql.ts'

const shop = createSmallShop()
const sql = await createSmallSql()
const task = shop.tasks('train')[0] as ReturnType<typeof shop.tasks>[number]

const ACTIONS = ['search[running shoes]', 'click[b0small000]', 'click[navy]', 'click[buy now]', 'dance', '']

/** Says what the seed says, after as many turns of the event loop as `delay` says. */
function scriptedModel(delay: (request: ChatRequest) => number = () => 0) {
  const asked: ChatRequest[] = []
  let open = 0
  let peak = 0
  const model: ChatModel = {
    name: 'scripted',
    async complete(request) {
      asked.push(request)
      peak = Math.max(peak, ++open)
      for (let turn = delay(request); turn > 0; turn--) await Promise.resolve()
      open--
      const action = ACTIONS[request.seed % ACTIONS.length]
      const text = action === '' ? `I do not know (${request.seed}).` : `Thought: ${request.seed}.\nAction: ${action}`
      const promptTokens = request.messages.reduce((sum, { content }) => sum + content.length, 0)
      return success({ text, promptTokens, completionTokens: text.length, finish: 'stop', elapsedMs: 12.3 })
    },
  }
  return { model, asked, peak: () => peak }
}

function header<S>(actor: ChatActor<S>, settings: Parameters<typeof toyConfig>[0]) {
  const { data, minReward, maxReward } = shop
  const { name, fingerprint, systemPrompt, conversation } = actor
  const made = { data, agent: { name, fingerprint }, systemPrompt, minReward, maxReward, conversation }
  return runHeader(toyConfig({ policy: 'openai', ...settings }), made)
}

function run(options: ChatOptions, delay?: (request: ChatRequest) => number, settings = {}) {
  const scripted = scriptedModel(delay)
  const actor = createChatActor(shop, scripted.model, options)
  const config = { tasks: 2, rollouts: 3, candidates: 2, stepLimit: 5, ...settings }
  const start = { header: header(actor, config), actor, tasks: shop.tasks('train').slice(0, config.tasks) }
  return { ...scripted, actor, start, log: () => collect(exploreRun(start)) }
}

function callsIn(events: readonly RunEvent[]): number {
  return events.reduce((sum, event) => {
    if (event.type === 'candidate-proposed') return sum + 1
    return sum + (event.type === 'rollout-finished' ? event.actions.length : 0)
  }, 0)
}

test('every call has a seed of its own in the range that engines take', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 30 }), (seed, call) => {
      const drawn = callSeed(stream(seed), call)
      expect(Number.isInteger(drawn) && drawn >= 1 && drawn <= LARGEST_SEED).toBe(true)
      expect(callSeed(stream(seed), call)).toBe(drawn)
    }),
  )
  const many = Array.from({ length: 1000 }, (_, i) => callSeed(stream(i), 1))
  expect(new Set(many).size).toBe(1000)
  const calls = Array.from({ length: 30 }, (_, i) => callSeed(stream(1), i + 1))
  expect(new Set(calls).size).toBe(30)
})

describe('a run', () => {
  test('does not depend on how many rollouts are under way, nor on the order of the replies', async () => {
    const one = run({ concurrency: 1 })
    const many = run({ concurrency: 8 }, ({ seed }) => seed % 17)
    expect(await many.log()).toEqual(await one.log())
    expect(one.peak()).toBe(1)
    expect(many.peak()).toBe(3)
  })

  test('asks for one conversation to its end before the next one where one is held at a time', async () => {
    const { actor, asked } = run({ concurrency: 1 })
    const streams = [1, 2, 3].map((seed) => stream(seed))
    const rollouts = await actor.rollouts(actor.begin(task), 4, 1, streams)
    const lengths = rollouts.flatMap(({ actions }) => actions.map((_, i) => i))
    expect(asked.map(({ messages }) => (messages.length - 12) / 2)).toEqual(lengths)
  })

  test('is not asked again for what is recorded, timings included', async () => {
    const whole = await run({}).log()
    for (const cut of [5, 9, 14, whole.length - 1]) {
      const again = run({})
      const rest = await collect(exploreRun({ ...again.start, from: positionAfter(whole, cut) }))
      expect([...whole.slice(0, cut), ...rest]).toEqual(whole)
      expect(again.asked).toHaveLength(callsIn(rest))
    }
    const calls = whole.flatMap((event) => (event.type === 'candidate-proposed' ? [event.usage?.elapsedMs] : []))
    expect(calls.length).toBeGreaterThan(0)
    expect(new Set(calls)).toEqual(new Set([12]))
  })

  test('without timings says nothing of the clock', async () => {
    expect(JSON.stringify(await run({ timings: false }).log())).not.toContain('elapsedMs')
  })

  test('holds all that its raw prompts are made of', async () => {
    for (const contextTokens of [1700, 1000, 4096]) {
      const { actor, asked, log, start } = run({ contextTokens, maxTokens: 50 })
      const events = await log()
      const prompts = [0, 1].flatMap((index) => [
        ...rawPrompts(
          shop,
          start.header,
          events.filter((event) => 'task' in event && event.task === index),
        ),
      ])
      expect(prompts.every(({ verified }) => verified)).toBe(true)
      expect(prompts.map(({ messages }) => messages)).toEqual(asked.map(({ messages }) => messages))
      const fits = prompts.map(({ recorded }) => recorded.fit)
      expect(fits.some((fit) => fit !== undefined)).toBe(contextTokens < 4096)
      expect(actor.fingerprint).toBe(start.header.agent.fingerprint)
    }
  })

  test('stops with the failure of its model, and goes on from there', async () => {
    const whole = await run({}).log()
    const broken = run({})
    let calls = 0
    const { complete } = broken.model
    const model: ChatModel = {
      ...broken.model,
      complete: (request) =>
        ++calls === 9 ? Promise.resolve(failure('endpoint-busy', 'Too much.')) : complete(request),
    }
    const actor = createChatActor(shop, model, {})
    const part = await collect(exploreRun({ ...broken.start, actor }))
    expect(part.at(-1)).toEqual({ type: 'run-failed', failure: { code: 'endpoint-busy', message: 'Too much.' } })
    const kept = part.slice(0, -1)
    const rest = await collect(exploreRun({ ...run({}).start, from: positionAfter(kept, kept.length) }))
    expect([...kept, ...rest]).toEqual(whole)
  })

  test('a failed rollout stops its siblings, and an abort is no failure of the run', async () => {
    const stop = new AbortController()
    const signals: (AbortSignal | undefined)[] = []
    const model: ChatModel = {
      name: 'never',
      complete: ({ signal }) =>
        new Promise((resolve) => {
          signals.push(signal)
          signal?.addEventListener('abort', () => resolve(failure(CANCELLED, 'Cancelled.')))
          if (signal?.aborted === true) resolve(failure(CANCELLED, 'Cancelled.'))
          if (signals.length === 3) resolve(failure('endpoint-key', 'No.'))
        }),
    }
    const actor = createChatActor(shop, model, { concurrency: 3 })
    const streams = [1, 2, 3].map((seed) => stream(seed))
    await expect(actor.rollouts(actor.begin(task), 3, 1, streams)).rejects.toMatchObject({
      failure: { code: 'endpoint-key' },
    })
    expect(signals.every((signal) => signal?.aborted)).toBe(true)
    const { start } = run({})
    const events: RunEvent[] = []
    const exploring = (async () => {
      for await (const event of exploreRun({ ...start, actor, signal: stop.signal })) events.push(event)
    })()
    stop.abort()
    await expect(exploring).rejects.toMatchObject({ failure: { code: CANCELLED } })
    expect(events.map(({ type }) => type)).not.toContain('run-failed')
  })
})

describe('what is no action', () => {
  const execute = (text: string, action: string) => {
    const actor = createChatActor(shop, scriptedModel().model)
    return actor.observe(actor.execute(actor.begin(task), { text, action }))
  }

  test('in the shop is answered as the wrapper does where there is none, and by nothing where it is none', () => {
    expect(execute('Hm.', '')).toBe(STYLES.webshop.noAction)
    expect(execute('Action: dance', 'dance')).toBe(shop.observe(shop.reset(task)))
  })

  test('in SQL is answered with how to say it, and counts as a step', () => {
    const actor = createChatActor(sql, scriptedModel().model)
    const first = sql.tasks('train')[0]
    if (first === undefined) throw new Error('no task')
    let prefix = actor.begin(first)
    for (let step = 0; step < 10; step++) {
      expect(actor.outcome(prefix)).toBeUndefined()
      prefix = actor.execute(prefix, { text: 'Hm.', action: '' })
      expect(actor.observe(prefix)).toMatch(/^That was not understood/)
    }
    expect(actor.outcome(prefix)).toEqual({ reward: 0 })
  })
})

describe('the prompt', () => {
  const { actor } = run({})
  const form = actor.conversation
  const roles = (messages: readonly { role: string }[]) => messages.map(({ role }) => role[0]).join('')
  const episode = (turns: number, size = 1000) => ({
    first: 'The task.',
    turns: Array.from({ length: turns }, (_, i) => ({
      reply: `Action: ${i}`,
      observation: `${i}:${'x'.repeat(size)}`,
    })),
  })

  test('is instructions, example, and the task in turn, for templates with and without a system message', () => {
    const messages = actor.prompt(actor.begin(task))
    expect(roles(messages)).toBe(`s${'ua'.repeat(5)}u`)
    expect(messages.at(-1)?.content).toBe(shop.observe(shop.reset(task)))
    const gemma = messagesOf(actor.systemPrompt, { ...form, system: 'first-user-message' }, episode(2), WHOLE)
    expect(roles(gemma)).toBe(`${'ua'.repeat(7)}u`)
    expect(gemma[0]?.content.startsWith(actor.systemPrompt)).toBe(true)
    expect(roles(createChatActor(shop, scriptedModel().model, { example: false }).prompt(actor.begin(task)))).toBe('su')
  })

  test('fits where anything fits at all, keeps the task and the newest reply, says what is missing, and only ever leaves out more', () => {
    const sizes = fc.array(fc.nat(3000), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(sizes, fc.integer({ min: 900, max: 5000 }), (lengths, budget) => {
        let fit = WHOLE
        const turns: { reply: string; observation: string }[] = []
        for (const [i, length] of lengths.entries()) {
          turns.push({ reply: `Action: ${i}`, observation: `${i}:${'x'.repeat(length)}` })
          const now = { first: 'The task.', turns: [...turns] }
          const next = fitted(actor.systemPrompt, form, now, fit, budget)
          expect(next).toBeDefined()
          if (next === undefined) return
          expect(next.shortened).toBeGreaterThanOrEqual(fit.shortened)
          expect(next.dropped).toBeGreaterThanOrEqual(fit.dropped)
          const messages = messagesOf(actor.systemPrompt, form, now, next)
          const text = messages.map(({ content }) => content).join('')
          expect(messages.reduce((sum, { content }) => sum + 8 + estimateTokens(content), 0)).toBeLessThanOrEqual(
            budget,
          )
          expect(roles(messages)).toMatch(/^s(ua)*u$/)
          expect(text).toContain('The task.')
          expect(messages.at(-1)?.content).toContain(`${i}:`)
          if (next.dropped > 0 || next.cut !== null || next.shortened > 1) expect(text).toMatch(/left out here/)
          if (next === fit && fit === WHOLE) expect(text).not.toContain('left out')
          fit = { ...next, cut: null }
        }
      }),
      { numRuns: 60 },
    )
  })

  test('leaves old observations short before it drops old turns, and changes seldom', () => {
    const fits = Array.from({ length: 10 }, (_, i) => i + 1).reduce<{ fit: typeof WHOLE; all: string[] }>(
      ({ fit, all }, turns) => {
        const next = fitted(actor.systemPrompt, form, episode(turns), fit, 2600) ?? expect.fail('does not fit')
        return { fit: next, all: [...all, JSON.stringify(next)] }
      },
      { fit: WHOLE, all: [] },
    )
    expect(JSON.parse(fits.all.at(-1) ?? '')).toMatchObject({ dropped: 0, cut: null })
    expect(new Set(fits.all).size).toBeLessThan(6)
  })

  test('shows the end of an observation again once it is not the newest one', () => {
    const begun = actor.begin(task)
    const call = { prompt: '', promptTokens: 1, completionTokens: 1, finish: 'stop' } as const
    const fit = { shortened: 2, dropped: 1, cut: 300 }
    const next = actor.execute(begun, { text: '', action: 'search[shoes]', usage: { ...call, fit } })
    expect(next.fit).toEqual({ shortened: 2, dropped: 1, cut: null })
  })

  test('a server that counts more tokens than we did is given less', async () => {
    const { model, asked } = scriptedModel()
    const strict: ChatModel = {
      ...model,
      async complete(request) {
        const reply = await model.complete(request)
        const size = request.messages.reduce((sum, { content }) => sum + content.length, 0)
        return size > 4000 ? failure(CONTEXT_FULL, 'Too long.') : reply
      },
    }
    const { usage } = await createChatActor(shop, strict).propose(actor.begin(task), 1, stream(3))
    expect(asked.length).toBeGreaterThan(1)
    expect(usage?.fit?.shortened).toBeGreaterThan(0)
    const tiny = createChatActor(shop, model, { contextTokens: 300 })
    await expect(tiny.propose(actor.begin(task), 1, stream(3))).rejects.toMatchObject({
      failure: { code: 'chat-window' },
    })
  })
})

test('the agent is another one where it would be asked or understood in another way', () => {
  const { model } = scriptedModel()
  const options: ChatOptions[] = [
    {},
    { maxTokens: 9 },
    { example: false },
    { reading: 'as-ipr' },
    { system: 'first-user-message' },
    { stop: [] },
  ]
  const agents = options.map((option) => createChatActor(shop, model, option).fingerprint)
  agents.push(createChatActor(shop, { ...model, name: 'other' }).fingerprint)
  agents.push(
    createChatActor(shop, { ...model, variant: 'other' }).fingerprint,
    createChatActor(sql, model).fingerprint,
  )
  expect(new Set(agents).size).toBe(agents.length)
  expect(createChatActor(shop, model, { concurrency: 9, timings: false }).fingerprint).toBe(agents[0])
})

test('a task without a model call in it is a plain log', () => {
  const events: TaskEvent[] = []
  expect([...rawPrompts(shop, header(run({}).actor, {}), events)]).toEqual([])
})
