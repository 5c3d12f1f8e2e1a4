import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { type Result, unwrap } from '../../../src/core/failure.ts'
import type { ChatRequest } from '../../../src/policies/chat/model.ts'
import { createLinearActor } from '../../../src/policies/linear/linear-actor.ts'
import { createWebShopActions } from '../../../src/policies/linear/webshop/webshop-actions.ts'
import { endpointAddress } from '../../../src/policies/openai/address.ts'
import { createGate } from '../../../src/policies/openai/gate.ts'
import { createOpenAIModel, listModels, type OpenAIOptions } from '../../../src/policies/openai/openai-model.ts'
import type { EndpointPorts } from '../../../src/policies/openai/ports.ts'
import { retryAfterMs } from '../../../src/policies/openai/waits.ts'
import { FAULTS, startOpenAIServer, TEST_MODEL } from '../openai-server.ts'
import { createSmallShop } from '../small-shop.ts'
import { TEST_TIMEOUT_MS, testPorts } from './ports.ts'

const KEY = 'sk-very-secret-0123456789'
const shop = createSmallShop()
const space = createWebShopActions(shop.catalogue.products)
const policy = createLinearActor(shop, space, new Float64Array(space.features.length))
const server = await startOpenAIServer(shop, policy)
afterAll(() => server.close())
beforeEach(() => {
  server.behaviour = {}
})

const first = shop.tasks('train')[0] as ReturnType<typeof shop.tasks>[number]
const request: ChatRequest = {
  messages: [{ role: 'user', content: shop.observe(shop.reset(first)) }],
  ...{ temperature: 1, seed: 7, stop: ['\nObservation:'], maxTokens: 50 },
}

function model(options: Partial<OpenAIOptions> = {}, ports: EndpointPorts = testPorts()) {
  const given = { address: server.address, model: TEST_MODEL, timeoutMs: TEST_TIMEOUT_MS, ...options }
  return unwrap(createOpenAIModel(given, ports))
}

async function failed(promise: Promise<Result<unknown>>) {
  const result = await promise
  return result.ok ? expect.fail('it worked') : result.failure
}

/** A server of one answer. */
function answering(...answers: (() => Response | Promise<Response>)[]): EndpointPorts['fetch'] & { calls: number } {
  const fetch = Object.assign(
    async () => {
      const answer = answers[Math.min(fetch.calls, answers.length - 1)] ?? expect.fail('no answer')
      fetch.calls++
      return answer()
    },
    { calls: 0 },
  )
  return fetch
}

const json = (status: number, value: unknown, headers: Record<string, string> = {}) => {
  return () => new Response(JSON.stringify(value), { status, headers })
}
const good = (content: unknown, usage: unknown = { prompt_tokens: 3, completion_tokens: 2 }) =>
  json(200, { choices: [{ message: { content }, finish_reason: 'stop' }], usage })

test.each([
  ['localhost:8000', 'http://localhost:8000/v1'],
  ['http://localhost:8000/v1/', 'http://localhost:8000/v1'],
  [' http://localhost:8000/v1/chat/completions ', 'http://localhost:8000/v1'],
  ['127.0.0.1:11434', 'http://127.0.0.1:11434/v1'],
  ['192.168.1.20:8000', 'http://192.168.1.20:8000/v1'],
  ['gpu-head:8000', 'http://gpu-head:8000/v1'],
  ['api.openai.com', 'https://api.openai.com/v1'],
  ['https://host.example/llm/openai/v1/models', 'https://host.example/llm/openai/v1'],
  ['[::1]:8080', 'http://[::1]:8080/v1'],
])('the address %s means %s', (given, address) => {
  expect(endpointAddress(given)).toEqual({ ok: true, value: address })
})

test.each([
  '',
  'ftp://host',
  'http://',
  'http://a b',
  'https://me:pw@host',
  'https://host/v1?key=abc',
  'http://h/#x',
  '::',
])('the address %j is refused in a sentence', (given) => {
  const result = endpointAddress(given)
  expect(result.ok ? '' : result.failure.code).toBe('endpoint-address')
  if (!result.ok) expect(result.failure.message).not.toMatch(/pw|abc/)
})

test('any text is an address or a sentence', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
      const result = endpointAddress(text)
      if (result.ok) expect(endpointAddress(result.value)).toEqual(result)
    }),
  )
})

test('a reply comes with its counts, for the request as it was', async () => {
  const reply = unwrap(await model({ extra: { top_p: 0.9, model: 'not this' } }).complete(request))
  expect(reply).toMatchObject({ finish: 'stop', elapsedMs: 0 })
  expect(reply.promptTokens).toBeGreaterThan(0)
  expect(server.asked.at(-1)).toEqual({
    ...{ model: TEST_MODEL, messages: request.messages, temperature: 1, seed: 7, stop: ['\nObservation:'] },
    ...{ max_tokens: 50, stream: false, top_p: 0.9 },
  })
})

