/** All that asking a server takes of the machine around. */
export interface EndpointPorts {
  readonly fetch: typeof globalThis.fetch
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
