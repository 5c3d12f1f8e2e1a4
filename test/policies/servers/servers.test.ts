import { afterAll, describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import type { ChatRequest } from '../../../src/policies/chat/model.ts'
import { windowOf } from '../../../src/policies/openai/listing.ts'
import { createOpenAIModel, listModels, type OpenAIOptions } from '../../../src/policies/openai/openai-model.ts'
import { TEST_TIMEOUT_MS, testPorts } from '../openai/ports.ts'
import { startFakeServer } from './fake-server.ts'
import { said, TABLE } from './table.ts'

const server = await startFakeServer()
afterAll(() => server.close())

const request: ChatRequest = {
  messages: [{ role: 'user', content: 'Find shoes.' }],
  ...{ temperature: 1, seed: 7, stop: ['\nObservation:'], maxTokens: 50 },
}

function model(options: Partial<OpenAIOptions> = {}, ports = testPorts()) {
  return unwrap(
    createOpenAIModel({ address: server.address, model: 'm', timeoutMs: TEST_TIMEOUT_MS, ...options }, ports),
  )
}

test.each(TABLE)('$server: $does', async ({ answers, reply, fails, requests, waitsMs }) => {
  server.answers = answers
  const ports = testPorts()
  const asked = model({}, ports)
  const answer = await asked.complete(request)
  if (fails === undefined) expect(unwrap(answer).text).toBe(reply)
  else {
    expect(answer).toMatchObject({ ok: false, failure: { code: fails[0], message: expect.stringMatching(fails[1]) } })
    expect(answer.ok ? '' : answer.failure.message).not.toMatch(fails[0] === 'endpoint-key' ? /^$/ : /Check the key/)
  }
  if (requests !== undefined) expect(asked.endpoint.stats.requests).toBe(requests)
  expect(ports.waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(waitsMs ?? 0)
  if (reply === undefined || requests === undefined) return
  // What was found out is known from then on.
  expect(unwrap(await asked.complete(request)).text).toBe(reply)
  expect(asked.endpoint.stats.requests).toBe(requests + 1)
})

test('docs/servers.md has this table', async () => {
  const cell = (text: string) => text.replaceAll('|', '\\|')
  const rows = TABLE.map(
    ({ server: name, does, we, page }) => `| ${[name, does, we, page ? 'yes' : ''].map(cell).join(' | ')} |`,
  )
  const table = ['| Server | What it does | What we do | Through the page, too |', '| --- | --- | --- | --- |', ...rows]
  await expect(`${ABOVE}\n\n${table.join('\n')}\n`).toMatchFileSnapshot('../../../docs/servers.md')
  expect(TABLE.filter(({ page }) => page).length).toBe(10)
  expect(new Set(TABLE.map(({ server: name, does }) => name + does)).size).toBe(TABLE.length)
})

const ABOVE = `# Servers as they are

Servers that speak OpenAI’s chat API speak it each in its own way. Every row here is a case of
[test/policies/servers/table.ts](../test/policies/servers/table.ts), is asked over HTTP in the tests, and is written from there: to add a server, add its
row and run \`npx vitest run --project unit test/policies/servers --update\`.

The list of a server’s models may be refused (401, 403, 404): \`collect\` says so and asks all the same. The window is read from
\`loaded_context_length\`, \`n_ctx\`, \`max_model_len\`, \`context_length\` and their like, what is loaded first. A server that
counts far fewer tokens than were sent is warned about, once. A key goes as \`Authorization: Bearer\`, to Azure as \`api-key\`, and
under another header’s name where that stands before it (\`api-key: ...\`); Azure’s \`?api-version=...\` may end the address.
Thinking aloud, in any bracket of [src/policies/thinking.ts](../src/policies/thinking.ts), is no action; a model that does nothing else is stopped after a
few replies (\`--max-tokens\`, \`--no-thinking\`).`

describe('the window', () => {
  test.each([
    [{ data: [{ id: 'm', max_model_len: 8192 }] }, 8192],
    [{ data: [{ id: 'm', context_length: 4096 }] }, 4096],
    [{ data: [{ id: 'm', max_context_length: 131072, loaded_context_length: 2048 }] }, 2048],
    [{ data: [{ id: 'm', n_ctx: 1024 }] }, 1024],
    [{ data: [{ id: '/models/x.gguf', meta: { n_ctx_train: 32768 } }] }, 32768],
    [{ data: [{ id: 'm', meta: { n_ctx: 4096, n_ctx_train: 32768 } }] }, 4096],
    [{ data: [{ id: 'm', context_length: 200000, top_provider: { context_length: 100000 } }] }, 100000],
    [[{ id: 'm', context_length: 4096 }, { id: 'n' }], 4096],
    [{ models: [{ name: 'm:latest', context_length: 512 }, { name: 'x' }] }, 512],
    [{ data: [{ id: 'a', n_ctx: 1 }, { id: 'b' }] }, undefined],
    [{ data: [{ id: 'm', max_model_len: -5 }] }, undefined],
  ])('of %j is %s', async (body, tokens) => {
    server.models = { status: 200, body }
    const listed = unwrap(await listModels({ address: server.address, timeoutMs: TEST_TIMEOUT_MS }, testPorts()))
    expect(windowOf('m', listed)).toBe(tokens)
  })
})

test.each([
  ['sk-0123456789', '', { authorization: 'Bearer sk-0123456789' }],
  ['api-key: sk-0123456789', '', { 'api-key': 'sk-0123456789', authorization: undefined }],
  ['sk-0123456789', '?api-version=2024-06-01', { 'api-key': 'sk-0123456789', authorization: undefined }],
])('the key %s goes to %s where it belongs', async (key, version, head) => {
  server.answers = [said('x')]
  unwrap(await model({ key, address: server.address + version }).complete(request))
  const [sent = {}] = server.heads
  for (const [name, value] of Object.entries(head)) expect(sent[name]).toBe(value)
  expect(server.urls).toEqual([`/v1/chat/completions${version}`])
})

test('a server that counts far fewer tokens than it was sent is warned about, once', async () => {
  const notices: string[] = []
  const { body } = said('x')
  server.answers = [{ body: { ...(body as object), usage: { prompt_tokens: 300 } } }]
  const asked = model({ notice: (words) => notices.push(words) })
  const long = { ...request, messages: [{ role: 'user' as const, content: 'many words '.repeat(500) }] }
  for (const _ of [1, 2]) unwrap(await asked.complete(long))
  unwrap(await asked.complete(request))
  expect(notices).toEqual([expect.stringMatching(/counts 300 tokens of a prompt of about 1,834/)])
})

test('a model that only thinks is stopped after a few replies, and where it spoke before, after more', async () => {
  server.answers = [said(null, { reasoning_content: 'hm' }, 'length')]
  const asked = model()
  const replies = []
  for (let i = 0; i < 5; i++) replies.push(await asked.complete(request))
  expect(replies.map(({ ok }) => ok)).toEqual([true, true, true, true, false])
  expect(replies[4]).toMatchObject({
    failure: { code: 'model-only-thinks', message: expect.stringMatching(/50 tokens.*--max-tokens.*--no-thinking/) },
  })
  server.answers = [said('Action: search[a]'), said('<think>so', {}, 'length')]
  const other = model()
  for (let i = 0; i < 20; i++) unwrap(await other.complete(request))
  expect((await other.complete(request)).ok).toBe(false)
})