test('the models of a server are listed, with their window', async () => {
  const listed = await listModels({ address: server.address, timeoutMs: TEST_TIMEOUT_MS }, testPorts())
  expect(listed).toEqual({ ok: true, value: [{ id: TEST_MODEL, contextTokens: 8192 }] })
})

test('counts that a server leaves out or makes up are null, and a reply may be in parts, empty or cut off', async () => {
  const fetch = answering(
    good('a', { prompt_tokens: -5, completion_tokens: 'many' }),
    json(200, { choices: [{ message: { content: null }, finish_reason: 'tool_calls' }] }),
    json(200, { choices: [{ message: { content: [{ type: 'text', text: 'b' }] }, finish_reason: 'length' }] }),
  )
  const asked = model({}, testPorts({ fetch }))
  const replies = [await asked.complete(request), await asked.complete(request), await asked.complete(request)]
  expect(replies.map(unwrap)).toMatchObject([
    { text: 'a', promptTokens: null, completionTokens: null, finish: 'stop' },
    { text: '', promptTokens: null, finish: 'other' },
    { text: 'b', finish: 'length' },
  ])
})

describe('the key', () => {
  test('opens the server, and is told to nobody else', async () => {
    server.behaviour = { key: KEY }
    const asked = model({ key: ` ${KEY}\n` })
    expect((await asked.complete(request)).ok).toBe(true)
    expect(inspect(asked, { depth: 9, showHidden: true }) + JSON.stringify(asked)).not.toContain(KEY)
  })

  test('stands in no sentence, even where the server says it', async () => {
    server.behaviour = { key: 'another' }
    const why = await failed(model({ key: KEY }).complete(request))
    expect(why).toEqual({
      code: 'endpoint-key',
      message: `The server at ${server.address} answered 401: “Incorrect API key provided: Bearer [key]” Check the key, and that it may use this model.`,
    })
  })

  test('stands in no reply, even of a hostile server', async () => {
    const escaped = [...KEY].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
    const hostile = `{"choices":[{"message":{"content":"Your key is ${escaped}, or ${KEY}."}}]}`
    const fetch = answering(() => new Response(hostile))
    const reply = unwrap(await model({ key: KEY }, testPorts({ fetch })).complete(request))
    expect(reply.text).toBe('Your key is [key], or [key].')
    const angry = answering(() => new Response(`{"error": "no ${escaped}"}`, { status: 400 }))
    expect((await failed(model({ key: KEY }, testPorts({ fetch: angry })).complete(request))).message).not.toContain(
      KEY,
    )
  })

  test('that no header could hold, or that stands in the address, is refused without being said', () => {
    for (const options of [
      { key: 'secret key\u0007' },
      { key: 'geheim–é' },
      { address: `http://h/${KEY}`, key: KEY },
    ]) {
      const made = createOpenAIModel({ address: 'http://h', model: 'm', ...options }, testPorts())
      expect(made.ok ? '' : made.failure.message).toMatch(/^The key /)
      expect(JSON.stringify(made)).not.toMatch(/secret|geheim|sk-/)
    }
  })

  test('that is only a placeholder is not looked for in what a model says', async () => {
    const asked = model({ key: 'none' }, testPorts({ fetch: answering(good('none of them')) }))
    expect(unwrap(await asked.complete(request)).text).toBe('none of them')
  })
})

