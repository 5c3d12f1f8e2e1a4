/**
 * A stand-in for `globalThis.LanguageModel`, made after the specification and the explainer of the Prompt API
 * (https://webmachinelearning.github.io/prompt-api, June 2026): sessions that remember, copies, windows that run full,
 * signals, and the errors by their names. One function without anything around it, so that a test can also put it into a
 * real page. What it says is a function of what the session really holds.
 */
import type { Message } from '../../../src/core/log/conversation.ts'
import type { Availability } from '../../../src/ui/model/browser-model/language-model.ts'

export interface FakeOptions {
  /** Default `available`. */
  readonly availability?: Availability
  /** Default 8192. */
  readonly contextWindow?: number
  /** What a full window does: the specification refuses the prompt, the explainer drops the oldest pairs. Default `refuse`. */
  readonly overflow?: 'refuse' | 'drop'
  /** The reply to what a session holds, in so many pieces as it has elements; `form` is the `responseConstraint`. */
  readonly say?: (held: readonly Message[], call: number, form: RegExp | undefined) => string | readonly string[]
  /** What a call rejects with, by its name; nothing for none. Calls: `create`, `clone`, `append`, `prompt`, counted from 1 each. */
  readonly fault?: (call: string, count: number) => string | undefined
  /** Whether `create` waits for `release` where something is to be downloaded. */
  readonly slow?: boolean
  /** Whether there is transient activation; default true. */
  readonly activated?: () => boolean
}

export interface FakeLanguageModel {
  readonly api: {
    availability(options?: unknown): Promise<Availability>
    create(options?: unknown): Promise<never>
  }
  /** Calls so far, by name. */
  readonly counts: Readonly<Record<string, number>>
  /** Tokens that were really read. */
  readonly read: () => number
  readonly size: (messages: readonly Message[]) => number
  /** Sessions that are not destroyed. */
  readonly alive: () => number
  /** Destroys all sessions, as a browser may that unloads its model. */
  destroyAll(): void
  /** Lets the download come to its end. */
  release(): void
}

