/** What the threads of pretraining share, and what they say to each other. */
import type { LlamaConfig } from '../../../policies/transformer/llama.ts'

export const WRITTEN = 1
export const SLIP = 2

export interface Corpus {
  /** All conversations, one after the other; Int32. */
  readonly tokens: SharedArrayBuffer
  /** `WRITTEN` at every token that the agent wrote, `SLIP` where it should not have, 0 elsewhere; Uint8. */
  readonly written: SharedArrayBuffer
  /** Where each conversation begins, and the end; Int32. */
  readonly starts: SharedArrayBuffer
}

export interface ThreadData {
  readonly config: LlamaConfig
  readonly parameters: Float32Array
  readonly corpus: Corpus
  /** Gradients of the shards, one after the other; Float32. */
  readonly gradients: SharedArrayBuffer
  readonly shards: number
  readonly decay: number
  /** What a token that was only read weighs beside one that was written, from 0. */
  readonly reading: number
}

export type Order =
  | { readonly kind: 'gradient'; readonly shard: number; readonly conversations: readonly number[] }
  | { readonly kind: 'judge'; readonly conversations: readonly number[] }
  | { readonly kind: 'step'; readonly step: number; readonly rate: number; readonly weight: number }
  | { readonly kind: 'parameters' }

export interface Judged {
  /** Tokens that the agent wrote, and the sum of their log-probabilities in nats. */
  readonly written: number
  readonly logs: number
  /** Weights of all tokens that were trained on. */
  readonly weight: number
}
