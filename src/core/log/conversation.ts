/** A conversation with a language model, in the words that chat templates and trainers share. */

export const ROLES = ['system', 'user', 'assistant'] as const

export interface Message {
  readonly role: (typeof ROLES)[number]
  readonly content: string
}

/**
 * Where the instructions stand. Some chat templates (Gemma's, the paper's model) refuse a system message; for those
 * they open the first user turn instead.
 */
export const SYSTEM_PLACES = ['own-message', 'first-user-message'] as const

export type SystemPlace = (typeof SYSTEM_PLACES)[number]

/** How a language model is addressed in a run, beside the instructions: what its raw prompts can be made from again. */
export interface ConversationForm {
  readonly system: SystemPlace
  /** A finished task that stands between the instructions and every task; user and assistant in turn, or nothing. */
  readonly example: readonly Message[]
  /** Tokens that a prompt and its reply may have together. */
  readonly contextTokens: number
  /** Tokens that one reply may have. */
  readonly maxTokens: number
  readonly stop: readonly string[]
}

/** What had to be left out of a prompt for it to fit into the context window. */
export interface PromptFit {
  /** Old observations, from the oldest, of which only the beginning stands. */
  readonly shortened: number
  /** Old turns, from the oldest, that are not there; the whole example counts as one. */
  readonly dropped: number
  /** Characters that stand of the last observation; null where all do. */
  readonly cut: number | null
}

export const FINISHES = ['stop', 'length', 'other'] as const

/** One call of a language model, as it is written down beside the reply. */
export interface ModelCall {
  /** Digest of the messages that were sent; they follow from the log, and this tells whether they were made out right. */
  readonly prompt: string
  /** Null where the server does not count. */
  readonly promptTokens: number | null
  readonly completionTokens: number | null
  /** `length`: the reply is cut off. */
  readonly finish: (typeof FINISHES)[number]
  /** Only where the model answered without an action; logs from before this was written leave it out, too. */
  readonly nothing?: true
  /** Only where something was left out. */
  readonly fit?: PromptFit
  /** Not part of what a seed determines; runs may leave it out. */
  readonly elapsedMs?: number
}
