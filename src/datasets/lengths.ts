/** How long rows are for a model, and which trainers would cut them. */
import type { Message } from '../core/log/conversation.ts'
import { estimateTokens } from '../policies/chat/prompt.ts'

/** Tokens of a message beside its text: role, delimiters. */
const PER_MESSAGE = 8

/** An upper estimate from the characters, for whom no tokenizer is at hand. */
export function estimatedTokens(messages: readonly Message[]): number {
  return messages.reduce((sum, { content }) => sum + PER_MESSAGE + estimateTokens(content), 0)
}

/** What a trainer takes at most unless it is told otherwise. */
export interface LengthLimit {
  /** Its name and the version that was read. */
  readonly trainer: string
  readonly setting: string
  readonly tokens: number
  /** What becomes of longer rows. */
  readonly otherwise: string
}

/** To a number that people write into a configuration. */
export function roundedUp(tokens: number): number {
  return Math.ceil(tokens / 256) * 256
}
