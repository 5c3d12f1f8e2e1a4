/** Where the page stands at the browser's own model for the lab. @see BrowserDesk */
import type { BrowserDesk, DeskAnswer, DeskError, PromptAnswer, PromptCall } from '../../../worker/protocol/lab-api.ts'
import { EXPECTED, type LanguageModelApi, type LanguageModelSession, usedOf } from './language-model.ts'

interface Open {
  readonly stop: AbortController
  session: LanguageModelSession | undefined
  /** The browser has dropped the beginning of the conversation, or was about to. */
  overflowed: boolean
}

export interface OpenDesk extends BrowserDesk {
  /** Ends all sessions. */
  close(): void
}

/** By its present and its former name. */
const OVERFLOWS = ['contextoverflow', 'quotaoverflow']

export function openDesk(api: LanguageModelApi): OpenDesk {
  const sessions = new Map<number, Open>()

  async function opened(
    id: number,
    make: (signal: AbortSignal) => Promise<LanguageModelSession>,
  ): Promise<DeskAnswer<number>> {
    const open: Open = { stop: new AbortController(), session: undefined, overflowed: false }
    sessions.set(id, open)
    return orError(async () => {
      try {
        const session = await make(open.stop.signal)
        open.session = session
        if (open.stop.signal.aborted) session.destroy()
        open.stop.signal.throwIfAborted()
        for (const name of OVERFLOWS)
          session.addEventListener(name, () => {
            open.overflowed = true
          })
        return usedOf(session)
      } catch (thrown) {
        sessions.delete(id)
        throw thrown
      }
    })
  }

  function at(id: number): Open & { readonly session: LanguageModelSession } {
    const open = sessions.get(id)
    if (open?.session === undefined) throw new DOMException('There is no such session.', 'InvalidStateError')
    return open as Open & { readonly session: LanguageModelSession }
  }

  async function end(id: number): Promise<void> {
    const open = sessions.get(id)
    sessions.delete(id)
    open?.stop.abort()
    open?.session?.destroy()
  }

  return {
    create: (id, messages) => opened(id, (signal) => api.create({ ...EXPECTED, initialPrompts: messages, signal })),
    clone: (from, id) => opened(id, async (signal) => at(from).session.clone({ signal })),
    append: (id, messages) =>
      orError(async () => {
        const open = at(id)
        await open.session.append(messages, { signal: open.stop.signal })
        refuseOverflow(open)
        return usedOf(open.session)
      }),
    prompt: (id, call, told) => orError(() => prompted(at(id), call, told)),
    end,
    close() {
      for (const id of [...sessions.keys()]) void end(id)
    },
  }
}

async function prompted(
  open: Open & { readonly session: LanguageModelSession },
  { text: asked, form, stop, mostCharacters }: PromptCall,
  told: () => void,
): Promise<PromptAnswer> {
  const { session } = open
  const { signal } = open.stop
  const units = await session.measureContextUsage?.(asked, { signal }).catch(() => undefined)
  const constraint = form && ({ responseConstraint: form, omitResponseConstraintInput: true } as const)
  const reader = session.promptStreaming(asked, { signal, ...constraint }).getReader()
  let text = ''
  let finish: PromptAnswer['finish'] = 'stop'
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    told()
    refuseOverflow(open)
    text += String(part.value)
    const end = firstOf(stop, text)
    if (end === -1 && text.length <= mostCharacters) continue
    finish = end === -1 ? 'length' : 'stop-text'
    text = text.slice(0, end === -1 ? mostCharacters : end)
    void reader.cancel().catch(() => {})
    break
  }
  refuseOverflow(open)
  return { text, finish, asked: units, used: usedOf(session) }
}

/** Where the first of some texts begins; -1 where none is. */
function firstOf(texts: readonly string[], text: string): number {
  const places = texts.map((one) => text.indexOf(one)).filter((place) => place !== -1)
  return places.length === 0 ? -1 : Math.min(...places)
}

/** What the browser has dropped is in the logged prompt: the reply answers another one. */
function refuseOverflow({ overflowed }: Open): void {
  if (overflowed) throw new DOMException('The conversation was cut off at its beginning.', 'QuotaExceededError')
}

async function orError<T>(work: () => Promise<T>): Promise<DeskAnswer<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (thrown) {
    return { ok: false, error: errorOf(thrown) }
  }
}

const MOST_WORDS = 500

export function errorOf(thrown: unknown): DeskError {
  if (typeof thrown !== 'object' || thrown === null)
    return { name: 'Error', message: String(thrown).slice(0, MOST_WORDS) }
  const { name, message } = thrown as { name?: unknown; message?: unknown }
  return { name: String(name ?? 'Error').slice(0, 60), message: String(message ?? '').slice(0, MOST_WORDS) }
}
