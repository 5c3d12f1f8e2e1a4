/**
 * The browser's own model, which only windows have: the page hands over a port at which it stands (`BrowserDesk`) once the
 * visitor has loaded it, and another one to a lab that is started anew.
 */
import { proxy, type Remote, releaseProxy, wrap } from 'comlink'
import { failure, quote, type Result, success } from '../../core/failure.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import { type BrowserModel, createBrowserModel } from '../../policies/browser-model/browser-model.ts'
import type { BrowserDesk } from '../../policies/browser-model/desk.ts'
import { FORMS } from '../../policies/browser-model/form.ts'
import { STYLES } from '../../policies/chat/styles.ts'
import type { EndpointPorts } from '../../policies/openai/ports.ts'
import type { BrowserModelFacts, BrowserModelState } from '../protocol/models.ts'
import { type ModelAgent, WHERE } from './model-ports.ts'
import { telling } from './telling.ts'
import { windowOptions } from './window-options.ts'

/** What the instructions and a piece of a page need. */
const LEAST_WINDOW = 512
/** Of a browser that names no limit. */
const MOST_WINDOW = 32_768

interface Taken {
  readonly remote: Remote<BrowserDesk>
  readonly desk: BrowserDesk
  readonly facts: BrowserModelFacts
  /** The one that runs ask now; another environment has another form of an action. */
  model?: { readonly environment: RunConfig['environment']; readonly asked: BrowserModel }
}

export class ModelInBrowser {
  readonly #ports: Pick<EndpointPorts, 'now' | 'after'>
  readonly #tell: () => void
  #taken: Taken | undefined
  #sessions = 0

  /** @param tell a call has been answered */
  constructor(ports: Pick<EndpointPorts, 'now' | 'after'>, tell: () => void) {
    this.#ports = ports
    this.#tell = tell
  }

  get state(): BrowserModelState | undefined {
    const { facts, model } = this.#taken ?? {}
    const counts = model?.asked.counts ?? { made: 0, cloned: 0, prompt: 0, read: 0 }
    return facts && { ...facts, ...counts }
  }

  /** Nothing is asked before a run asks. */
  take(port: MessagePort, given: BrowserModelFacts): Result<true> {
    const contextTokens = Math.min(MOST_WINDOW, Math.floor(given.contextTokens))
    if (!(contextTokens >= LEAST_WINDOW)) {
      const words = `The browser gives its model a context window of ${quote(given.contextTokens)} tokens, in which no task fits.`
      return failure('model-window', `${words} Choose another model.`)
    }
    this.leave()
    const remote = wrap<BrowserDesk>(port)
    this.#taken = { remote, desk: deskOver(remote), facts: { ...given, contextTokens } }
    return success(true)
  }

  leave(): void {
    const taken = this.#taken
    this.#taken = undefined
    taken?.model?.asked.close()
    taken?.remote[releaseProxy]()
  }

  agent({ model: name, environment }: RunConfig): Result<ModelAgent> {
    const taken = this.#taken
    if (taken === undefined) return failure('agent-not-loaded', `The browser’s own model is not loaded. ${WHERE}`)
    if (name !== '') {
      const words = `The browser’s own model has no name, and this run asks for ${quote(name)}.`
      return failure('agent-unnamed', `${words} Leave the setting “Model” empty.`)
    }
    const { contextTokens } = taken.facts
    const model = telling(this.#modelFor(taken, environment), () => this.#ports.now(), this.#tell)
    return success({ model, options: windowOptions(contextTokens) })
  }

  #modelFor(taken: Taken, environment: RunConfig['environment']): BrowserModel {
    if (taken.model?.environment === environment) return taken.model.asked
    taken.model?.asked.close()
    const { browser, constrained } = taken.facts
    const read = STYLES[environment].read.tolerant
    const form = { form: FORMS[environment], valid: (reply: string) => read(reply) !== '' }
    const asked = createBrowserModel(
      taken.desk,
      { browser, ...(constrained && form) },
      {
        now: () => this.#ports.now(),
        after: (ms, call) => this.#ports.after(ms, call),
        nextSession: () => ++this.#sessions,
      },
    )
    taken.model = { environment, asked }
    return asked
  }
}

/** Each call by name: a callback has to cross as a proxy, and a port that was given back throws. */
function deskOver(remote: Remote<BrowserDesk>): BrowserDesk {
  return {
    create: async (session, messages) => remote.create(session, messages),
    clone: async (from, session) => remote.clone(from, session),
    append: async (session, messages) => remote.append(session, messages),
    prompt: async (session, call, told) => remote.prompt(session, call, proxy(told)),
    end: async (session) => remote.end(session),
  }
}
