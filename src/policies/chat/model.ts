/** A language model as the chat agent sees it: an engine in the page, a server, or a test. */

import { failure, type Result } from '../../core/failure.ts'
import type { FINISHES, Message } from '../../core/log/conversation.ts'

export interface ChatRequest {
  /** System, then user and assistant in turn; the last one is the user's. */
  readonly messages: readonly Message[]
  readonly temperature: number
  /** In [1, 2^31 - 2]. The same request with the same seed should give the same reply. */
  readonly seed: number
  /** Texts before which the reply ends. */
  readonly stop: readonly string[]
  readonly maxTokens: number
  /** For models that keep what they have read. Says nothing of the reply. */
  readonly shared?: Shared
  readonly signal?: AbortSignal
}

/** Which conversations others are likely to go on from. */
export interface Shared {
  /** That without the last message: further candidates, further rollouts. */
  readonly before: boolean
  /** That with the reply: the rollouts of a candidate. */
  readonly after: boolean
}

export interface ChatReply {
  /** As it came: an engine recognises its own words when the conversation goes on. */
  readonly text: string
  /** Null where nobody counted. */
  readonly promptTokens: number | null
  readonly completionTokens: number | null
  /** `length`: cut off at `maxTokens`. */
  readonly finish: (typeof FINISHES)[number]
  readonly elapsedMs?: number
}

/** Failure codes that the agent itself knows an answer to. */
export const CONTEXT_FULL = 'model-context'
/** Nothing more is asked; what is under way is still answered. */
export const BUDGET_SPENT = 'model-budget'
/** What a call fails with whose signal was aborted. */
export const CANCELLED = 'model-cancelled'

export function cancelled(): ReturnType<typeof failure> {
  return failure(CANCELLED, 'The request was cancelled.')
}

export interface ChatModel {
  readonly name: string
  /** What else decides its replies, beside its name and the request; the same text for the same behaviour. */
  readonly variant?: string
  /** Never throws for anything that a model or a server does. */
  complete(request: ChatRequest): Promise<Result<ChatReply>>
}
