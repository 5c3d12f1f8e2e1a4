/**
 * The browser's own model (the Prompt API's `LanguageModel`) as it is reached from a thread that does not have it: windows
 * have one, workers have none. The page stands at the desk. Sessions go by numbers that the asking side gives; everything
 * crosses a port as plain data, errors too. @see src/ui/model/browser-model/desk.ts
 */
import type { Message } from '../../core/log/conversation.ts'

/** What the browser rejected with. Its words are its own, or anybody's. */
export interface DeskError {
  /** Of a `DOMException`: `QuotaExceededError`, `NotAllowedError`, ... */
  readonly name: string
  readonly message: string
}

export type DeskAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: DeskError }

export interface PromptCall {
  /** What the user says. */
  readonly text: string
  /** The reply keeps to it, from its first character to its last. */
  readonly form?: RegExp
  /** Texts before which the reply is cut off. */
  readonly stop: readonly string[]
  /** Characters after which the reply is cut off. */
  readonly mostCharacters: number
}

export interface PromptAnswer {
  readonly text: string
  /** `stop`: it ended by itself; `stop-text` and `length`: it was cut off, and the session must not be gone on in. */
  readonly finish: 'stop' | 'stop-text' | 'length'
  /** What the user's words take up, in the browser's own units (tokens as a rule); undefined where it does not say. */
  readonly asked: number | undefined
  /** What the session takes up now. */
  readonly used: number
}

/** All that the lab may do with the browser's model. A session is known from the moment in which it is asked for. */
export interface BrowserDesk {
  /** A session that holds these messages. @returns what they take up */
  create(session: number, messages: readonly Message[]): Promise<DeskAnswer<number>>
  /** A copy of a session, which shares what it has read. */
  clone(from: number, session: number): Promise<DeskAnswer<number>>
  /** Reads further messages, without a reply. */
  append(session: number, messages: readonly Message[]): Promise<DeskAnswer<number>>
  /** @param told called with every piece of the reply */
  prompt(session: number, call: PromptCall, told: () => void): Promise<DeskAnswer<PromptAnswer>>
  /** Destroys it, and whatever is under way in it, which rejects with an `AbortError`. */
  end(session: number): Promise<void>
}
