/**
 * One server, asked politely: so many requests at once, each with a time limit, asked again after a wait that grows and
 * is spread at random (full jitter, https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter), or as
 * long as the server asks for. The key lives in this closure and nowhere else: what the server says is searched for it.
 *
 * Waits and their randomness have no part in what a run writes down.
 */
import { failure, type Result, success } from '../../core/failure.ts'
import { BUDGET_SPENT, CANCELLED } from '../chat/model.ts'
import { endpointAddress, mixedContent } from './address.ts'
import { createGate } from './gate.ts'
import {
  cutOff,
  notJson,
  type Place,
  refused,
  retryAfterMs,
  slow,
  type Trouble,
  tooLarge,
  unreachable,
  wrongAnswer,
} from './troubles.ts'

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

/** All that is asked of the machine around. */
export interface EndpointPorts {
  readonly fetch: typeof globalThis.fetch
  /** Milliseconds since 1970. */
  now(): number
  /** @returns what cancels it */
  after(ms: number, call: () => void): () => void
  /** Uniform in [0, 1): for waits, never for a result. */
  jitter(): number
  /** Of the page; undefined outside of one. */
  readonly origin?: string
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

export interface Question<T> {
  readonly path: '/models' | '/chat/completions'
  /** Sent by POST; GET where there is none. */
  readonly body?: string
  /** For sentences. */
  readonly model?: string
  /** Instead of the endpoint's own. */
  readonly retries?: number
  read(value: unknown): Result<T>
}

const FIRST_WAIT_MS = 500
const MOST_WAIT_MS = 30_000
/** A server that asks for longer than this is given up on, and the sentence says how long. */
const MOST_PATIENCE_MS = 300_000
/** How often a request is sent again that was answered with what no such server says. */
const MOST_ODD = 2
const MOST_BYTES = 4_000_000
/** Shorter keys are placeholders ("none", "EMPTY"); to look for them would tear words apart. */
const LEAST_SECRET = 8

export function openEndpoint(options: EndpointOptions, ports: EndpointPorts): Result<Endpoint> {
  const given = endpointAddress(options.address)
  if (!given.ok) return given
  const address = given.value
  const mixed = mixedContent(address, ports.origin)
  if (mixed !== undefined) return mixed
  const key = options.key?.trim() ?? ''
  if (!/^[\x21-\x7e]*$/.test(key))
    return failure('endpoint-key', 'The key has a space or another sign in it that no key has. Copy it once more.')
  if (key !== '' && address.includes(key) && key.length >= LEAST_SECRET)
    return failure('endpoint-address', 'The key stands in the address. Give the address alone, and the key as the key.')

  const place: Place = { address, origin: ports.origin }
  const { timeoutMs = 240_000, retries = 6, budget = {} } = options
  const gate = createGate(options.concurrency ?? 6)
  let requests = 0
  let repeated = 0
  let tokens = 0
  let flying = 0
  let peak = 0
  /** Set by a server that wants to be left alone. */
  let quietUntilMs = 0

  function hidden(text: string): string {
    if (key.length < LEAST_SECRET) return text
    return text.replaceAll(key, '[key]').replaceAll(encodeURIComponent(key), '[key]')
  }

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
    const spent = `${requests.toLocaleString('en')} requests and ${tokens.toLocaleString('en')} tokens`
    const words = `The budget is used up (${spent}).`
    return failure(BUDGET_SPENT, `${words} What was done is saved; raise the budget to go on.`)
  }

  async function once<T>(question: Question<T>, signal: AbortSignal | undefined): Promise<Result<T> | Trouble> {
    const stop = new AbortController()
    const abort = (): void => stop.abort()
    let late = false
    const cancel = ports.after(timeoutMs, () => {
      late = true
      stop.abort()
    })
    signal?.addEventListener('abort', abort, { once: true })
    if (signal?.aborted === true) abort()
    let response: Response | undefined
    flying++
    peak = Math.max(peak, flying)
    try {
      response = await ports.fetch(`${address}${question.path}`, {
        method: question.body === undefined ? 'GET' : 'POST',
        headers: {
          accept: 'application/json',
          ...(question.body !== undefined && { 'content-type': 'application/json' }),
          ...(key !== '' && { authorization: `Bearer ${key}` }),
        },
        ...(question.body !== undefined && { body: question.body }),
        ...{ signal: stop.signal, redirect: 'error', credentials: 'omit', cache: 'no-store' },
        referrerPolicy: 'no-referrer',
      })
      const body = await bodyOf(response)
      if (body === undefined) {
        stop.abort()
        return tooLarge(place, MOST_BYTES)
      }
      const text = hidden(body)
      if (!response.ok) {
        const waitMs = retryAfterMs(response.headers.get('retry-after'), ports.now())
        const trouble = refused(place, response.status, text, question.model)
        const message = hidden(trouble.failure.message)
        return { ...trouble, failure: { ...trouble.failure, message }, ...(waitMs !== undefined && { waitMs }) }
      }
      let value: unknown
      try {
        value = JSON.parse(text, (_, inside) => (typeof inside === 'string' ? hidden(inside) : inside))
      } catch {
        return notJson(place, text)
      }
      const read = question.read(value)
      return read.ok ? read : wrongAnswer(place, read.failure)
    } catch (thrown) {
      if (signal?.aborted === true) return { again: 'never', failure: cancelled().failure }
      if (late) return slow(place, timeoutMs)
      return response === undefined ? unreachable(place, thrown) : cutOff(place)
    } finally {
      flying--
      cancel()
      signal?.removeEventListener('abort', abort)
    }
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
      const answer = await once(question, signal)
      if ('ok' in answer) return answer
      const { failure: why, again, waitMs } = answer
      if (again === 'twice') odd++
      const impatient = waitMs !== undefined && waitMs > MOST_PATIENCE_MS
      if (again === 'never' || attempt >= most || odd > MOST_ODD || impatient) {
        const times = attempt > 0 ? ` It was asked ${attempt + 1} times.` : ''
        const asks = impatient ? ` It asks to be left alone for ${Math.ceil(waitMs / 60_000)} minutes.` : ''
        return failure(answer.otherLimit === true ? OTHER_LIMIT : why.code, `${why.message}${times}${asks}`)
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
    async ask(question, signal) {
      const leave = await gate.enter(signal)
      if (leave === undefined) return cancelled()
      try {
        return await insist(question, signal)
      } finally {
        leave()
      }
    },
    spend(count) {
      tokens += count
    },
  })
}

/** The code of a request that the server wants with `max_completion_tokens`. */
export const OTHER_LIMIT = 'endpoint-other-limit'

function cancelled(): ReturnType<typeof failure> {
  return failure(CANCELLED, 'The request was cancelled.')
}

/** Undefined where it is too large. A body that breaks off throws. */
async function bodyOf(response: Response): Promise<string | undefined> {
  if (response.body === null) return ''
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.length
    if (bytes > MOST_BYTES) return undefined
    text += decoder.decode(value, { stream: true })
  }
}
