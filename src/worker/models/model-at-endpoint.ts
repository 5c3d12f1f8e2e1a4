/** The language model behind an endpoint. A key is in this thread's memory and goes nowhere but to its server. */
import { failure, quote, type Result, success } from '../../core/failure.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import { systemPlaceOf } from '../../policies/chat/system-place.ts'
import { createOpenAIModel, NO_THINKING, type OpenAIModel } from '../../policies/openai/openai-model.ts'
import type { EndpointPorts } from '../../policies/openai/ports.ts'
import type { EndpointRequest, EndpointState } from '../protocol/models.ts'
import { type ModelAgent, WHERE } from './model-ports.ts'
import { telling } from './telling.ts'

const MOST_CONCURRENCY = 512

interface Connected {
  readonly model: OpenAIModel
  readonly request: EndpointRequest
  readonly notices: string[]
}

export class ModelAtEndpoint {
  readonly #ports: EndpointPorts
  readonly #tell: () => void
  #connected: Connected | undefined

  /** @param tell a call has been answered */
  constructor(ports: EndpointPorts, tell: () => void) {
    this.#ports = ports
    this.#tell = tell
  }

  get state(): EndpointState | undefined {
    return this.#connected && stateOf(this.#connected)
  }

  /** Nothing is sent before a run asks. */
  connect(request: EndpointRequest): Result<EndpointState> {
    const bad = outOfRange(request)
    if (bad !== undefined) return failure('endpoint-form', bad)
    const { address, key, model, concurrency, mostRequests, mostTokens, noThinking } = request
    const budget = {
      ...(mostRequests !== undefined && { requests: mostRequests }),
      ...(mostTokens !== undefined && { tokens: mostTokens }),
    }
    const notices: string[] = []
    const notice = (words: string): void => {
      notices.push(words)
      this.#tell()
    }
    const extra = noThinking === true ? { extra: NO_THINKING } : {}
    const made = createOpenAIModel({ address, key, model, concurrency, budget, notice, ...extra }, this.#ports)
    if (!made.ok) return made
    this.#connected = { model: made.value, request, notices }
    return success(stateOf(this.#connected))
  }

  disconnect(): void {
    this.#connected = undefined
  }

  agent({ model: name }: RunConfig): Result<ModelAgent> {
    const at = this.#connected
    if (at === undefined) return failure('agent-not-connected', `No endpoint is connected. ${WHERE}`)
    if (name !== '' && at.model.name !== name) {
      const words = `The endpoint is connected for the model ${quote(at.model.name)}; this run is made with ${quote(name)}.`
      return failure('agent-not-connected', `${words} ${WHERE}`)
    }
    const { concurrency, contextTokens, maxTokens, system = systemPlaceOf(at.model.name) } = at.request
    const model = telling(at.model, () => this.#ports.now(), this.#tell)
    return success({ model, options: { concurrency, contextTokens, maxTokens, system } })
  }
}

function stateOf({ model, request, notices }: Connected): EndpointState {
  const { address, stats } = model.endpoint
  return {
    address,
    model: model.name,
    contextTokens: request.contextTokens,
    stats: { ...stats },
    notices: [...notices],
  }
}

/** The sentence on the first value that is out of range. */
function outOfRange(request: EndpointRequest): string | undefined {
  const { concurrency, contextTokens, maxTokens, mostRequests, mostTokens } = request
  const whole = (value: number, least: number, most: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most
  if (!whole(concurrency, 1, MOST_CONCURRENCY))
    return `Requests at once are a whole number from 1 to ${MOST_CONCURRENCY}.`
  if (!whole(contextTokens, 512, 10_000_000)) return 'The context window is a whole number of tokens, at least 512.'
  if (!whole(maxTokens, 16, contextTokens - 1))
    return 'A reply has at least 16 tokens, and fewer than the context window.'
  for (const [what, most] of [
    ['requests', mostRequests],
    ['tokens', mostTokens],
  ] as const)
    if (most !== undefined && !whole(most, 1, Number.MAX_SAFE_INTEGER))
      return `The budget of ${what} is a whole number from 1, or nothing.`
  return undefined
}