describe('asking again', () => {
  test.each(FAULTS.filter((fault) => fault !== 'busy-until'))('helps where the trouble passes: %s', async (fault) => {
    const ports = testPorts()
    const plain = unwrap(await model({}, ports).complete(request))
    server.behaviour = { fault: (_, times) => (times < 2 ? fault : undefined), stalled: () => ports.expire() }
    const other = { ...request, maxTokens: 51 + server.asked.length }
    const asked = model({}, ports)
    expect(unwrap(await asked.complete(other))).toMatchObject({ text: plain.text })
    expect(asked.endpoint.stats).toMatchObject({ requests: 3, repeated: 2, inFlight: 0 })
  })

  test.each([
    ['busy', 'endpoint-busy', 7],
    ['broken', 'endpoint-server', 7],
    ['cut-off', 'endpoint-cut-off', 7],
    ['slow', 'endpoint-timeout', 7],
    ['malformed', 'endpoint-json', 3],
    ['wrong-shape', 'endpoint-shape', 3],
    ['too-large', 'endpoint-too-large', 3],
  ] as const)('ends where it does not: %s', async (fault, code, requests) => {
    const ports = testPorts()
    server.behaviour = { fault: () => fault, stalled: () => ports.expire() }
    const asked = model({}, ports)
    const why = await failed(asked.complete(request))
    expect(why.code).toBe(code)
    expect(why.message).toMatch(/^The (answer of the )?server at http:.*It was asked \d times\.$/)
    expect(asked.endpoint.stats.requests).toBe(requests)
  })

  test.each([
    [401, { error: { message: 'no' } }, 'endpoint-key'],
    [403, '', 'endpoint-key'],
    [402, '', 'endpoint-quota'],
    [429, { error: { message: 'You exceeded your current quota' } }, 'endpoint-quota'],
    [404, { error: { message: 'The model does not exist.' } }, 'endpoint-model'],
    [400, { detail: 'bad' }, 'endpoint-request'],
    [400, { error: { message: 'System role not supported' } }, 'endpoint-system-role'],
    [400, { error: { message: "This model's maximum context length is 4096 tokens." } }, 'model-context'],
    [400, { error: 'the request exceeds the available context size' }, 'model-context'],
    [501, '', 'endpoint-request'],
  ])('is not tried after %i %j', async (status, body, code) => {
    const fetch = answering(json(status, body))
    expect((await failed(model({}, testPorts({ fetch })).complete(request))).code).toBe(code)
    expect(fetch.calls).toBe(1)
  })

  test('waits longer each time, spread at random, and as long as the server asks', async () => {
    const ports = testPorts({
      fetch: answering(json(500, ''), json(500, ''), json(500, ''), good('x')),
      jitter: () => 0.5,
    })
    unwrap(await model({}, ports).complete(request))
    expect(ports.waits).toEqual([250, 500, 1000])
    const busy = testPorts({ fetch: answering(json(429, '', { 'retry-after': '7' }), good('x')), jitter: () => 0 })
    unwrap(await model({}, busy).complete(request))
    expect(busy.waits).toEqual([7000])
    const until = testPorts({
      fetch: answering(json(429, '', { 'retry-after': 'Fri, 27 Nov 2026 03:00:07 GMT' }), good('x')),
      date: () => Date.UTC(2026, 10, 27, 3, 0, 0),
      jitter: () => 0,
    })
    unwrap(await model({}, until).complete(request))
    expect(until.waits).toEqual([7000])
  })

  test('a server that asks to be left alone is left alone by all requests', async () => {
    const fetch = answering(json(429, '', { 'retry-after': '9' }), good('a'), good('b'))
    const ports = testPorts({ fetch, jitter: () => 0 })
    const asked = model({ concurrency: 1 }, ports)
    expect((await Promise.all([asked.complete(request), asked.complete(request)])).every(({ ok }) => ok)).toBe(true)
    expect(ports.now()).toBe(9000)
    const fallow = answering(json(429, '', { 'retry-after': '9' }), good('a'))
    const waits: (() => void)[] = []
    const still = testPorts({
      fetch: fallow,
      after(ms, call) {
        if (ms < 200_000) waits.push(call)
        return () => {}
      },
    })
    const busy = model({ concurrency: 2 }, still)
    const first = busy.complete(request)
    while (waits.length < 1) await new Promise(setImmediate)
    const second = busy.complete(request)
    while (waits.length < 2) await new Promise(setImmediate)
    expect(fallow.calls).toBe(1)
    void [first, second]
    const patient = testPorts({ fetch: answering(json(503, '', { 'retry-after': '3600' })) })
    expect((await failed(model({}, patient).complete(request))).message).toMatch(/left alone for 60 minutes\.$/)
  })

  test.each([
    ['3', 0, 3000],
    ['0.5', 0, 500],
    ['Thu, 01 Jan 1970 00:01:00 GMT', 20_000, 40_000],
    ['Thu, 01 Jan 1970 00:00:01 GMT', 20_000, 0],
    ['-3', 0, undefined],
    ['soon', 0, undefined],
    [null, 0, undefined],
  ])('Retry-After: %s', (header, now, wait) => {
    expect(retryAfterMs(header, now)).toBe(wait)
  })

  test('a server that knows the token limit by its newer name only is asked so from then on', async () => {
    const bodies: string[] = []
    const said = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    const fetch: EndpointPorts['fetch'] = async (_, init) => {
      bodies.push(String(init?.body))
      return bodies.length === 1 ? json(400, { error: { message: said } })() : good('x')()
    }
    const asked = model({}, testPorts({ fetch }))
    unwrap(await asked.complete(request))
    unwrap(await asked.complete(request))
    expect(bodies.map((body) => Object.keys(JSON.parse(body)).filter((name) => name.startsWith('max')))).toEqual([
      ['max_tokens'],
      ['max_completion_tokens'],
      ['max_completion_tokens'],
    ])
  })
})

