/** A shop that is too large to be held, in the page: how far its reading has come, and that it is kept on this computer. */
import { html, nothing, type TemplateResult } from 'lit'
import { type Result, success } from '../../core/failure.ts'
import type { KeptShopInfo, LabUpdate, ShopUpdate } from '../../worker/protocol/lab-api.ts'
import { keptByPage } from '../parts/kept-by-page.ts'
import type { PageState } from '../state/page-state.ts'
import { countText, durationText } from '../words/format.ts'
import { during } from './during.ts'
import { shopSearchOf } from './shop-finds.ts'

/** How often the words of a notice change: they may be read aloud. */
const SAID_MS = 2_000

class KeptShopDesk {
  readonly #page: PageState
  /** Undefined for none, or while nobody has asked. */
  shop: KeptShopInfo | undefined
  /** How far one has come that is being read; undefined while none is. */
  reading: ShopUpdate | undefined
  #asked = false
  #saidMs = 0
  /** The words that stand there; undefined before there are any. */
  #said: string | undefined

  constructor(page: PageState) {
    this.#page = page
    page.hearers.add((update) => this.#hear(update))
  }

  /** Asks what is kept, once, and again after that may have changed. */
  want(again = false): void {
    if (this.#asked && !again) return
    this.#asked = true
    void this.#page.notices.ask(this.#page.lab.library('keptShop')).then((shop) => {
      this.shop = shop
      this.#page.changes.say()
    })
  }

  async forget(): Promise<void> {
    const { notices, lab } = this.#page
    const done = await during(this.#page, 'Deleting the shop', notices.ask(lab.library('forgetShop')))
    if (done) notices.tell(`Deleted ${this.shop?.name ?? 'the shop'} from this computer.`)
    this.want(true)
  }

  #hear(update: LabUpdate): void {
    if (update.type === 'data') this.want(true)
    if (update.type === 'shop') this.reading = update
    if (update.type !== 'shop' || performance.now() - this.#saidMs < SAID_MS) return
    this.#saidMs = performance.now()
    this.#said = progressWords(update)
    this.#page.library.busy = this.#said // in the place of what was said before
    this.#page.changes.say()
  }

  /** Its `loadData` then answers so. */
  stop(): void {
    void this.#page.notices.ask(this.#page.lab.library('stopShop'))
  }

  /** What comes of bringing data; where the visitor stopped it, that is news, and no failure. */
  async unlessStopped<T>(call: () => Promise<Result<T>>): Promise<Result<T | undefined>> {
    const result = await call()
    if (result.ok || result.failure.code !== 'shop-stopped') return result
    this.#page.notices.tell(result.failure.message)
    return success(undefined)
  }

  /** The reading is over, whatever came of it. */
  end(): void {
    const { library, changes } = this.#page
    if (library.busy === this.#said) library.busy = undefined
    this.#said = undefined
    this.#saidMs = 0
    this.reading = undefined
    shopSearchOf(this.#page).again() // in what new runs use now
    changes.say()
  }
}

export const keptShopOf = keptByPage((page) => new KeptShopDesk(page))

/** What is going on, as `library.busy` says it. */
function progressWords({ doing, products, share, leftMs }: ShopUpdate): string {
  const left = leftMs === undefined ? '' : `, about ${durationText(leftMs / 1000)} left`
  const percent = `${Math.floor(100 * share)} %`
  return doing === 'reading'
    ? `Reading the shop while you go on (look into it in Explore, under "Data:"): ${countText(products)} products, ${percent}${left}`
    : `Writing the search index of ${countText(products)} products: ${percent}${left}`
}

/** In the sheet of the data: the shop that is kept, to be used again or deleted. */
export function keptShopLines(page: PageState, use: () => void): TemplateResult | typeof nothing {
  const desk = keptShopOf(page)
  desk.want()
  const { shop } = desk
  const data = page.library.data.webshop
  if (shop === undefined) return nothing
  const loaded = typeof data === 'object' && data.fingerprint === shop.fingerprint
  return html`<p>Kept on this computer: ${shop.name} (${countText(Math.ceil(shop.bytes / 1e6))} MB).</p>
    ${
      loaded
        ? nothing
        : html`<p class="buttons"><button @click=${use}>Use it again</button> <button @click=${() => void desk.forget()}>Delete it</button></p>`
    }`
}
