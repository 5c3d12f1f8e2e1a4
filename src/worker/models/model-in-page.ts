/** The language model in the page, in a worker of its own: it is loaded, given up, and may die. */
import { type Failure, failure, quote, type Result, success } from '../../core/failure.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import { STYLES } from '../../policies/chat/styles.ts'
import { systemPlaceOf } from '../../policies/chat/system-place.ts'
import { GRAMMARS } from '../../policies/webllm/grammar.ts'
import { thinkingOf } from '../../policies/webllm/model-list.ts'
import { DISPOSED } from '../../policies/webllm/troubles.ts'
import { createWebLLMModel } from '../../policies/webllm/webllm-model.ts'
import type { PageModelState } from '../protocol/models.ts'
import type { OpenedHost } from './model-host.ts'
import { hostDied, ModelLister, unknownModel } from './model-lister.ts'
import { type MachinePorts, type ModelAgent, WHERE } from './model-ports.ts'
import { windowOptions } from './window-options.ts'

export interface InPagePorts extends MachinePorts {
  /** The state is another one. */
  tell(): void
  /** @see ModelPorts */
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

export class ModelInPage {
  readonly #ports: InPagePorts
  readonly lister: ModelLister
  #state = NOTHING
  #loading: OpenedHost | undefined
  #loaded: Loaded | undefined

  constructor(ports: InPagePorts) {
    this.#ports = ports
    this.lister = new ModelLister(ports, () => this.#loaded?.opened ?? this.#loading)
  }

  get state(): PageModelState {
    return this.#state
  }

  async load(id: string, constrained: boolean): Promise<Result<true>> {
    const listed = await this.lister.list()
    if (!listed.ok) return listed
    const choice = listed.value.find((model) => model.id === id)
    if (choice === undefined) return unknownModel(id)
    if (choice.trouble !== undefined) return this.#failed(id, constrained, choice.trouble)
    const record = await this.lister.record(id)
    if (!record.ok) return record
    if (this.#loading !== undefined) return failure('model-loading', 'A model is being loaded. Cancel that first.')
    this.#giveUp()
    const opened = this.lister.openFor(record.value)
    this.#loading = opened
    this.#tell({ status: 'loading', id, constrained, progress: undefined, failure: undefined })
    this.#ports.changed()
    let ready: Result<true>
    try {
      ready = await opened.host.load(record.value, (progress) => {
        if (this.#loading === opened) this.#tell({ ...this.#state, progress })
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

  /** Cancels loading, too. */
  unload(): void {
    this.#giveUp()
    this.#tell(NOTHING)
    this.#ports.changed()
  }

  /** Off the disk. */
  async remove(id: string): Promise<Result<true>> {
    const record = await this.lister.record(id)
    if (!record.ok) return record
    if (this.#state.id === id) this.unload()
    return this.lister.remove(record.value)
  }

  close(): void {
    this.#giveUp()
    this.lister.close()
  }

  agent({ model: id, environment }: RunConfig): Result<ModelAgent> {
    const loaded = this.#loaded
    if (loaded === undefined || loaded.id !== id) {
      if (id === '') return failure('agent-unnamed', `No model is chosen. ${WHERE}`)
      const now = this.#state.status === 'loading' && this.#state.id === id ? 'is still being loaded' : 'is not loaded'
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
    return success({ model, options: { ...windowOptions(contextTokens), system: systemPlaceOf(id) } })
  }

  /** The engine answers no more: it is taken down, and its run can go on once the model is loaded again. */
  #died(opened: OpenedHost, reason: Failure): void {
    if (this.#loaded?.opened !== opened) return
    const { id, constrained } = this.#loaded
    this.#giveUp()
    this.#failed(id, constrained, reason)
    this.#ports.changed()
    // The engine threw the model away by itself; it is on the disk, and nobody has to be asked.
    if (reason.code === DISPOSED) void this.load(id, constrained)
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

  #tell(state: PageModelState): void {
    this.#state = state
    this.#ports.tell()
  }
}
