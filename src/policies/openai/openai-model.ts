/** A chat model behind any server that speaks OpenAI's API: vLLM, SGLang, llama.cpp, Ollama, LM Studio, Ray Serve. */
import { failure, type Result, success } from '../../core/failure.ts'
import type { ChatModel, ChatRequest } from '../chat/model.ts'
import { estimateTokens } from '../chat/prompt.ts'
import { type Endpoint, type EndpointOptions, OTHER_LIMIT, openEndpoint } from './endpoint.ts'
import type { EndpointPorts } from './ports.ts'
import { type ListedModel, readCompletion, readModels, requestBody, type TokenLimitName } from './wire.ts'

export interface OpenAIOptions extends EndpointOptions {
  readonly model: string
  /** Further fields of every request, such as `top_p` or vLLM's `chat_template_kwargs`. Part of the agent's identity. */
  readonly extra?: Readonly<Record<string, unknown>>
}

export interface OpenAIModel extends ChatModel {
  readonly endpoint: Endpoint
}

/** Nothing is sent until the first call. */
export function createOpenAIModel(options: OpenAIOptions, ports: EndpointPorts): Result<OpenAIModel> {
  const name = options.model.trim()
  if (name === '') return failure('endpoint-model', 'The name of the model is missing. The server lists what it has.')
  const opened = openEndpoint(options, ports)
  if (!opened.ok) return opened
  const endpoint = opened.value
  let limit: TokenLimitName = 'max_tokens'

  async function ask(request: ChatRequest) {
    const body = requestBody(name, request, limit, options.extra)
    return endpoint.ask({ path: '/chat/completions', body, model: name, read: readCompletion }, request.signal)
  }

  return success({
    name,
    ...(options.extra && { variant: JSON.stringify(options.extra) }),
    endpoint,
    async complete(request) {
      const startMs = ports.now()
      let reply = await ask(request)
      if (!reply.ok && reply.failure.code === OTHER_LIMIT) {
        limit = 'max_completion_tokens'
        reply = await ask(request)
      }
      if (!reply.ok) return reply
      const { text, promptTokens, completionTokens } = reply.value
      const read = promptTokens ?? request.messages.reduce((sum, { content }) => sum + estimateTokens(content), 0)
      endpoint.spend(read + (completionTokens ?? estimateTokens(text)))
      return success({ ...reply.value, elapsedMs: Math.round(ports.now() - startMs) })
    },
  })
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
