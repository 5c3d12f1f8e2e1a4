/**
 * The browser's own model (the Prompt API's `LanguageModel`) as a chat model. A page gives it no seed, no temperature and no
 * top-k, and it tells no log-probabilities and not which model it is: the same request has another reply each time, and its
 * name says so. One call at a time, each in a session that holds its conversation (`sessions.ts`). A watchdog
 * listens for words; its seconds are counted only while the page is awake.
 */
import { type Failure, type Result, success } from '../../core/failure.ts'
import { type ChatModel, type ChatReply, type ChatRequest, cancelled } from '../chat/model.ts'
import { createGate, inTurn } from '../openai/gate.ts'
import type { BrowserDesk, DeskAnswer, PromptAnswer } from './desk.ts'
import { answered, type Session, type SessionCounts, Sessions, type Watched } from './sessions.ts'
import { hangs, NO_REPLY, SESSION_GONE } from './troubles.ts'

export interface BrowserModelOptions {
  /** Name and version, as it calls itself. */
  readonly browser: string
  /** Every reply keeps to it. */
  readonly form?: RegExp
  /** Whether a reply is an action; one in a form that is none (cut off) is asked for again. */
  readonly valid?: (reply: string) => boolean
}

export interface BrowserModelPorts {
  /** Milliseconds from any origin. */
  now(): number
  /** @returns what cancels it */
  after(ms: number, call: () => void): () => void
  /** A number that no session of this desk has had. */
  nextSession(): number
}

export interface BrowserModel extends ChatModel {
  /** What its sessions cost and saved so far. */
  readonly counts: Readonly<SessionCounts>
  /** Ends its sessions. */
  close(): void
}

/** Of three seconds, without a word, after which it counts as hung. Reading a long prompt is silent. */
const SILENCE_TICKS = 60
const TICK_MS = 3_000
const MOST_ATTEMPTS = 3
/** Of English text; a page can only count characters. */
const CHARACTERS_PER_TOKEN = 4

export function createBrowserModel(
  desk: BrowserDesk,
  options: BrowserModelOptions,
  ports: BrowserModelPorts,
): BrowserModel {
  const gate = createGate(1)
  const sessions = new Sessions(desk, ports.nextSession)
  const { browser, form, valid } = options

  /** Ends with the answer, the cancellation, or the silence; a session of the last two is ended. */
  function watch<T>(
    session: number,
    signal: AbortSignal | undefined,
    work: (told: () => void) => Promise<DeskAnswer<T>>,
  ): Promise<Result<T>> {
    return new Promise((resolve) => {
      let silent = 0
      let cancelTick = () => {}
      const end = (result: Result<T>): void => {
        cancelTick()
        signal?.removeEventListener('abort', abort)
        resolve(result)
      }
      const giveUp = (why: Failure): void => {
        sessions.end(session)
        end({ ok: false, failure: why })
      }
      const abort = (): void => giveUp(cancelled().failure)
      function tick(): void {
        if (++silent >= SILENCE_TICKS) giveUp(hangs((SILENCE_TICKS * TICK_MS) / 1000))
        else cancelTick = ports.after(TICK_MS, tick)
      }
      if (signal?.aborted === true) return resolve(cancelled())
      signal?.addEventListener('abort', abort, { once: true })
      cancelTick = ports.after(TICK_MS, tick)
      const told = (): void => {
        silent = 0
      }
      work(told).then(
        (answer) => end(answered(answer)),
        (thrown) => end(answered({ ok: false, error: { name: 'Error', message: String(thrown) } })),
      )
    })
  }

  async function asked(request: ChatRequest): Promise<Result<PromptAnswer & { readonly session: Session }>> {
    const { messages, stop, maxTokens, shared, signal } = request
    const watched: Watched = (session, work) => watch(session, signal, work)
    const session = await sessions.at(messages.slice(0, -1), shared?.before ?? true, watched)
    if (!session.ok) return session
    const text = messages.at(-1)?.content ?? ''
    const call = { text, stop, mostCharacters: maxTokens * CHARACTERS_PER_TOKEN, ...(form !== undefined && { form }) }
    const answer = await watch(session.value.id, signal, (told) => desk.prompt(session.value.id, call, told))
    if (!answer.ok) {
      sessions.end(session.value.id)
      return answer
    }
    return success({ ...answer.value, session: session.value })
  }

  async function complete(request: ChatRequest): Promise<Result<ChatReply>> {
    const startMs = ports.now()
    for (let attempt = 1; ; attempt++) {
      const answer = await asked(request)
      const again = attempt < MOST_ATTEMPTS
      if (!answer.ok) {
        const { code } = answer.failure
        if (code === SESSION_GONE || code === 'model-hangs') sessions.forget()
        if (again && (code === SESSION_GONE || code === NO_REPLY)) continue
        return answer
      }
      const { text, finish, asked: units, used, session } = answer.value
      const prompt = units === undefined ? null : Math.round(session.used + units)
      sessions.counts.prompt += prompt ?? 0
      sessions.counts.read += prompt === null ? 0 : Math.round(units ?? 0)
      // What was cut off is still in the session.
      if (finish === 'stop') {
        const held = [...request.messages, { role: 'assistant', content: text } as const]
        sessions.keep({ id: session.id, used }, held, request.shared?.after ?? true)
      } else sessions.end(session.id)
      if (form !== undefined && valid?.(text) === false && again) continue
      const written = prompt === null ? 0 : Math.round(used) - prompt
      return success({
        ...{ text, promptTokens: prompt, completionTokens: written > 0 ? written : null },
        finish: finish === 'stop-text' ? 'other' : finish,
        elapsedMs: ports.now() - startMs,
      })
    }
  }

  const kept = form === undefined ? '' : ', replies kept to a form'
  return {
    name: `the model of ${browser}, which takes no seed and no temperature${kept}`,
    variant: JSON.stringify({ engine: 'LanguageModel', ...(form !== undefined && { form: form.source }) }),
    counts: sessions.counts,
    close: () => sessions.forget(),
    async complete(request) {
      return (await inTurn(gate, request.signal, () => complete(request))) ?? cancelled()
    },
  }
}
