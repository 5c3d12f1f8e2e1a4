/** One request to a server and its answer, within a time limit. */
import type { Result } from '../../core/failure.ts'
import { cancelled } from '../chat/model.ts'
import { urlOf } from './address.ts'
import { isEventStream, joinedEvents } from './event-stream.ts'
import type { Key } from './key.ts'
import type { Answer, EndpointPorts } from './ports.ts'
import { refused } from './refusals.ts'
import { errorIn, type Said, saidInBody } from './said.ts'
import {
  cutOff,
  notJson,
  type Place,
  redirected,
  slow,
  type Trouble,
  tooLarge,
  unreachable,
  wrongAnswer,
} from './troubles.ts'
import { headerWaitMs } from './waits.ts'

/** Of an answer. */
export const MOST_BYTES = 4_000_000

export interface Question<T> {
  readonly path: '/models' | '/chat/completions'
  /** Sent by POST; GET where there is none. */
  readonly body?: string
  /** For sentences. */
  readonly model?: string
  /** Instead of the endpoint's own. */
  readonly retries?: number
  /** @returns a trouble where the answer tells of one */
  read(value: unknown, place: Place): Result<T> | Trouble
}

export interface Sending {
  readonly place: Place
  readonly key: Key
  /** For one answer. */
  readonly timeoutMs: number
}

/** Sends a question once. Never throws. */
export async function send<T>(
  { place, key, timeoutMs }: Sending,
  ports: EndpointPorts,
  question: Question<T>,
  signal: AbortSignal | undefined,
): Promise<Result<T> | Trouble> {
  const stop = new AbortController()
  const abort = (): void => stop.abort()
  let late = false
  const cancel = ports.after(timeoutMs, () => {
    late = true
    stop.abort()
  })
  signal?.addEventListener('abort', abort, { once: true })
  if (signal?.aborted === true) abort()
  let response: Answer | undefined
  try {
    const answer = await followed(place, key, ports, question, stop.signal)
    if ('failure' in answer) return answer
    response = answer
    const body = await bodyOf(response)
    if (body === undefined) {
      stop.abort()
      return tooLarge(place, MOST_BYTES)
    }
    const text = key.hidden(body)
    const wrong = (said: Said): Trouble => {
      const waitMs = headerWaitMs(answer.headers, ports.date())
      const trouble = refused(place, answer.ok ? 200 : answer.status, said, question.model, waitMs)
      const message = key.hidden(trouble.failure.message)
      return { ...trouble, failure: { ...trouble.failure, message } }
    }
    if (!response.ok) return wrong(saidInBody(text))
    let value: unknown
    try {
      const parse = (json: string): unknown =>
        JSON.parse(json, (_, inside) => (typeof inside === 'string' ? key.hidden(inside) : inside))
      const streamed = isEventStream(response.headers.get('content-type'), text)
      value = streamed ? joinedEvents(text, parse) : parse(text)
      if (streamed && value === undefined) return cutOff(place)
    } catch {
      return notJson(place, text)
    }
    const said = errorIn(value)
    if (said !== undefined) return wrong(said)
    const read = question.read(value, place)
    return !('ok' in read) || read.ok ? read : wrongAnswer(place, read.failure)
  } catch (thrown) {
    if (signal?.aborted === true) return { again: 'never', failure: cancelled().failure }
    if (late) return slow(place, timeoutMs)
    return response === undefined ? unreachable(place, thrown) : cutOff(place)
  } finally {
    cancel()
    signal?.removeEventListener('abort', abort)
  }
}

/** Where an address redirects within its own server, what is asked goes there, whole; a page is not told where. */
const MOST_REDIRECTS = 5

async function followed<T>(
  place: Place,
  key: Key,
  ports: EndpointPorts,
  { path, body }: Question<T>,
  signal: AbortSignal,
): Promise<Answer | Trouble> {
  let url = urlOf(place.address, path)
  for (let hop = 0; ; hop++) {
    const response = await ports.fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...key.headers,
      },
      ...(body !== undefined && { body }),
      ...{ signal, redirect: 'manual', credentials: 'omit', cache: 'no-store' },
      referrerPolicy: 'no-referrer',
    })
    if (response.type === 'opaqueredirect') return redirected(place, undefined)
    if (![301, 302, 303, 307, 308].includes(response.status)) return response
    const location = response.headers.get('location')
    await response.body?.cancel()
    if (location === null || !URL.canParse(location, url)) return redirected(place, 'no address')
    const next = new URL(location, url)
    if (next.origin !== new URL(url).origin || hop >= MOST_REDIRECTS)
      return redirected(place, key.hidden(`${next.origin}${next.pathname}`.slice(0, 300)))
    url = next.href
  }
}

/** Undefined where it is too large. A body that breaks off throws. */
async function bodyOf(response: Answer): Promise<string | undefined> {
  if (response.body === null) return ''
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done || value === undefined) return text + decoder.decode()
    bytes += value.length
    if (bytes > MOST_BYTES) return undefined
    text += decoder.decode(value, { stream: true })
  }
}
