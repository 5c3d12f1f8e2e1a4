/**
 * A server that speaks OpenAI's API over the embedded policy: it plays the conversation's actions again and answers what
 * the policy would, drawing from the request's seed. On demand it is busy, broken, slow, hostile, or answers out of turn.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Actor, Proposal, Rollout } from '../../src/core/exploration/actor.ts'
import type { Message } from '../../src/core/log/conversation.ts'
import { stream } from '../../src/core/random.ts'
import type { Environment } from '../../src/environments/environment.ts'
import { callSeed } from '../../src/policies/chat/seed.ts'
import type { LinearActor, LinearNode } from '../../src/policies/linear/linear-actor.ts'
import { policyReplies } from './policy-replies.ts'

export const FAULTS = [
  'busy',
  'busy-until',
  'broken',
  'gateway',
  'cut-off',
  'malformed',
  'wrong-shape',
  'slow',
  'hang-up',
  'too-large',
] as const
export type Fault = (typeof FAULTS)[number]

export interface AskedFor {
  readonly model: string
  readonly messages: readonly Message[]
  readonly temperature: number
  readonly seed: number
  readonly stop?: readonly string[]
  readonly max_tokens: number
}

export interface ServerBehaviour {
  /** What goes wrong with a request; `times` counts how often the very same one came before. */
  fault?(request: AskedFor, times: number): Fault | undefined
  /** Replies are put off for up to so many turns of the event loop, each its own number. */
  shuffle?: number
  /** The first so many requests are only answered once all of them are there. */
  gather?: number
  /** Instead of the policy's reply. */
  say?(request: AskedFor): string | undefined
  /** Told when a request is left without an answer. */
  stalled?(): void
  key?: string
  /** Whether pages may ask, too. */
  cors?: boolean
}

export interface OpenAIServer {
  readonly address: string
  readonly asked: readonly AskedFor[]
  /** Most requests that were open at once. */
  readonly peak: number
  behaviour: ServerBehaviour
  close(): Promise<void>
}

export const TEST_MODEL = 'embedded-policy'

export async function startOpenAIServer<S, M>(
  environment: Environment<S>,
  policy: LinearActor<S, M>,
  behaviour: ServerBehaviour = {},
  port = 0,
): Promise<OpenAIServer> {
  const reply = policyReplies(environment, policy)
  const asked: AskedFor[] = []
  const times = new Map<string, number>()
  let open = 0
  const state = { peak: 0, behaviour }
  const gathered: (() => void)[] = []

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const json = (status: number, value: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
    }
    const { behaviour } = state
    if (behaviour.cors === true) {
      response.setHeader('access-control-allow-origin', '*')
      response.setHeader('access-control-allow-headers', 'authorization, content-type')
      if (request.method === 'OPTIONS') {
        response.writeHead(204).end()
        return
      }
    }
    if (behaviour.key !== undefined && request.headers.authorization !== `Bearer ${behaviour.key}`)
      return json(401, { error: { message: `Incorrect API key provided: ${request.headers.authorization}` } })
    if (request.url === '/v1/models') return json(200, { data: [{ id: TEST_MODEL, max_model_len: 8192 }] })
    if (request.url !== '/v1/chat/completions') return json(404, { error: { message: 'no such page' } })
    let body = ''
    for await (const piece of request) body += piece
    const question = JSON.parse(body) as AskedFor
    if (question.model !== TEST_MODEL)
      return json(404, { error: { message: `The model ${question.model} does not exist.` } })
    asked.push(question)
    const before = times.get(body) ?? 0
    times.set(body, before + 1)
    const text = behaviour.say?.(question) ?? reply(question)
    const good = JSON.stringify({
      choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
      usage: { prompt_tokens: tokensOf(question.messages), completion_tokens: Math.ceil(text.length / 4) },
    })
    if (gathered.length < (behaviour.gather ?? 0))
      await new Promise<void>((resolve) => {
        gathered.push(resolve)
        if (gathered.length === behaviour.gather) for (const go of gathered) go()
      })
    for (let turns = stream(question.seed).below((behaviour.shuffle ?? 0) + 1); turns > 0; turns--)
      await new Promise(setImmediate)
    switch (behaviour.fault?.(question, before)) {
      case 'busy':
        return json(429, { error: { message: 'Rate limit reached.' } }, { 'retry-after': '2' })
      case 'busy-until':
        return json(429, {}, { 'retry-after': new Date(100_000).toUTCString() })
      case 'broken':
        return json(500, { error: { message: 'CUDA error: device-side assert triggered' } })
      case 'gateway':
        response.writeHead(503, { 'content-type': 'text/html' }).end('<html><h1>503</h1></html>')
        return
      case 'cut-off':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(good.length + 9) })
        response.write(good.slice(0, good.length / 2))
        setImmediate(() => response.destroy())
        return
      case 'malformed':
        response.writeHead(200, { 'content-type': 'application/json' }).end(`${good.slice(0, -9)}]]`)
        return
      case 'wrong-shape':
        return json(200, { choices: [], usage: 'none' })
      case 'slow':
        behaviour.stalled?.()
        return
      case 'hang-up':
        response.destroy()
        return
      case 'too-large':
        response.writeHead(200, { 'content-type': 'application/json' }).end(`{"choices": "${'x'.repeat(5_000_000)}"}`)
        return
      case undefined:
        response.writeHead(200, { 'content-type': 'application/json' }).end(good)
    }
  }

  const server = createServer((request, response) => {
    open++
    state.peak = Math.max(state.peak, open)
    response.on('close', () => open--)
    answer(request, response).catch(() => response.destroy())
  })
  server.keepAliveTimeout = 30_000
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    get peak() {
      return state.peak
    },
    get behaviour() {
      return state.behaviour
    },
    set behaviour(next) {
      state.behaviour = next
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function tokensOf(messages: readonly Message[]): number {
  return messages.reduce((sum, { content }) => sum + 4 + Math.ceil(content.length / 4), 0)
}

/** The embedded policy itself, with the draws that a chat agent's calls would have. */
export function seeded<S, M>(policy: LinearActor<S, M>): Actor<LinearNode<S, M>> {
  const draw = (prefix: LinearNode<S, M>, temperature: number, seed: number): Proposal =>
    policy.propose(prefix, temperature, stream(seed))
  return {
    ...policy,
    propose: (prefix, temperature, random) => draw(prefix, temperature, callSeed(random, 1)),
    rollouts: (start, limit, temperature, streams) =>
      streams.map((random): Rollout => {
        const said: Proposal[] = []
        let prefix = start
        while (policy.outcome(prefix) === undefined && said.length < limit) {
          const next = draw(prefix, temperature, callSeed(random, said.length + 1))
          said.push(next)
          prefix = policy.execute(prefix, next)
        }
        return {
          actions: said.map(({ action }) => action),
          reward: policy.outcome(prefix)?.reward ?? 0,
          texts: said.map(({ text }) => text),
        }
      }),
  }
}