describe('what cannot be reached', () => {
  const refuse = (cause: unknown): EndpointPorts['fetch'] => {
    return () => Promise.reject(new TypeError('fetch failed', { cause }))
  }

  test('is named by its cause in Node', async () => {
    const fetch = refuse({ code: 'ECONNREFUSED' })
    const { code, message } = await failed(model({ retries: 0 }, testPorts({ fetch })).complete(request))
    expect(code).toBe('endpoint-unreachable')
    expect(message).toMatch(/could not be reached: nothing listens there \(ECONNREFUSED\)\./)
  })

  test('has two reasons in a page, which both are said, with a way on', async () => {
    const ports = testPorts({ fetch: refuse(undefined), origin: 'https://lab.example' })
    const { code, message } = await failed(model({ retries: 0, address: 'https://h' }, ports).complete(request))
    expect(code).toBe('endpoint-unreachable')
    expect(message).toMatch(/not running.*does not allow pages from https:\/\/lab\.example \(CORS\).*--allowed-origins/)
  })

  test('by mixed content is said before anything is sent', () => {
    const ports = testPorts({ fetch: () => expect.fail('sent'), origin: 'https://lab.example' })
    const open = (address: string) => createOpenAIModel({ address, model: 'm' }, ports)
    expect(open('http://gpu.example:8000')).toMatchObject({ failure: { code: 'endpoint-mixed-content' } })
    for (const address of ['https://gpu.example', 'http://localhost:8000', 'http://127.0.0.1:1'])
      expect(open(address).ok).toBe(true)
  })
})

describe('limits', () => {
  test('no more requests than allowed are under way, and none is forgotten', async () => {
    server.behaviour = { shuffle: 9 }
    const asked = model({ concurrency: 4 })
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, seed) => asked.complete({ ...request, seed: seed + 1 })),
    )
    expect(replies.every(({ ok }) => ok)).toBe(true)
    expect(asked.endpoint.stats).toMatchObject({ requests: 40, peak: 4, inFlight: 0, waiting: 0 })
  })

  test('a budget of requests, and one of tokens, end in a sentence', async () => {
    const byRequests = model({ budget: { requests: 2 } })
    for (const _ of [1, 2]) unwrap(await byRequests.complete(request))
    expect(await failed(byRequests.complete(request))).toMatchObject({ code: 'model-budget' })
    const byTokens = model({ budget: { tokens: 1 } })
    unwrap(await byTokens.complete(request))
    expect((await failed(byTokens.complete(request))).message).toMatch(/1 requests and \d+ tokens.*raise the budget/)
  })

  test('a cancelled request ends at once, waiting, under way or between two attempts', async () => {
    const stop = new AbortController()
    server.behaviour = { fault: () => 'slow', stalled: () => stop.abort() }
    const asked = model({ concurrency: 1 })
    const replies = await Promise.all([1, 2, 3].map(() => failed(asked.complete({ ...request, signal: stop.signal }))))
    expect(replies.map(({ code }) => code)).toEqual(Array(3).fill('model-cancelled'))
    expect(asked.endpoint.stats).toMatchObject({ requests: 1, inFlight: 0, waiting: 0 })
    const between = new AbortController()
    const never = testPorts({ fetch: answering(json(500, '')), after: () => () => {} })
    const waiting = failed(model({}, never).complete({ ...request, signal: between.signal }))
    setImmediate(() => between.abort())
    expect((await waiting).code).toBe('model-cancelled')
  })

  test('a gate lets its number through, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.boolean(), { maxLength: 12 }),
        async (width, aborts) => {
          const gate = createGate(width)
          const passed: number[] = []
          await Promise.all(
            aborts.map(async (abort, i) => {
              const stop = new AbortController()
              const leave = gate.enter(stop.signal)
              if (abort) stop.abort()
              const pass = await leave
              if (pass === undefined) return
              expect(gate.inside).toBeLessThanOrEqual(width)
              passed.push(i)
              await Promise.resolve()
              pass()
              pass()
            }),
          )
          expect(passed).toEqual(passed.toSorted((a, b) => a - b))
          expect(passed).toEqual(expect.arrayContaining(aborts.flatMap((abort, i) => (abort ? [] : [i]))))
          expect([gate.inside, gate.waiting]).toEqual([0, 0])
        },
      ),
    )
  })
})

test('whatever a server answers is a reply or a failure with a sentence', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.json(), fc.string()),
      fc.constantFrom(200, 400, 404, 429, 500),
      async (body, status) => {
        const ports = testPorts({ fetch: answering(() => new Response(body, { status })) })
        const result = await model({ retries: 1 }, ports).complete(request)
        if (!result.ok) expect(result.failure.message).toMatch(/^The .*\.$/s)
      },
    ),
  )
})
