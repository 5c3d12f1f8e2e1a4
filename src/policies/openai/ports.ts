/** One request by HTTP: any `fetch`, as far as it is used here. Rejects where nothing comes back; the `cause` says why. */
export type Fetch = (address: string, asked: Asked) => Promise<Answer>

/** What a `fetch` is told. */
export interface Asked {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal: AbortSignal
  readonly redirect: 'manual'
  readonly credentials: 'omit'
  readonly cache: 'no-store'
  readonly referrerPolicy: 'no-referrer'
}

/** What is read of a `Response`. */
export interface Answer {
  readonly ok: boolean
  readonly status: number
  /** `opaqueredirect`: a browser does not tell where it points. */
  readonly type: string
  /** By their names in small letters. */
  readonly headers: { get(name: string): string | null }
  readonly body: AnswerBody | null
}

export interface AnswerBody {
  getReader(): { read(): Promise<{ readonly done?: boolean | undefined; readonly value?: Uint8Array | undefined }> }
  cancel(): Promise<void>
}

/** All that asking a server takes of the machine around. */
export interface EndpointPorts {
  readonly fetch: Fetch
  /** Milliseconds from any origin, never going back. */
  now(): number
  /** Milliseconds since 1970. */
  date(): number
  /** @returns what cancels it */
  after(ms: number, call: () => void): () => void
  /** Uniform in [0, 1): for waits, never for a result. */
  jitter(): number
  /** Of the page; undefined outside of one. */
  readonly origin?: string
}
