/**
 * The language models that the lab has at hand: one in the page, in a worker of its own, and one endpoint. A key is in
 * this thread's memory and goes nowhere but to its server.
 */
import { type Failure, failure, messageOf, quote, type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import { EXPERT_METHODS, type RunConfig } from '../../core/settings/settings.ts'
import type { ChatOptions } from '../../policies/chat/chat-actor.ts'
import type { ChatModel } from '../../policies/chat/model.ts'
import { STYLES } from '../../policies/chat/styles.ts'
import type { EndpointPorts } from '../../policies/openai/endpoint.ts'
import { createOpenAIModel, listModels, type OpenAIModel } from '../../policies/openai/openai-model.ts'
import type { ListedModel } from '../../policies/openai/wire.ts'
import {
  type DeviceFacts,
  deviceTrouble,
  type GpuPort,
  modelTrouble,
  readDevice,
  roomTrouble,
} from '../../policies/webllm/device.ts'
import type { MlcRecord } from '../../policies/webllm/engine.ts'
import { GRAMMARS } from '../../policies/webllm/grammar.ts'
import {
  type CustomModel,
  customId,
  modelChoices,
  parseCustomModel,
  recordOf,
  systemPlaceOf,
  thinkingOf,
} from '../../policies/webllm/model-list.ts'
import { callTrouble } from '../../policies/webllm/troubles.ts'
import { createWebLLMModel } from '../../policies/webllm/webllm-model.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import type {
  DeviceReport,
  EndpointForm,
  EndpointRequest,
  EndpointState,
  ModelCalls,
  ModelState,
  PageModel,
  PageModelState,
  RawPrompt,
  TokenCost,
} from '../protocol/models.ts'
import type { World } from '../worlds/world.ts'
import type { WorldSource } from '../worlds/world-source.ts'
import { promptsOf, type ReadRun, tokensOf } from './asked-and-said.ts'
import { chatWorld } from './chat-world.ts'
import type { OpenedHost } from './model-host.ts'

/** Of the machine. */
export interface MachinePorts {
  openHost(): OpenedHost
  /** Undefined where pages have no graphics processor. */
  readonly gpu: GpuPort | undefined
  /** Bytes that the browser offers this site beside what it uses. */
  freeBytes(): Promise<number | undefined>
  readonly endpoint: EndpointPorts
}

export interface ModelPorts extends MachinePorts {
  readonly loader: DataLoader
  /** The open run; undefined where none is. */
  run(): ReadRun | undefined
  emit(state: ModelState): void
  /** A model came or went: worlds that were made, or could not be made, are to be made again. */
  changed(): void
}

interface Loaded {
  readonly opened: OpenedHost
  readonly id: string
  readonly constrained: boolean
  readonly contextTokens: number
}

const NOTHING: PageModelState = {
  ...{ status: 'none', id: undefined, constrained: false, progress: undefined, failure: undefined },
}
/** Windows that are too small for a worked example beside the instructions. */
const SMALL_WINDOW = 2048
const MOST_CONCURRENCY = 512

export class Models implements ModelCalls {
  readonly #ports: ModelPorts
  /** That lists models and has loaded none. */
  #lister: OpenedHost | undefined
  #loading: OpenedHost | undefined
  #loaded: Loaded | undefined
  #page = NOTHING
  #customs: readonly CustomModel[] = []
  #endpoint: { readonly model: OpenAIModel; readonly request: EndpointRequest } | undefined
  #revision = 0

  constructor(ports: ModelPorts) {
    this.#ports = ports
  }

