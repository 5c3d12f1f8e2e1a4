/**
 * One server, asked politely: so many requests at once, each with a time limit, asked again after a wait that grows and
 * is spread at random (full jitter, https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter), or as
 * long as the server asks for.
 *
 * Waits and their randomness have no part in what a run writes down.
 */

import { failure, type Result, success } from '../../core/failure.ts'
import { grouped } from '../../core/grouped.ts'
import { BUDGET_SPENT, cancelled } from '../chat/model.ts'
import { endpointAddress, mixedContent } from './address.ts'
import { createGate, inTurn } from './gate.ts'
import { createKey } from './key.ts'
import type { EndpointPorts } from './ports.ts'
import { type Question, type Sending, send } from './request.ts'

export interface EndpointOptions {
  readonly address: string
  readonly key?: string
  /** Requests under way at once (default 6, which is what browsers allow a host by HTTP/1.1). */
  readonly concurrency?: number
  /** For one answer (default 240,000; Node's own limit is 300,000). */
  readonly timeoutMs?: number
  /** How often a request that failed for now is sent again (default 6). */
  readonly retries?: number
  readonly budget?: Budget
}

export interface Budget {
  /** Requests sent, again ones included. */
  readonly requests?: number
  /** Tokens read and written. Requests under way when it is reached are let finish. */
  readonly tokens?: number
}

export interface EndpointStats {
  readonly requests: number
  readonly repeated: number
  readonly inFlight: number
  readonly waiting: number
  /** Most that were under way at once. */
  readonly peak: number
  readonly tokens: number
}

export interface Endpoint {
  readonly address: string
  readonly stats: EndpointStats
  /**
   * @param read makes a value of the JSON; its failure's sentence is put behind "answered with"
   * @param retries other than the endpoint's own
   */
  ask<T>(question: Question<T>, signal?: AbortSignal): Promise<Result<T>>
  /** Counts towards the budget. */
  spend(tokens: number): void
}

const FIRST_WAIT_MS = 500
const MOST_WAIT_MS = 30_000
/** A server that asks for longer than this is given up on, and the sentence says how long. */
const MOST_PATIENCE_MS = 300_000
/** How often a request is sent again that was answered with what no such server says. */
const MOST_ODD = 2
/** The code of a request that the server wants otherwise: what to change stands behind the dash. */
export const ADAPT = 'endpoint-adapt-'

export function openEndpoint(options: EndpointOptions, ports: EndpointPorts): Result<Endpoint> {
  const given = endpointAddress(options.address)
  if (!given.ok) return given
  const address = given.value
  const mixed = mixedContent(address, ports.origin)
  if (mixed !== undefined) return mixed
  const key = createKey(options.key, address)
  if (!key.ok) return key

  const { timeoutMs = 240_000, retries = 6, budget = {} } = options
  const sending: Sending = { place: { address, origin: ports.origin }, key: key.value, timeoutMs }
  const gate = createGate(options.concurrency ?? 6)
  let requests = 0
  let repeated = 0
  let tokens = 0
  let flying = 0
  let peak = 0
  /** Set by a server that wants to be left alone. */
  let quietUntilMs = 0

  function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        cancel()
        signal?.removeEventListener('abort', end)
        resolve()
      }
      const cancel = ports.after(ms, end)
      signal?.addEventListener('abort', end, { once: true })
      if (signal?.aborted === true) end()
    })
  }

  function overBudget(): ReturnType<typeof failure> | undefined {
    const left = (spent: number, most: number | undefined): boolean => most === undefined || spent < most
    if (left(requests, budget.requests) && left(tokens, budget.tokens)) return undefined
    const spent = `${grouped(requests)} requests and ${grouped(tokens)} tokens`
    const words = `The budget is used up (${spent}).`
    return failure(BUDGET_SPENT, `${words} What was done is kept; raise the budget to go on.`)
  }

  async function insist<T>(question: Question<T>, signal: AbortSignal | undefined): Promise<Result<T>> {
    const most = question.retries ?? retries
    let odd = 0
    for (let attempt = 0; ; attempt++) {
      while (ports.now() < quietUntilMs && signal?.aborted !== true) await wait(quietUntilMs - ports.now(), signal)
      if (signal?.aborted === true) return cancelled()
      const over = overBudget()
      if (over !== undefined) return over
      requests++
      if (attempt > 0) repeated++
      flying++
      peak = Math.max(peak, flying)
      const answer = await send(sending, ports, question, signal)
      flying--
      if ('ok' in answer) return answer
      const { failure: why, again, waitMs } = answer
      if (again === 'twice') odd++
      const impatient = waitMs !== undefined && waitMs > MOST_PATIENCE_MS
      if (again === 'never' || attempt >= most || odd > MOST_ODD || impatient) {
        const times = attempt > 0 ? ` It was asked ${attempt + 1} times.` : ''
        const asks = impatient ? ` It asks to be left alone for ${Math.ceil(waitMs / 60_000)} minutes.` : ''
        return failure(answer.adapt !== undefined ? ADAPT + answer.adapt : why.code, `${why.message}${times}${asks}`)
      }
      const spread = ports.jitter() * Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt)
      if (waitMs !== undefined) quietUntilMs = Math.max(quietUntilMs, ports.now() + waitMs)
      await wait((waitMs ?? 0) + spread, signal)
    }
  }

  return success({
    address,
    get stats() {
      return { requests, repeated, inFlight: flying, waiting: gate.waiting, peak, tokens }
    },
    ask: async (question, signal) => (await inTurn(gate, signal, () => insist(question, signal))) ?? cancelled(),
    spend(count) {
      tokens += count
    },
  })
}
