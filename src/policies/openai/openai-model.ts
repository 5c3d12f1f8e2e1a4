/** A chat model behind any server that speaks OpenAI's API: vLLM, SGLang, llama.cpp, Ollama, LM Studio, Ray Serve. */

import { failure, type Result, success } from '../../core/failure.ts'
import { grouped } from '../../core/grouped.ts'
import type { ChatModel, ChatRequest } from '../chat/model.ts'
import { estimateTokens } from '../chat/prompt.ts'
import { createThinkingWatch } from '../chat/thinking-watch.ts'
import { cutAtStop } from '../thinking.ts'
import { type Completion, readCompletion } from './completion.ts'
import { ADAPT, type Endpoint, type EndpointOptions, openEndpoint } from './endpoint.ts'
import { type ListedModel, readModels } from './listing.ts'
import type { EndpointPorts } from './ports.ts'
import { requestBody, USUAL } from './wire.ts'

export interface OpenAIOptions extends EndpointOptions {
  readonly model: string
  /** Further fields of every request, such as `top_p` or vLLM's `chat_template_kwargs`. Part of the agent's identity. */
  readonly extra?: Readonly<Record<string, unknown>>
  /** Told once each: what the server does otherwise than it was asked. */
  readonly notice?: (words: string) => void
}

export interface OpenAIModel extends ChatModel {
  readonly endpoint: Endpoint
}

/**
 * Fields that switch thinking aloud off in the chat templates of vLLM, SGLang and llama.cpp: Qwen's and GLM's word for
 * it, and DeepSeek's and Granite's. OpenAI and Ollama have `reasoning_effort` instead.
 */
export const NO_THINKING = { chat_template_kwargs: { enable_thinking: false, thinking: false } } as const

/** Nothing is sent until the first call. */
export function createOpenAIModel(options: OpenAIOptions, ports: EndpointPorts): Result<OpenAIModel> {
  const name = options.model.trim()
  if (name === '') return failure('endpoint-model', 'The name of the model is missing. The server lists what it has.')
  const opened = openEndpoint(options, ports)
  if (!opened.ok) return opened
  const endpoint = opened.value
  const thinks = createThinkingWatch()
  const told = new Set<string>()
  let manner = USUAL

  function notice(about: string, words: string): void {
    if (told.has(about)) return
    told.add(about)
    options.notice?.(words)
  }

  /** @returns whether there is something to change that was not changed before */
  function adapted(code: string): boolean {
    const before = manner
    if (code === `${ADAPT}limit-name`) manner = { ...manner, limit: 'max_completion_tokens' }
    if (code === `${ADAPT}stop`) manner = { ...manner, stop: false }
    if (code === `${ADAPT}seed`) manner = { ...manner, seed: false }
    if (code === `${ADAPT}stream`) manner = { ...manner, stream: true }
    if (before.seed && !manner.seed) notice('seed', NO_SEED)
    return JSON.stringify(before) !== JSON.stringify(manner)
  }

  async function ask(request: ChatRequest): Promise<Result<Completion>> {
    for (;;) {
      const asked = manner
      const body = requestBody(name, request, asked, options.extra)
      const question = { path: '/chat/completions', body, model: name, read: readCompletion } as const
      const reply = await endpoint.ask(question, request.signal)
      if (reply.ok || !reply.failure.code.startsWith(ADAPT)) return reply
      // Another request may have found it out in the meantime.
      if (!adapted(reply.failure.code) && asked === manner) return failure('endpoint-request', reply.failure.message)
    }
  }

  return success({
    name,
    ...(options.extra && { variant: JSON.stringify(options.extra) }),
    endpoint,
    async complete(request) {
      const startMs = ports.now()
      const reply = await ask(request)
      if (!reply.ok) return reply
      const { notice: words, ...said } = reply.value
      if (words !== undefined) notice('tool', words)
      const { promptTokens, completionTokens } = said
      const sent = request.messages.reduce((sum, { content }) => sum + estimateTokens(content), 0)
      // No tokenizer makes so few of them: something was cut off.
      if (promptTokens !== null && sent > LEAST_SENT && promptTokens < sent * FAR_FEWER)
        notice('fewer', fewer(endpoint.address, promptTokens, sent))
      endpoint.spend((promptTokens ?? sent) + (completionTokens ?? estimateTokens(said.text)))
      const text = cutAtStop(said.text, request.stop)
      const cut = text.length < said.text.length
      const stuck = thinks.heard(said, request.maxTokens)
      if (stuck !== undefined) return stuck
      const finish = cut ? 'stop' : said.finish
      return success({ ...said, text, finish, elapsedMs: Math.round(ports.now() - startMs) })
    },
  })
}

/** Of what an estimate from above makes of the messages: English text has up to six characters a token, not eight. */
const FAR_FEWER = 0.4
const LEAST_SENT = 600

const NO_SEED =
  'The server takes no seed: it is left out, and the same run asked again will have other replies. What is recorded stays.'

function fewer(address: string, counted: number, sent: number): string {
  const words = `The server at ${address} counts ${grouped(counted)} tokens of a prompt of about ${grouped(sent)}.`
  return `${words} It may cut prompts off without a word: give it a larger window (Ollama: OLLAMA_CONTEXT_LENGTH), or this run a smaller one.`
}

/** The models that a server has; asked once unless `retries` says otherwise. It also tells whether there is a server. */
export async function listModels(
  options: EndpointOptions,
  ports: EndpointPorts,
  signal?: AbortSignal,
): Promise<Result<ListedModel[]>> {
  const endpoint = openEndpoint({ timeoutMs: 15_000, ...options }, ports)
  if (!endpoint.ok) return endpoint
  return endpoint.value.ask({ path: '/models', retries: options.retries ?? 0, read: readModels }, signal)
}
