/**
 * The part of @mlc-ai/web-llm that is used here, by its shape: the real package comes by a dynamic import, a test brings an
 * engine of its own. And the one call that the rest of the lab knows of it.
 */

import type { Result } from '../../core/failure.ts'
import type { Message } from '../../core/log/conversation.ts'

export interface MlcRequest {
  messages: Message[]
  temperature: number
  /** In [1, 2^31 - 2]: the engine's generator repeats itself on small ones and refuses negative ones. */
  seed: number
  stop: string[] | null
  max_tokens: number
  stream: true
  stream_options: { include_usage: true }
  response_format?: { type: 'grammar'; grammar: string }
  extra_body?: { enable_thinking: boolean }
}

export interface MlcChunk {
  readonly choices: readonly {
    readonly delta: { readonly content?: string | null }
    readonly finish_reason?: string | null
  }[]
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number } | null
}

export interface MlcEngine {
  readonly chat: { readonly completions: { create(request: MlcRequest): Promise<AsyncIterable<MlcChunk>> } }
  reload(modelId: string): Promise<void>
  interruptGenerate(): Promise<void> | void
  /** The last reply, whole. */
  getMessage(): Promise<string>
  resetChat(): Promise<void>
}

export interface MlcRecord {
  readonly model: string
  readonly model_id: string
  readonly model_lib: string
  readonly overrides?: { readonly context_window_size?: number }
  readonly vram_required_MB?: number
  readonly low_resource_required?: boolean
  readonly buffer_size_required_bytes?: number
  readonly required_features?: readonly string[]
  /** 0 or undefined: a language model. */
  readonly model_type?: number
}

export interface MlcAppConfig {
  readonly model_list: readonly MlcRecord[]
}

export interface MlcReport {
  /** 0 to 1, once for each phase. */
  readonly progress: number
  readonly text: string
}

export interface MlcLibrary {
  readonly models: readonly MlcRecord[]
  /** @param models those that `reload` is to know */
  createEngine(models: readonly MlcRecord[], report: (report: MlcReport) => void): MlcEngine
  /** Whether all of it is in the browser's cache. Asks no host. */
  isHere(record: MlcRecord): Promise<boolean>
  /** Addresses in the cache of weights. */
  cached(): Promise<readonly string[]>
  remove(record: MlcRecord): Promise<void>
}

export interface EngineCall {
  readonly messages: readonly Message[]
  readonly temperature: number
  readonly seed: number
  readonly stop: readonly string[]
  readonly maxTokens: number
  /** EBNF that the reply keeps to. */
  readonly grammar?: string
  /** Set for models that can be told not to think aloud. */
  readonly thinking?: boolean
}

export interface EngineReply {
  readonly text: string
  /** Tokens read for this call; what the engine still held of the conversation is not among them. */
  readonly read: number
  /** Tokens written. */
  readonly written: number
  readonly finish: 'stop' | 'length' | 'abort'
  /** Whether a call that continues the conversation goes on in what the engine holds. */
  readonly held: boolean
}

/** One call at a time. */
export interface ChatEngine {
  /** @param token called for every token */
  chat(call: EngineCall, token: () => void): Promise<Result<EngineReply>>
  /** The call under way ends with what it has. */
  interrupt(): Promise<void>
}
