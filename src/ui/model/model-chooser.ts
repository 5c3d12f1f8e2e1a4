/** What the dialog of language models knows: the machine, the list, what is loaded or connected; and what can be done. */
import { transfer } from 'comlink'
import type { Result } from '../../core/failure.ts'
import type { AskedPolicy } from '../../core/settings/asked-policies.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type {
  DeviceReport,
  EndpointForm,
  EndpointRequest,
  ListedModel,
  ModelState,
  PageModel,
} from '../../worker/protocol/lab-api.ts'
import type { PageState } from '../state/page-state.ts'
import { BrowserChooser } from './browser-model/browser-chooser.ts'
import { keepDoors } from './doors.ts'
import { keepOwnModel, ownModels } from './own-models.ts'

/** Suggested where nothing else speaks for one: it runs on weak machines, and is fetched in a minute. */
const SUGGESTED = /^SmolLM2-360M-Instruct-q4/

export type ModelTab = 'page' | 'browser' | 'endpoint'

/** Where each kind of agent stands. */
const TAB_OF: Partial<Readonly<Record<RunConfig['policy'], ModelTab>>> = {
  'browser-model': 'browser',
  openai: 'endpoint',
}

export class ModelChooser {
  state: ModelState | undefined
  device: DeviceReport | undefined
  models: readonly PageModel[] | undefined
  /** The one that is looked at. */
  chosen: string | undefined
  constrained = true
  /** Models that the server has. */
  listed: readonly ListedModel[] | undefined
  busy: 'listing' | 'asking' | undefined
  /** Whether the browser promised not to delete what is downloaded; undefined until it was asked. */
  persisted: boolean | undefined
  /** Which tab stands there; undefined for the one that goes with the settings. */
  turnedTo: ModelTab | undefined
  readonly browser: BrowserChooser
  readonly #page: PageState
  /** Why a load failed, as a notice has said it: the tab does not say it again. */
  #noticed: string | undefined

  constructor(page: PageState) {
    this.#page = page
    this.browser = new BrowserChooser(page)
    const handDoors = (): void =>
      keepDoors((desk) => void this.#ask(page.lab.model('takeDoors', transfer(desk, [desk]))))
    handDoors()
    page.hearers.add((update) => {
      if (update.type === 'model') this.#hear(update.state)
    })
    page.again.add(() => {
      handDoors()
      this.state = undefined // nothing is loaded in it, nor connected
    })
  }

  get tab(): ModelTab {
    return this.turnedTo ?? TAB_OF[this.#page.settings.config.policy] ?? 'page'
  }

  /** Why the model that is looked at could not be loaded, where no notice says so. */
  get failure(): string | undefined {
    const { status, id, failure } = this.state?.page ?? {}
    if (status !== 'failed' || id !== this.chosen || failure?.message === this.#noticed) return undefined
    return failure?.message
  }

  /** Each time the dialog opens. Asks no other host. */
  async look(): Promise<void> {
    const { lab } = this.#page
    const [state, device] = await Promise.all([
      this.#ask(lab.model('modelState')),
      this.#ask(lab.model('checkDevice')),
      this.browser.look(),
    ])
    if (state !== undefined) this.#hear(state)
    this.device = device
    this.#page.changes.say()
    if (device !== undefined && device.trouble === undefined) await this.refresh()
  }

  async refresh(): Promise<void> {
    const { lab, changes, settings } = this.#page
    if (this.busy === 'listing') return
    this.busy = 'listing'
    changes.say()
    for (const own of ownModels()) await lab.model('addModel', own)
    this.models = (await this.#ask(lab.model('models'))) ?? this.models
    this.busy = undefined
    const { policy, model } = settings.config
    const wanted = [this.chosen, this.state?.page.id, policy === 'webllm' ? model : undefined]
    const here = this.models?.find(({ presence, trouble }) => presence === 'whole' && trouble === undefined)
    const fit = this.models?.filter(({ trouble }) => trouble === undefined) ?? []
    const suggested = here ?? fit.find(({ id }) => SUGGESTED.test(id)) ?? fit[0] ?? this.models?.[0]
    this.chosen = wanted.find((id) => this.models?.some((known) => known.id === id)) ?? suggested?.id
    changes.say()
  }

  choose(id: string): void {
    this.chosen = id
    this.#page.changes.say()
  }

  constrain(constrained: boolean): void {
    this.constrained = constrained
    this.#page.changes.say()
  }

  async load(id: string): Promise<void> {
    const { constrained } = this
    this.persisted = await navigator.storage?.persist?.().catch(() => false)
    const result = await this.#page.lab.model('loadModel', id, constrained).catch(() => undefined)
    if (result?.ok === false && result.failure.code !== 'model-cancelled') await this.#sayOnce(result.failure.message)
  }

  async unload(): Promise<void> {
    await this.#ask(this.#page.lab.model('unloadModel'))
    await this.refresh()
  }

  async remove(id: string): Promise<void> {
    if (await this.#ask(this.#page.lab.model('deleteModel', id)))
      this.#page.notices.tell(`${id} is no longer on this disk.`)
    await this.refresh()
  }

  /** @returns whether it was taken */
  async add(form: { readonly name: string }): Promise<boolean> {
    const { chosen } = this
    const id = await this.#ask(this.#page.lab.model('addModel', form))
    if (id === undefined) return false
    keepOwnModel(form)
    if (this.chosen === chosen) this.chosen = id
    await this.refresh()
    return true
  }

  async list(form: EndpointForm): Promise<void> {
    this.busy = 'asking'
    this.#page.changes.say()
    this.listed = await this.#ask(this.#page.lab.model('listEndpointModels', form))
    this.busy = undefined
    this.#page.changes.say()
  }

  async connect(request: EndpointRequest): Promise<void> {
    const connected = await this.#ask(this.#page.lab.model('connectEndpoint', request))
    if (connected !== undefined) this.#page.notices.tell(`Runs can ask ${connected.model} now.`)
  }

  async disconnect(): Promise<void> {
    await this.#ask(this.#page.lab.model('disconnectEndpoint'))
  }

  /** The agent of the next run. */
  use(policy: AskedPolicy, model: string): void {
    this.#page.settings.change({ policy, model })
    this.#page.notices.tell('The next run asks this model.')
  }

  /** A first look at what it does: a full run of a model in the page takes long. */
  startSmall(policy: AskedPolicy, model: string): void {
    this.#page.settings.change({ policy, model, tasks: 1, rollouts: 2, candidates: 3 })
    this.#page.view.show(undefined)
    void this.#page.opener.startFresh()
  }

  #ask<T>(call: Promise<Result<T>>): Promise<T | undefined> {
    return this.#page.notices.ask(call)
  }

  /** The state of the lab tells of a load that failed, too, and may come before the answer or after it. */
  async #sayOnce(message: string): Promise<void> {
    const state = await this.#ask(this.#page.lab.model('modelState'))
    if (state !== undefined) this.#hear(state)
    const tabSays = this.#page.view.dialog === 'model' && this.tab === 'page' && this.failure === message
    if (!tabSays) {
      this.#noticed = message
      this.#page.notices.fail(message)
    }
    this.#page.changes.say()
  }

  /** Updates and answers come over two ports: an older one may arrive later. */
  #hear(state: ModelState): void {
    if (state.revision <= (this.state?.revision ?? 0)) return
    const before = this.state?.page.status
    this.state = state
    if (before === 'loading' && state.page.status !== 'loading') void this.refresh()
  }
}
