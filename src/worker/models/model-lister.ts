/**
 * The models that this page can load: the library's, and those that somebody added. Asked of whichever worker there is;
 * where none loads or has loaded a model, of one that only lists.
 */
import { type Failure, failure, messageOf, quote, type Result, success } from '../../core/failure.ts'
import { modelTrouble, readDevice, roomTrouble } from '../../policies/webllm/device.ts'
import type { MlcRecord } from '../../policies/webllm/engine.ts'
import type { EngineHost } from '../../policies/webllm/engine-host.ts'
import {
  type CustomModel,
  customId,
  modelChoices,
  originsOf,
  parseCustomModel,
  recordOf,
} from '../../policies/webllm/model-list.ts'
import { callTrouble } from '../../policies/webllm/troubles.ts'
import type { PageModel } from '../protocol/models.ts'
import type { OpenedHost } from './model-host.ts'
import type { MachinePorts } from './model-ports.ts'

export class ModelLister {
  readonly #ports: MachinePorts
  readonly #busy: () => OpenedHost | undefined
  /** That lists models and has loaded none. */
  #idle: OpenedHost | undefined
  #customs: readonly CustomModel[] = []

  /** @param busy the worker that loads a model, or has loaded one */
  constructor(ports: MachinePorts, busy: () => OpenedHost | undefined) {
    this.#ports = ports
    this.#busy = busy
  }

  async list(): Promise<Result<readonly PageModel[]>> {
    const [device, freeBytes] = await Promise.all([readDevice(this.#ports.gpu), this.#ports.freeBytes()])
    return this.#withHost(async (host) => {
      const records = [...this.#customs.map(recordOf), ...(await host.records())]
      const choices = modelChoices(await host.records(), this.#customs)
      const byId = new Map(records.map((record) => [record.model_id, record]))
      const known = choices.flatMap(({ id }) => byId.get(id) ?? [])
      const presences = await host.presences(known)
      return success(
        choices.map((choice, i): PageModel => {
          const presence = presences[i] ?? 'none'
          const trouble = 'code' in device ? device : modelTrouble(device, choice)
          const room = presence === 'whole' ? undefined : roomTrouble(freeBytes, choice.megabytes)
          return { ...choice, presence, trouble, roomTrouble: room }
        }),
      )
    })
  }

  /** Puts a model on the list, in the place of one of the same name. @returns its id */
  add(form: unknown): Result<string> {
    const parsed = parseCustomModel(form)
    if (!parsed.ok) return parsed
    this.#customs = [parsed.value, ...this.#customs.filter(({ name }) => name !== parsed.value.name)]
    return success(customId(parsed.value.name))
  }

  async record(id: string): Promise<Result<MlcRecord>> {
    const own = this.#customs.find(({ name }) => customId(name) === id)
    if (own !== undefined) return success(recordOf(own))
    return this.#withHost(async (host) => {
      const record = (await host.records()).find(({ model_id }) => model_id === id)
      return record === undefined ? unknownModel(id) : success(record)
    })
  }

  /** Off the disk. */
  remove(record: MlcRecord): Promise<Result<true>> {
    return this.#withHost((host) => host.remove(record))
  }

  /** A worker to load a model: behind a door to where it comes from, which the one that lists does not have. */
  openFor(record: MlcRecord): OpenedHost {
    this.close()
    return this.#ports.openHost(originsOf(record))
  }

  close(): void {
    this.#idle?.end()
    this.#idle = undefined
  }

  /** With whichever worker there is; a new one where there is none. */
  async #withHost<T>(work: (host: EngineHost) => Promise<Result<T>>): Promise<Result<T>> {
    try {
      let opened = this.#busy()
      if (opened === undefined) {
        this.#idle ??= this.#ports.openHost([])
        opened = this.#idle
      }
      return await work(opened.host)
    } catch (thrown) {
      this.close()
      return hostDied(thrown)
    }
  }
}

export function unknownModel(id: string): ReturnType<typeof failure> {
  const words = `There is no model ${quote(id)} in the list of this version.`
  return failure('model-unknown', `${words} Choose another one, or give the addresses of a custom model.`)
}

/** Of a call to a worker that threw. */
export function hostDied(thrown: unknown): { readonly ok: false; readonly failure: Failure } {
  const { code, message } = callTrouble(thrown)
  if (code === 'model-memory') return failure(code, message)
  const words = `The part of the page that runs models could not be used (${messageOf(thrown)}).`
  return failure('model-worker', `${words} Check the connection and try again; an endpoint works in any case.`)
}
