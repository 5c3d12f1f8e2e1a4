/** What goes over the wire: the part of OpenAI's chat API that vLLM, SGLang, llama.cpp, Ollama and LM Studio share. */
import type { ChatRequest } from '../chat/model.ts'

/** How a server wants to be asked, as it has said by refusing something else. */
export interface Manner {
  /** Newer models of OpenAI itself know only the second name. */
  readonly limit: 'max_tokens' | 'max_completion_tokens'
  readonly stop: boolean
  readonly seed: boolean
  /** Some servers only stream. */
  readonly stream: boolean
}

export const USUAL: Manner = { limit: 'max_tokens', stop: true, seed: true, stream: false }

export function requestBody(
  model: string,
  { messages, temperature, seed, stop, maxTokens }: ChatRequest,
  manner: Manner,
  extra: Readonly<Record<string, unknown>> = {},
): string {
  const seeds = manner.seed ? { seed } : {}
  const stops = manner.stop && stop.length > 0 ? { stop } : {}
  const limit = { [manner.limit]: maxTokens }
  return JSON.stringify({ ...extra, model, messages, temperature, ...seeds, ...stops, ...limit, stream: manner.stream })
}
