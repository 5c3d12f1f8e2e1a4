/** How a model is asked whose context window is given by where it runs. */
import type { ChatOptions } from '../../policies/chat/chat-actor.ts'

/** Windows that are too small for a worked example beside the instructions. */
const SMALL_WINDOW = 2048

export function windowOptions(contextTokens: number): ChatOptions {
  return { contextTokens, ...(contextTokens < SMALL_WINDOW && { example: false, maxTokens: 160 }) }
}
