/** One request to a server and its answer, within a time limit. */
import { failure, type Result } from '../../core/failure.ts'
import { CANCELLED } from '../chat/model.ts'
import type { Key } from './key.ts'
import type { EndpointPorts } from './ports.ts'
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
  read(value: unknown): Result<T>
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
  let response: Response | undefined
  try {
    response = await ports.fetch(`${place.address}${question.path}`, {
      method: question.body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        ...(question.body !== undefined && { 'content-type': 'application/json' }),
        ...key.headers,
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
    const text = key.hidden(body)
    if (!response.ok) {
      const waitMs = retryAfterMs(response.headers.get('retry-after'), ports.date())
      const trouble = refused(place, response.status, text, question.model)
      const message = key.hidden(trouble.failure.message)
      return { ...trouble, failure: { ...trouble.failure, message }, ...(waitMs !== undefined && { waitMs }) }
    }
    let value: unknown
    try {
      value = JSON.parse(text, (_, inside) => (typeof inside === 'string' ? key.hidden(inside) : inside))
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
    cancel()
    signal?.removeEventListener('abort', abort)
  }
}

export function cancelled(): ReturnType<typeof failure> {
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