  get state(): ModelState {
    return { revision: ++this.#revision, page: this.#page, endpoint: this.#endpointState() }
  }

  async modelState(): Promise<Result<ModelState>> {
    return success(this.state)
  }

  async checkDevice(): Promise<Result<DeviceReport>> {
    const [device, freeBytes] = await Promise.all([readDevice(this.#ports.gpu), this.#ports.freeBytes()])
    if ('code' in device) return success({ name: undefined, software: false, f16: false, freeBytes, trouble: device })
    const { software, f16 } = device
    const name = device.name === '' ? 'a graphics processor that the browser does not name' : device.name
    return success({ name, software, f16, freeBytes, trouble: deviceTrouble(device) })
  }

  async models(): Promise<Result<readonly PageModel[]>> {
    const [device, freeBytes] = await Promise.all([readDevice(this.#ports.gpu), this.#ports.freeBytes()])
    return this.#withHost(async ({ host }) => {
      const records = [...this.#customs.map(recordOf), ...(await host.records())]
      const choices = modelChoices(await host.records(), this.#customs)
      const byId = new Map(records.map((record) => [record.model_id, record]))
      const known = choices.flatMap(({ id }) => byId.get(id) ?? [])
      const presences = await host.presences(known)
      return success(
        choices.map((choice, i): PageModel => {
          const presence = presences[i] ?? 'none'
          const room = presence === 'whole' ? undefined : roomTrouble(freeBytes, choice.megabytes)
          return { ...choice, presence, trouble: troubleOf(device, choice), roomTrouble: room }
        }),
      )
    })
  }

  async addModel(form: unknown): Promise<Result<string>> {
    const parsed = parseCustomModel(form)
    if (!parsed.ok) return parsed
    this.#customs = [parsed.value, ...this.#customs.filter(({ name }) => name !== parsed.value.name)]
    return success(customId(parsed.value.name))
  }

  async loadModel(id: string, constrained: boolean): Promise<Result<true>> {
    const listed = await this.models()
    if (!listed.ok) return listed
    const choice = listed.value.find((model) => model.id === id)
    if (choice === undefined) return unknownModel(id)
    if (choice.trouble !== undefined) return this.#failed(id, constrained, choice.trouble)
    const record = await this.#record(id)
    if (!record.ok) return record
    if (this.#loading !== undefined) return failure('model-loading', 'A model is being loaded. Cancel that first.')
    this.#giveUp()
    // The worker that listed goes on to load: it has the library already.
    const opened = this.#lister ?? this.#ports.openHost()
    this.#lister = undefined
    this.#loading = opened
    this.#tell({ status: 'loading', id, constrained, progress: undefined, failure: undefined })
    this.#ports.changed()
    let ready: Result<true>
    try {
      ready = await opened.host.load(record.value, (progress) => {
        if (this.#loading === opened) this.#tell({ ...this.#page, progress })
      })
    } catch (thrown) {
      ready = hostDied(thrown)
    }
    // Cancelled: somebody has ended this worker and said so.
    if (this.#loading !== opened) return failure('model-cancelled', 'Loading was cancelled. What has come is kept.')
    this.#loading = undefined
    if (!ready.ok) {
      opened.end()
      return this.#failed(id, constrained, ready.failure)
    }
    this.#loaded = { opened, id, constrained, contextTokens: choice.contextTokens }
    this.#tell({ status: 'ready', id, constrained, progress: undefined, failure: undefined })
    this.#ports.changed()
    return ready
  }

  async unloadModel(): Promise<Result<true>> {
    this.#giveUp()
    this.#tell(NOTHING)
    this.#ports.changed()
    return success(true)
  }

  async deleteModel(id: string): Promise<Result<true>> {
    const record = await this.#record(id)
    if (!record.ok) return record
    if (this.#page.id === id) await this.unloadModel()
    return this.#withHost(({ host }) => host.remove(record.value))
  }

  listEndpointModels({ address, key }: EndpointForm): Promise<Result<ListedModel[]>> {
    return listModels({ address, key }, this.#ports.endpoint)
  }

  async connectEndpoint(request: EndpointRequest): Promise<Result<EndpointState>> {
    const { address, key, model, mostRequests, mostTokens } = request
    const bad = outOfRange(request)
    if (bad !== undefined) return failure('endpoint-form', bad)
    const budget = {
      ...(mostRequests !== undefined && { requests: mostRequests }),
      ...(mostTokens !== undefined && { tokens: mostTokens }),
    }
    const options = { address, key, model, concurrency: request.concurrency, budget }
    const made = createOpenAIModel(options, this.#ports.endpoint)
    if (!made.ok) return made
    this.#endpoint = { model: made.value, request }
    this.#ports.changed()
    const { state } = this
    this.#ports.emit(state)
    return success(state.endpoint as EndpointState) // it was set just now
  }

  async disconnectEndpoint(): Promise<Result<true>> {
    this.#endpoint = undefined
    this.#ports.changed()
    this.#ports.emit(this.state)
    return success(true)
  }

  async rawPrompts(task: number, step: number, candidate: number): Promise<Result<readonly RawPrompt[]>> {
    const run = this.#ports.run()
    return run === undefined ? NOTHING_OPEN : promptsOf(run, task, step, candidate)
  }

  async tokens(): Promise<Result<TokenCost>> {
    const run = this.#ports.run()
    return run === undefined ? NOTHING_OPEN : tokensOf(run)
  }

  /** The world of a run whose agent is a language model. */
  async world(source: WorldSource, config: RunConfig): Promise<Result<World>> {
    const agent = config.policy === 'webllm' ? this.#pageAgent(config) : this.#endpointAgent(config)
    if (!agent.ok) return agent
    const environment = await source.loadedEnvironment(config)
    if (!environment.ok) return environment
    const world = success(chatWorld(environment.value, agent.value.model, agent.value.options))
    if (!EXPERT_METHODS.includes(config.method)) return world
    const code = await fetched(() => import('../worlds/experts.ts'))
    return code.ok ? code.value.withExpert(this.#ports.loader, world) : code
  }

  close(): void {
    this.#giveUp()
    this.#lister?.end()
    this.#lister = undefined
  }

  #pageAgent({ model: id, environment }: RunConfig): Result<Agent> {
    const loaded = this.#loaded
    if (loaded === undefined || loaded.id !== id) {
      if (id === '') return failure('agent-unnamed', `No model is chosen. ${WHERE}`)
      const now = this.#page.status === 'loading' && this.#page.id === id ? 'is still being loaded' : 'is not loaded'
      return failure('agent-not-loaded', `The model ${quote(id)} ${now}. ${WHERE}`)
    }
    const { opened, constrained, contextTokens } = loaded
    const read = STYLES[environment].read.tolerant
    const thinking = thinkingOf(id)
    const model = createWebLLMModel(
      opened.host,
      {
        id,
        ...(constrained && { grammar: GRAMMARS[environment], valid: (reply: string) => read(reply) !== '' }),
        ...(thinking !== undefined && { thinking }),
      },
      {
        now: () => this.#ports.endpoint.now(),
        after: (ms, call) => this.#ports.endpoint.after(ms, call),
        died: (reason) => this.#died(opened, reason),
      },
    )
    const small = contextTokens < SMALL_WINDOW
    const options = { contextTokens, system: systemPlaceOf(id), ...(small && { example: false, maxTokens: 160 }) }
    return success({ model, options })
  }

  #endpointAgent({ model: name }: RunConfig): Result<Agent> {
    const at = this.#endpoint
    if (at === undefined) return failure('agent-not-connected', `No endpoint is connected. ${WHERE}`)
    if (name !== '' && at.model.name !== name) {
      const words = `The endpoint is connected for the model ${quote(at.model.name)}; this run is made with ${quote(name)}.`
      return failure('agent-not-connected', `${words} ${WHERE}`)
    }
    const { concurrency, contextTokens, maxTokens } = at.request
    const telling: ChatModel = {
      ...at.model,
      complete: async (request) => {
        const reply = await at.model.complete(request)
        this.#tellSometimes()
        return reply
      },
    }
    return success({ model: telling, options: { concurrency, contextTokens, maxTokens } })
  }

  /** The engine answers no more: it is taken down, and its run can go on once the model is loaded again. */
  #died(opened: OpenedHost, reason: Failure): void {
    if (this.#loaded?.opened !== opened) return
    const { id, constrained } = this.#loaded
    this.#giveUp()
    this.#failed(id, constrained, reason)
    this.#ports.changed()
  }

  #giveUp(): void {
    const [loading, loaded] = [this.#loading, this.#loaded]
    this.#loading = undefined
    this.#loaded = undefined
    loading?.end()
    loaded?.opened.end()
  }

  #failed(id: string, constrained: boolean, reason: Failure): { readonly ok: false; readonly failure: Failure } {
    this.#tell({ status: 'failed', id, constrained, progress: undefined, failure: reason })
    return { ok: false, failure: reason }
  }

  #tell(page: PageModelState): void {
    this.#page = page
    this.#ports.emit(this.state)
  }

  #lastToldMs = Number.NEGATIVE_INFINITY

  #tellSometimes(): void {
    const now = this.#ports.endpoint.now()
    if (now - this.#lastToldMs < 250) return
    this.#lastToldMs = now
    this.#ports.emit(this.state)
  }

  async #record(id: string): Promise<Result<MlcRecord>> {
    const own = this.#customs.find(({ name }) => customId(name) === id)
    if (own !== undefined) return success(recordOf(own))
    return this.#withHost(async ({ host }) => {
      const record = (await host.records()).find(({ model_id }) => model_id === id)
      return record === undefined ? unknownModel(id) : success(record)
    })
  }

  /** With whichever worker there is; a new one where there is none. */
  async #withHost<T>(work: (opened: OpenedHost) => Promise<Result<T>>): Promise<Result<T>> {
    try {
      const busy = this.#loaded?.opened ?? this.#loading
      if (busy === undefined) this.#lister ??= this.#ports.openHost()
      return await work(busy ?? (this.#lister as OpenedHost)) // made just now
    } catch (thrown) {
      this.#lister?.end()
      this.#lister = undefined
      return hostDied(thrown)
    }
  }

  #endpointState(): EndpointState | undefined {
    if (this.#endpoint === undefined) return undefined
    const { model, request } = this.#endpoint
    const { address, stats } = model.endpoint
    return { address, model: model.name, contextTokens: request.contextTokens, stats: { ...stats } }
  }
}

const NOTHING_OPEN = failure('nothing-open', 'No run is open. Open one from the library, or start a new one.')

interface Agent {
  readonly model: ChatModel
  readonly options: ChatOptions
}

const WHERE = 'Open “Language model” in the settings.'

function troubleOf(device: DeviceFacts | Failure, choice: Parameters<typeof modelTrouble>[1]): Failure | undefined {
  return 'code' in device ? device : modelTrouble(device, choice)
}

function unknownModel(id: string): ReturnType<typeof failure> {
  const words = `There is no model ${quote(id)} in the list of this version.`
  return failure('model-unknown', `${words} Choose another one, or give the addresses of a custom model.`)
}

function hostDied(thrown: unknown): ReturnType<typeof failure> {
  const { code, message } = callTrouble(thrown)
  if (code === 'model-memory') return failure(code, message)
  const words = `The part of the page that runs models could not be used (${messageOf(thrown)}).`
  return failure('model-worker', `${words} Check the connection and try again; an endpoint works in any case.`)
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
