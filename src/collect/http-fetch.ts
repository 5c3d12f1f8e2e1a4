/**
 * What `fetch` does of a request to a language model, by `node:http` and connections that stay open: the same head, answers
 * and failures for about half of the processor's time.
 */
import { Agent, type AgentOptions, globalAgent, type IncomingMessage, request } from 'node:http'
import { request as requestSecurely, Agent as SecureAgent, globalAgent as secureGlobalAgent } from 'node:https'
import type { Socket } from 'node:net'
import { pipeline, type Readable, type Transform } from 'node:stream'
import { constants, createBrotliDecompress, createUnzip } from 'node:zlib'
import type { Answer, AnswerBody, Fetch } from '../policies/openai/ports.ts'

/** A connection that nobody used for so long is closed, before a server does it (uvicorn after five seconds). */
const IDLE_MS = 4_000
/** For one connection; as long as `fetch` has for it. */
const CONNECT_MS = 10_000

/** What `fetch` sends with every request; it asks for `deflate` as well, which nobody prefers. */
const HEAD = {
  ...{ 'accept-language': '*', 'sec-fetch-mode': 'cors', 'user-agent': 'node' },
  ...{ pragma: 'no-cache', 'cache-control': 'no-cache', 'accept-encoding': 'gzip' },
}

/** With connections of its own. Idle ones are closed after a while, and keep no process alive. */
export function createHttpFetch(): Fetch {
  const [agent, secureAgent] = [new Agent(likeNodes(globalAgent)), new SecureAgent(likeNodes(secureGlobalAgent))]
  return (address, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const secure = address.startsWith('https:')
      const options = { method, headers: { ...headers, ...HEAD }, agent: secure ? secureAgent : agent }
      const sent = secure ? requestSecurely(address, options) : request(address, options)
      let answered = false
      const fail = (cause?: unknown): void => {
        if (!answered) reject(new TypeError('fetch failed', { cause }))
      }
      const abort = (): void => void sent.destroy(new Error('The request was given up.'))
      if (signal.aborted) abort()
      else signal.addEventListener('abort', abort, { once: true })
      sent.on('error', fail)
      sent.on('socket', (socket) => {
        if (socket.connecting) limitConnecting(socket)
      })
      sent.on('response', (message) => {
        answered = true
        resolve(answerOf(message))
      })
      sent.on('close', () => {
        signal.removeEventListener('abort', abort)
        fail()
      })
      sent.end(body)
    })
}

/** The options of Node's own agents hold what Node was told of proxies. */
function likeNodes(own: Agent): AgentOptions {
  const { options } = own as Agent & { readonly options?: AgentOptions } // a type that is missing for `http`
  return { ...options, keepAlive: true, timeout: IDLE_MS }
}

function limitConnecting(socket: Socket): void {
  const late = setTimeout(
    () => socket.destroy(Object.assign(new Error('Connecting took too long.'), { code: 'CONNECT_TIMEOUT' })),
    CONNECT_MS,
  )
  const settle = (): void => clearTimeout(late)
  socket.once('connect', settle).once('close', settle)
}

function answerOf(message: IncomingMessage): Answer {
  const { statusCode: status = 0 } = message
  return {
    ...{ ok: status >= 200 && status < 300, status, type: 'default' },
    headers: { get: (name) => message.headersDistinct[name]?.join(', ') ?? null },
    body: bodyOf(decoded(message)),
  }
}

/** What stands there is read also where its end is missing, as `fetch` and browsers do. */
const ZIP = { finishFlush: constants.Z_SYNC_FLUSH }
const DECODERS: ReadonlyMap<string, () => Transform> = new Map([
  ...['gzip', 'x-gzip', 'deflate'].map((coding) => [coding, () => createUnzip(ZIP)] as const),
  ['br', () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH })] as const,
])
/** Each takes memory of its own; one is usual. */
const MOST_CODINGS = 5

/** The last coding is undone first. Where one is not known, all is left as it came. */
function decoded(message: IncomingMessage): Readable {
  const codings = message.headers['content-encoding']?.split(',') ?? []
  const decoders = codings.map((coding) => DECODERS.get(coding.trim().toLowerCase())).reverse()
  if (decoders.length > MOST_CODINGS || decoders.includes(undefined)) return message
  return decoders.reduce<Readable>(
    (from, make) => (make === undefined ? from : pipeline(from, make(), () => {})),
    message,
  )
}

/** As it is asked for, so that a server that goes on and on fills no memory. */
function bodyOf(stream: Readable): AnswerBody {
  const pieces: AsyncIterator<Uint8Array, undefined> = stream[Symbol.asyncIterator]()
  return {
    async cancel() {
      stream.destroy()
    },
    getReader: () => ({ read: () => pieces.next() }),
  }
}
