import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createSecureServer } from 'node:tls'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, expect, test } from 'vitest'
import { createHttpFetch } from '../../src/collect/http-fetch.ts'
import { success, unwrap } from '../../src/core/failure.ts'
import { openEndpoint } from '../../src/policies/openai/endpoint.ts'
import { createOpenAIModel } from '../../src/policies/openai/openai-model.ts'
import type { Fetch } from '../../src/policies/openai/ports.ts'
import { eventually } from '../eventually.ts'
import { TEST_TIMEOUT_MS, testPorts } from '../policies/openai/ports.ts'
import { startFakeServer } from '../policies/servers/fake-server.ts'
import { TABLE } from '../policies/servers/table.ts'

const FETCHES: readonly (readonly [string, Fetch])[] = [
  ['fetch', globalThis.fetch],
  ['httpFetch', createHttpFetch()],
]
const httpFetch = createHttpFetch()

/** What a server does with a request whose head and body have come. */
type Does = (socket: Socket, head: string) => void

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A server down to the bytes. */
async function serving(does: Does) {
  const heard: { heads: string[]; bodies: string[]; connections: number; port: number } = {
    ...{ heads: [], bodies: [], connections: 0, port: 0 },
  }
  heard.port = await listening((socket) => {
    heard.connections++
    let text = ''
    socket.on('error', () => {})
    socket.on('data', (piece) => {
      text += piece.toString('latin1')
      const end = text.indexOf('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
      if (end < 0 || text.length < end + 4 + length) return
      const head = text.slice(0, end)
      heard.heads.push(head)
      heard.bodies.push(Buffer.from(text.slice(end + 4), 'latin1').toString())
      text = ''
      does(socket, head)
    })
  })
  return heard
}

/** @returns the port */
async function listening(talk: (socket: Socket) => void): Promise<number> {
  const server = createServer(talk)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function asked(
  fetch: Fetch,
  address: string,
  parts: { signal?: AbortSignal; expire?: (go: () => void) => void } = {},
) {
  const ports = testPorts({ fetch, date: () => 0 })
  parts.expire?.(() => ports.expire())
  const options = { address, retries: 1, key: 'sk-0123456789', timeoutMs: TEST_TIMEOUT_MS }
  const endpoint = unwrap(openEndpoint(options, ports))
  const body = JSON.stringify({ prompt: 'größer als 5 €?' })
  const result = await endpoint.ask({ path: '/chat/completions', body, read: success }, parts.signal)
  return { result, waits: ports.waits, requests: endpoint.stats.requests }
}

const GOOD = JSON.stringify({ choices: [{ message: { content: 'Ünïcödé 🙂' } }] })
const OK = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'

const whole = (body: string | Buffer, head = OK): Does => {
  const bytes = Buffer.from(body)
  return (socket) => socket.write(Buffer.concat([Buffer.from(`${head}content-length: ${bytes.length}\r\n\r\n`), bytes]))
}
const coded = (coding: string, body: Buffer) => whole(body, `${OK}content-encoding: ${coding}\r\n`)

const CASES: Readonly<Record<string, Does>> = {
  'a whole answer': whole(GOOD),
  'a byte order mark': whole(`\uFEFF${GOOD}`),
  'what is no UTF-8': whole(Buffer.from([0x22, 0xff, 0xc3, 0x22])),
  'chunks, one byte each'(socket) {
    socket.write(`${OK}transfer-encoding: chunked\r\n\r\n`)
    for (const byte of Buffer.from(GOOD)) socket.write(Buffer.from([0x31, 13, 10, byte, 13, 10]))
    socket.write('0\r\n\r\n')
  },
  'an answer that ends with its connection': (socket) => void socket.end(`${OK}connection: close\r\n\r\n${GOOD}`),
  'an answer behind a word that it comes': (socket, head) => {
    socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n')
    whole(GOOD)(socket, head)
  },
  'no content': (socket) => void socket.write('HTTP/1.1 204 No Content\r\n\r\n'),
  'an empty answer': whole(''),
  gzip: coded('gzip', gzipSync(GOOD)),
  'gzip by its old name': coded('X-GZip', gzipSync(GOOD)),
  deflate: coded('deflate', deflateSync(GOOD)),
  brotli: coded('br', brotliCompressSync(GOOD)),
  'gzip twice': coded('gzip, gzip', gzipSync(gzipSync(GOOD))),
  'gzip without its end': coded('gzip', gzipSync(GOOD).subarray(0, -8)),
  'gzip that is none': coded('gzip', Buffer.from(GOOD)),
  'a coding of its own': coded('snappy', Buffer.from(GOOD)),
  'more than an answer may have': whole(`"${'x'.repeat(4_100_000)}"`),
  'more than that, packed': coded('gzip', gzipSync(`"${'x'.repeat(9_000_000)}"`)),
  'a wait that is said twice': whole('', 'HTTP/1.1 429 Busy\r\nretry-after: 3\r\nretry-after: 9\r\n'),
  'a wait': whole('{"error":"busy"}', 'HTTP/1.1 429 Busy\r\nRetry-After: 3\r\n'),
  'an error': whole('{"error":{"message":"no"}}', 'HTTP/1.1 400 Bad\r\n'),
  'another path of its own': (socket, head) => {
    if (!head.includes('/other')) whole('', 'HTTP/1.1 307 There\r\nlocation: /other?a=1\r\n')(socket, head)
    else whole(GOOD)(socket, head)
  },
  'a circle of paths': whole('', 'HTTP/1.1 302 There\r\nlocation: /v1/chat/completions\r\n'),
  'another server': whole('', 'HTTP/1.1 301 There\r\nlocation: http://elsewhere.example/v1\r\n'),
  nowhere: whole('', 'HTTP/1.1 301 There\r\n'),
  'less than it promised': (socket) => void socket.end(`${OK}content-length: 900\r\n\r\n${GOOD}`),
  'a chunk that breaks off': (socket) => void socket.end(`${OK}transfer-encoding: chunked\r\n\r\n90\r\n${GOOD}`),
  'a chunk that is none': (socket) =>
    void socket.write(`${OK}transfer-encoding: chunked\r\n\r\nno\r\n${GOOD}\r\n0\r\n\r\n`),
  'a break in the answer'(socket) {
    socket.write(`${OK}content-length: 900\r\n\r\n{`, () => socket.resetAndDestroy())
  },
}

test.each(Object.entries(CASES))('%s is what `fetch` makes of it', async (_, does) => {
  const { port } = await serving(does)
  const address = `http://127.0.0.1:${port}/v1`
  const [first, second] = [await asked(globalThis.fetch, address), await asked(httpFetch, address)]
  expect({ ...second, waits: [] }).toEqual({ ...first, waits: [] })
  expect(second.waits.map((ms) => Math.floor(ms / 1000))).toEqual(first.waits.map((ms) => Math.floor(ms / 1000)))
})

test('a request has the head and the body that `fetch` gives it', async () => {
  const heard = await serving(whole(GOOD))
  for (const [, fetch] of FETCHES) await asked(fetch, `http://127.0.0.1:${heard.port}/v1`)
  const [first, second] = heard.heads.map((head) =>
    head.toLowerCase().replace(', deflate', '').split('\r\n').toSorted(),
  )
  expect(second).toEqual(first)
  expect(heard.bodies).toEqual(Array(2).fill('{"prompt":"größer als 5 €?"}'))
})

test.each([
  ['where nothing listens', (port: number) => `http://127.0.0.1:${port}/v1`],
  ['by a name that has two addresses', (port: number) => `http://localhost:${port}/v1`],
])('a server %s is not reached in the same words', async (_, addressAt) => {
  const { port } = await serving(() => {})
  await new Promise((resolve) => servers.pop()?.close(resolve))
  const [first, second] = [await asked(globalThis.fetch, addressAt(port)), await asked(httpFetch, addressAt(port))]
  expect(second.result).toEqual(first.result)
  expect(second.result).toMatchObject({ failure: { code: 'endpoint-unreachable' } })
})

const ASKED: Parameters<Fetch>[1] = {
  ...{ method: 'GET', headers: {}, signal: new AbortController().signal, redirect: 'manual', credentials: 'omit' },
  ...{ cache: 'no-store', referrerPolicy: 'no-referrer' },
}

/** A server whose first answer stays without its end, and the others whole. */
async function halting() {
  const sockets: Socket[] = []
  const { port } = await serving((socket, head) => {
    if (sockets.push(socket) > 1) whole(GOOD)(socket, head)
    else socket.write(`${OK}content-length: 100\r\n\r\n{`)
  })
  return { address: `http://127.0.0.1:${port}/v1`, sockets }
}

test.each(FETCHES)('an answer that breaks off before it is read is told to who reads it (%s)', async (_, fetch) => {
  const { address, sockets } = await halting()
  const { body } = await fetch(address, ASKED)
  sockets[0]?.destroy()
  await (await fetch(address, ASKED)).body?.cancel() // what came before it has been heard of by now
  const reader = body?.getReader()
  const read = async (): Promise<void> => {
    while (!(await reader?.read())?.done);
  }
  await expect(read()).rejects.toThrow()
})

test.each(FETCHES)('an answer that nobody wants any more is not waited for (%s)', async (_, fetch) => {
  const { address, sockets } = await halting()
  const { body } = await fetch(address, ASKED)
  await body?.cancel()
  await eventually(() => expect(sockets[0]?.destroyed).toBe(true))
})

test.each(FETCHES)('a server that speaks no TLS is said to (%s)', async (_, fetch) => {
  const plain = await listening((socket) => {
    socket.on('error', () => {})
    socket.end('HTTP/1.1 400 Bad\r\n\r\n')
  })
  const { result } = await asked(fetch, `https://127.0.0.1:${plain}/v1`)
  expect(result).toMatchObject({ failure: { message: expect.stringMatching(/: it speaks no https \([A-Z_]+\)\./) } })
})

test.each(FETCHES)(
  'a server whose TLS does not suit is not said to have none, nor a bad certificate (%s)',
  async (_, fetch) => {
    for (const [options, words] of [
      [{ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' }, 'its https is older than TLS 1.2'],
      [{}, 'no secure connection to it came about'], // it has no certificate to show
    ] as const) {
      const server = createSecureServer(options).on('tlsClientError', () => {})
      servers.push(server.listen(0, '127.0.0.1'))
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo // a TCP server
      const { result } = await asked(fetch, `https://127.0.0.1:${port}/v1`)
      expect(result).toMatchObject({ failure: { message: expect.stringContaining(`: ${words} (`) } })
    }
  },
)

test.each(FETCHES)('a server that hangs up, or speaks no HTTP, is said to (%s)', async (_, fetch) => {
  const gone = await serving((socket) => void socket.destroy())
  const { result } = await asked(fetch, `http://127.0.0.1:${gone.port}/v1`)
  expect(result).toMatchObject({
    failure: { message: expect.stringMatching(/it broke the connection off \([A-Z_]+\)\./) },
  })
  const strange = await serving((socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
  const heard = await asked(fetch, `http://127.0.0.1:${strange.port}/v1`)
  expect(heard.result).toMatchObject({
    failure: { message: expect.stringMatching(/could not be reached \(HPE_\w+\)\./) },
  })
})

test.each(FETCHES)('a request is given up before its answer and within it (%s)', async (_, fetch) => {
  for (const begun of ['', `${OK}content-length: 900\r\n\r\n{`, `${OK}content-encoding: gzip\r\n\r\n\u001f`]) {
    const stop = new AbortController()
    let closed = false
    const silent = await serving((socket) => {
      socket.on('close', () => {
        closed = true
      })
      if (begun === '') stop.abort()
      else socket.write(begun, () => setImmediate(() => stop.abort()))
    })
    const { result } = await asked(fetch, `http://127.0.0.1:${silent.port}/v1`, { signal: stop.signal })
    expect(result).toMatchObject({ failure: { code: 'model-cancelled' } })
    await eventually(() => expect(closed).toBe(true)) // so that the server need not go on
  }
})

test.each(FETCHES)('a request whose time is up before its answer, or within it, says so (%s)', async (_, fetch) => {
  for (const begun of ['', `${OK}content-length: 900\r\n\r\n{`]) {
    let expire = (): void => {}
    const slow = await serving((socket) => socket.write(begun, () => setImmediate(expire)))
    const { result, requests } = await asked(fetch, `http://127.0.0.1:${slow.port}/v1`, {
      expire(go) {
        expire = go
      },
    })
    expect(result).toMatchObject({ failure: { code: 'endpoint-timeout' } })
    expect(requests).toBe(2)
  }
})

test('one connection serves requests that come after each other', async () => {
  const heard = await serving(whole(GOOD))
  for (let i = 0; i < 5; i++) await asked(httpFetch, `http://127.0.0.1:${heard.port}/v1`)
  expect(heard).toMatchObject({ connections: 1 })
  expect(heard.heads.length).toBe(5)
})

const server = await startFakeServer()
afterAll(() => server.close())

test.each(TABLE)('$server: $does, as by `fetch`', async ({ answers }) => {
  const found = []
  for (const [, fetch] of FETCHES) {
    server.answers = answers
    const ports = testPorts({ fetch })
    const options = { address: server.address, model: 'm', timeoutMs: TEST_TIMEOUT_MS }
    const model = unwrap(createOpenAIModel(options, ports))
    const messages = [{ role: 'user' as const, content: 'Find shoes.' }]
    const reply = await model.complete({ messages, temperature: 1, seed: 7, stop: ['\nObservation:'], maxTokens: 50 })
    found.push({ reply: { ...reply }, waits: ports.waits, requests: model.endpoint.stats.requests })
  }
  const [first, second] = found
  expect(second).toEqual(first)
})
