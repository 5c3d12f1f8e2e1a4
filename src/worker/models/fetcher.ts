/** `fetch` across threads: here it is done, there (`farFetch`) it looks as if it were. Answers come whole, up to a limit. */
import { messageOf } from '../../core/failure.ts'
import { MOST_BYTES } from '../../policies/openai/request.ts'

export interface FarAnswer {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  /** As far as it came, and at most a little more than an answer may have. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Why no more came. */
  readonly broke: string | undefined
}

export interface Fetcher {
  /** Rejects where the server could not be reached. @param id for `stop` */
  ask(id: number, address: string, init: RequestInit): Promise<FarAnswer>
  stop(id: number): void
}

export function createFetcher(fetch: typeof globalThis.fetch): Fetcher {
  const asked = new Map<number, AbortController>()
  return {
    async ask(id, address, init) {
      const stop = new AbortController()
      asked.set(id, stop)
      try {
        const response = await fetch(address, { ...init, signal: stop.signal })
        return { status: response.status, headers: [...response.headers], ...(await readBody(response, stop)) }
      } finally {
        asked.delete(id)
      }
    },
    stop: (id) => asked.get(id)?.abort(),
  }
}

async function readBody(response: Response, stop: AbortController): Promise<Pick<FarAnswer, 'bytes' | 'broke'>> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  let broke: string | undefined
  try {
    const reader = response.body?.getReader()
    for (let part = await reader?.read(); part?.done === false && size <= MOST_BYTES; part = await reader?.read()) {
      parts.push(part.value)
      size += part.value.length
    }
  } catch (thrown) {
    broke = messageOf(thrown)
  }
  if (size > MOST_BYTES) stop.abort()
  return { bytes: new Uint8Array(await new Blob(parts).arrayBuffer()), broke }
}

/** @param fetcherOf the fetcher that may reach an origin, as comlink wraps it */
export function farFetch(fetcherOf: (origin: string) => Fetcher): typeof globalThis.fetch {
  let questions = 0
  return async (input, { signal, ...init } = {}) => {
    const address = String(input)
    const fetcher = fetcherOf(new URL(address).origin)
    const id = ++questions
    const stopped = new Promise<never>((_, reject) => {
      const abort = (): void => {
        void fetcher.stop(id)
        reject(new DOMException('The request was given up.', 'AbortError'))
      }
      if (signal?.aborted === true) abort()
      else signal?.addEventListener('abort', abort, { once: true })
    })
    const { status, headers, bytes, broke } = await Promise.race([fetcher.ask(id, address, init), stopped])
    const body = new ReadableStream({
      start(controller) {
        if (bytes.length > 0) controller.enqueue(bytes)
        if (broke === undefined) controller.close()
        else controller.error(new TypeError(broke))
      },
    })
    const empty = [204, 205, 304].includes(status) // an answer of these may have no body, not even an empty one
    return new Response(empty ? null : body, { status, headers: headers as [string, string][] })
  }
}
