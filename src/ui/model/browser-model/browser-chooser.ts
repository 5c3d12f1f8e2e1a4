/** What the dialog knows of the browser's own model; it is loaded here, in the window that the visitor's press was made in. */
import { expose, transfer } from 'comlink'
import type { PageState } from '../../state/page-state.ts'
import { browserName, loadTrouble } from './browser-words.ts'
import { errorOf, type OpenDesk, openDesk } from './desk.ts'
import {
  AVAILABILITIES,
  type Availability,
  EXPECTED,
  type LanguageModelApi,
  type LanguageModelSession,
  languageModelHere,
  windowOf,
} from './language-model.ts'

export interface Loaded {
  /** Without a conversation: it keeps the model in memory. */
  readonly session: LanguageModelSession
  readonly desk: OpenDesk
  readonly constrained: boolean
}

export class BrowserChooser {
  /** `absent`: no such model for pages here; undefined until it was asked. */
  availability: Availability | 'absent' | undefined
  /** While it is being loaded: 0 to 1, undefined where nothing is known yet. */
  loading: { readonly share: number | undefined } | undefined
  loaded: Loaded | undefined
  failure: string | undefined
  constrained = true
  readonly #page: PageState
  #cancel: AbortController | undefined

  constructor(page: PageState) {
    this.#page = page
    page.again.add(() => void this.#hand())
  }

  /** Each time the dialog opens. Fetches nothing. */
  async look(): Promise<void> {
    const api = languageModelHere()
    this.availability = api === undefined ? 'absent' : await availabilityOf(api)
    this.#say()
  }

  constrain(constrained: boolean): void {
    this.constrained = constrained
    this.#say()
  }

  /** To be called in the visitor's press, without which a browser downloads nothing. */
  async load(): Promise<void> {
    const api = languageModelHere()
    if (api === undefined || this.#cancel !== undefined) return
    const cancel = new AbortController()
    this.#cancel = cancel
    this.failure = undefined
    const { constrained } = this
    const tell = (share: number | undefined): void => {
      if (this.#cancel !== cancel) return
      this.loading = { share }
      this.#say()
    }
    tell(undefined)
    try {
      const session = await api.create({
        ...EXPECTED,
        signal: cancel.signal,
        monitor(monitor) {
          monitor.addEventListener('downloadprogress', (event) => tell(shareOf(event)))
        },
      })
      cancel.signal.throwIfAborted()
      this.loaded = { session, desk: openDesk(api), constrained }
      await this.#hand()
    } catch (thrown) {
      if (!cancel.signal.aborted) this.#fail(loadTrouble(errorOf(thrown)))
    }
    if (this.#cancel !== cancel) return
    this.#cancel = undefined
    this.loading = undefined
    await this.look()
  }

  /** Cancels loading, or gives the model up. What was downloaded is the browser's. */
  async unload(): Promise<void> {
    const { loaded } = this
    this.#cancel?.abort()
    this.#cancel = undefined
    this.loading = undefined
    this.loaded = undefined
    this.#say()
    if (loaded !== undefined) {
      await this.#page.notices.ask(this.#page.lab.model('leaveBrowserModel'))
      loaded.desk.close()
      loaded.session.destroy()
    }
    await this.look()
  }

  /** To the lab, also to one that was started anew. */
  async #hand(): Promise<void> {
    const { loaded } = this
    if (loaded === undefined) return
    const { port1, port2 } = new MessageChannel()
    loaded.desk.close() // those sessions are another lab's
    expose(loaded.desk, port1)
    const { userAgentData } = navigator as { userAgentData?: Parameters<typeof browserName>[0] }
    const facts = {
      browser: browserName(userAgentData),
      contextTokens: windowOf(loaded.session),
      constrained: loaded.constrained,
    }
    const taken = await this.#page.lab.model('takeBrowserModel', transfer(port2, [port2]), facts)
    if (taken.ok) return
    this.#fail(taken.failure.message)
    await this.unload()
  }

  /** In the tab; by a notice where the dialog was closed meanwhile. */
  #fail(words: string): void {
    if (this.#page.view.dialog === 'model') this.failure = words
    else this.#page.notices.fail(words)
  }

  #say(): void {
    this.#page.changes.say()
  }
}

async function availabilityOf(api: LanguageModelApi): Promise<Availability> {
  const said = await api.availability(EXPECTED).catch(() => undefined)
  return AVAILABILITIES.find((known) => known === said) ?? 'unavailable'
}

/** Newer browsers tell shares, older ones told bytes. */
function shareOf(event: Event): number | undefined {
  const { loaded, total } = event as ProgressEvent
  const share = loaded / (total || 1)
  return share >= 0 ? Math.min(1, share) : undefined
}
