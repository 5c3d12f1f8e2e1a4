/** A server that answers as a row of the table says. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ServerRow } from './table.ts'

export interface FakeServer {
  readonly address: string
  /** Heads of the requests for a reply. */
  readonly heads: readonly Readonly<Record<string, unknown>>[]
  readonly urls: readonly string[]
  answers: ServerRow['answers']
  /** Of `/models`. */
  models: { status: number; body: unknown }
  close(): Promise<void>
}

export async function startFakeServer(): Promise<FakeServer> {
  const state = {
    answers: [] as ServerRow['answers'],
    models: { status: 200, body: { data: [{ id: 'm' }] } as unknown },
  }
  const heads: Readonly<Record<string, unknown>>[] = []
  const urls: string[] = []
  let next = 0
  const server = createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', '*, authorization')
    response.setHeader('access-control-expose-headers', '*')
    if (request.method === 'OPTIONS') return void response.writeHead(204).end()
    if (request.url?.includes('/models')) {
      response.writeHead(state.models.status, { 'content-type': 'application/json' })
      return void response.end(JSON.stringify(state.models.body))
    }
    let body = ''
    for await (const piece of request) body += piece
    heads.push(request.headers)
    urls.push(request.url ?? '')
    const given = state.answers[Math.min(next++, state.answers.length - 1)]
    const answer = typeof given === 'function' ? given(JSON.parse(body)) : given
    response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json', ...answer?.headers })
    response.end(typeof answer?.body === 'string' ? answer.body : JSON.stringify(answer?.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    ...{ heads, urls },
    get answers() {
      return state.answers
    },
    set answers(answers) {
      state.answers = answers
      heads.length = 0
      urls.length = 0
      next = 0
    },
    get models() {
      return state.models
    },
    set models(models) {
      state.models = models
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