/** Installs itself where `target` says, or nowhere. */
export function fakeLanguageModel(options: FakeOptions = {}, target?: object): FakeLanguageModel {
  const { contextWindow = 8192, overflow = 'refuse', fault = () => undefined, activated = () => true } = options
  let availability: Availability = options.availability ?? 'available'
  const say = options.say ?? (() => 'Thought: I look around.\nAction: search[jacket]')
  const counts: Record<string, number> = { availability: 0, create: 0, clone: 0, append: 0, prompt: 0 }
  const sessions = new Set<FakeSession>()
  let tokensRead = 0
  const releases: (() => void)[] = []

  function counted(call: string): number {
    counts[call] = (counts[call] ?? 0) + 1
    const name = fault(call, counts[call])
    if (name !== undefined) throw new DOMException(`made up ${name}`, name)
    return counts[call]
  }

  /** One token for every four characters, and four for the template of a message. */
  function size(messages: readonly Message[]): number {
    return messages.reduce((sum, { content }) => sum + 4 + Math.ceil(content.length / 4), 0)
  }

  /** As the specification validates a prompt. */
  function checked(given: unknown, hasInput: boolean): Message[] {
    const list = typeof given === 'string' ? [{ role: 'user', content: given }] : (given as Message[])
    return list.map((message, i) => {
      if (!['system', 'user', 'assistant'].includes(message.role)) throw new TypeError('no such role')
      if (message.role === 'system' && (hasInput || i > 0)) throw new TypeError('a system prompt comes first')
      if (typeof message.content !== 'string') throw new TypeError('text has to be a string')
      return { role: message.role as Message['role'], content: message.content }
    })
  }

  function expected({ expectedInputs = [], expectedOutputs = [] }: Record<string, { languages?: string[] }[]>): void {
    for (const { languages = [] } of [...expectedInputs, ...expectedOutputs])
      for (const language of languages)
        if (language !== 'en') throw new DOMException('no such language', 'NotSupportedError')
  }

  class FakeSession extends EventTarget {
    held: Message[]
    readonly initial: number
    readonly gone = new AbortController()
    oncontextoverflow: unknown = null

    constructor(held: readonly Message[], initial: number) {
      super()
      this.held = [...held]
      this.initial = initial
      sessions.add(this)
    }

    get contextUsage(): number {
      return size(this.held)
    }

    get contextWindow(): number {
      return contextWindow
    }

    unlessAborted(given: AbortSignal | undefined): void {
      for (const signal of [this.gone.signal, given]) signal?.throwIfAborted()
    }

    prefill(messages: readonly Message[]): void {
      const asked = size(messages)
      if (this.contextUsage + asked > contextWindow) {
        const kept = this.held.slice(0, this.initial)
        if (overflow === 'refuse' || size(kept) + asked > contextWindow)
          throw new DOMException('the context window is full', 'QuotaExceededError')
        while (this.contextUsage + asked > contextWindow) this.held.splice(this.initial, 2)
        this.dispatchEvent(new Event('contextoverflow'))
      }
      this.held.push(...messages)
      tokensRead += asked
    }

    promptStreaming(input: unknown, given: { signal?: AbortSignal; responseConstraint?: unknown } = {}) {
      const before = [...this.held]
      const { responseConstraint: form } = given as { responseConstraint?: RegExp }
      const omitted = (given as { omitResponseConstraintInput?: boolean }).omitResponseConstraintInput === true
      const back = (): void => {
        this.held = before
      }
      let abort = (): void => {}
      const end = (): void => {
        over = true
        for (const signal of [this.gone.signal, given.signal]) signal?.removeEventListener('abort', abort)
      }
      let pieces: readonly string[] | undefined
      let at = 0
      let over = false
      const begin = (): readonly string[] => {
        this.unlessAborted(given.signal)
        const call = counted('prompt')
        if (omitted && form === undefined) throw new TypeError('there is no constraint to omit')
        if (form !== undefined && !(form instanceof RegExp)) throw new TypeError('no regular expression')
        this.prefill(checked(input, this.held.length > 0))
        const said = say(this.held, call, form)
        const reply = typeof said === 'string' ? [said.slice(0, 9), said.slice(9)] : said
        // What never comes to its end keeps to any form.
        if (form !== undefined && !reply.includes('<hang>') && !form.test(reply.join('')))
          throw new DOMException('no response in that form', 'SyntaxError')
        return reply
      }
      return new ReadableStream<string>({
        start: (controller) => {
          abort = () => {
            end()
            back()
            controller.error(this.gone.signal.aborted ? this.gone.signal.reason : given.signal?.reason)
          }
          for (const signal of [this.gone.signal, given.signal]) signal?.addEventListener('abort', abort)
        },
        pull: async (controller) => {
          await Promise.resolve()
          if (over) return
          try {
            pieces ??= begin()
            const piece = pieces[at++]
            if (piece === '<hang>') return new Promise<void>(() => {})
            if (piece !== undefined) return controller.enqueue(piece)
            end()
            this.held.push({ role: 'assistant', content: pieces.join('') })
            controller.close()
          } catch (thrown) {
            end()
            back()
            controller.error(thrown)
          }
        },
        cancel: () => {
          end()
          back()
        },
      })
    }

    async prompt(input: unknown, given: { signal?: AbortSignal } = {}): Promise<string> {
      let text = ''
      for await (const piece of this.promptStreaming(input, given)) text += piece
      return text
    }

    async append(input: unknown, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
      this.unlessAborted(signal)
      counted('append')
      this.prefill(checked(input, this.held.length > 0))
    }

    async measureContextUsage(input: unknown): Promise<number> {
      return size(checked(input, false))
    }

    async clone({ signal }: { signal?: AbortSignal } = {}): Promise<FakeSession> {
      this.unlessAborted(signal)
      counted('clone')
      await Promise.resolve()
      this.unlessAborted(signal)
      const copy = new FakeSession(this.held, this.initial)
      signal?.addEventListener('abort', () => copy.destroy())
      return copy
    }

    destroy(): void {
      sessions.delete(this)
      this.gone.abort(new DOMException('the session was destroyed', 'AbortError'))
    }
  }

  const api = {
    async availability(given: object = {}): Promise<Availability> {
      counted('availability')
      try {
        expected(given as never)
      } catch {
        return 'unavailable'
      }
      return availability
    },
    async create(given: object = {}): Promise<never> {
      const { signal, monitor, initialPrompts } = given as {
        signal?: AbortSignal
        monitor?: (monitor: EventTarget) => void
        initialPrompts?: unknown
      }
      signal?.throwIfAborted()
      expected(given as never)
      if (availability === 'unavailable') throw new DOMException('no model here', 'NotSupportedError')
      if (availability !== 'available' && !activated())
        throw new DOMException('a user gesture is needed', 'NotAllowedError')
      counted('create')
      const told = new EventTarget()
      monitor?.(told)
      const tell = (loaded: number): boolean =>
        told.dispatchEvent(Object.assign(new Event('downloadprogress'), { loaded, total: 1 }))
      tell(0)
      if (availability !== 'available') {
        availability = 'downloading'
        tell(0.25)
        if (options.slow === true) {
          await new Promise<void>((resolve, reject) => {
            releases.push(resolve)
            signal?.addEventListener('abort', () => reject(signal.reason))
          })
        }
      }
      tell(1)
      availability = 'available'
      const held = initialPrompts === undefined ? [] : checked(initialPrompts, false)
      if (size(held) > contextWindow) throw new DOMException('the context window is full', 'QuotaExceededError')
      tokensRead += size(held)
      await Promise.resolve()
      signal?.throwIfAborted()
      const session = new FakeSession(held, held.length)
      signal?.addEventListener('abort', () => session.destroy())
      return session as never
    },
  }
  const made: FakeLanguageModel = {
    api,
    counts,
    read: () => tokensRead,
    size,
    alive: () => sessions.size,
    destroyAll() {
      for (const session of [...sessions]) session.destroy()
    },
    release() {
      for (const go of releases.splice(0)) go()
    },
  }
  if (target !== undefined) Object.assign(target, { LanguageModel: api, fakeLanguageModel: made })
  return made
}
