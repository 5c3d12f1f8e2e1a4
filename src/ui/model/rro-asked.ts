/** What a language model was asked and said for the selected candidate: raw prompts and replies, tokens, times. */
import { html, nothing, type TemplateResult } from 'lit'
import type { RawPrompt, TokenCost } from '../../worker/protocol/lab-api.ts'
import { adoptStyle } from '../parts/adopt-style.ts'
import { PageElement } from '../parts/page-element.ts'
import css from './asked.css?inline'
import { callWords, costWords, placeWords } from './model-words.ts'

adoptStyle(css)

export class RroAsked extends PageElement {
  static override properties = { ...PageElement.properties, step: { type: Number }, candidate: { type: Number } }
  declare step: number
  declare candidate: number
  /** Of which candidate of which run the prompts are. */
  #of = ''
  #prompts: readonly RawPrompt[] | 'coming' | undefined
  #shown = 0
  #open = false
  #cost: { readonly of: string; readonly tokens: TokenCost | undefined } | undefined

  get #key(): string {
    const { progress, task } = this.page.explorer
    return `${progress?.info.id}/${task?.task}/${this.step}/${this.candidate}/${task?.steps[this.step - 1]?.candidates[this.candidate - 1]?.rollouts.length}`
  }

  override willUpdate(): void {
    const key = this.#key
    if (key === this.#of) return
    this.#of = key
    this.#prompts = undefined
    this.#shown = 0
    if (this.#open) void this.#fetch()
  }

  override render(): unknown {
    const prompts = Array.isArray(this.#prompts) ? (this.#prompts as readonly RawPrompt[]) : []
    const prompt = prompts[this.#shown]
    const cost = this.#cost?.of === this.page.explorer.progress?.info.id ? this.#cost : undefined
    return html`<h4>What the model was asked</h4>
      <details .open=${this.#open} @toggle=${this.#toggled}><summary>Raw prompt and reply</summary>
        ${this.#prompts === 'coming' ? html`<p role="status">Making the prompts again from the log…</p>` : nothing}
        ${
          prompts.length < 2
            ? nothing
            : html`<label>Call <select name="asked-call" @change=${this.#chosen}>${prompts.map((each, i) => html`<option value=${i} .selected=${i === this.#shown}>${placeWords(each)}</option>`)}</select></label>`
        }
        ${prompt === undefined ? nothing : about(prompt)}
      </details>
      <h4>Tokens of this run</h4>
      ${cost?.tokens === undefined ? nothing : html`<p role="status">${costWords(cost.tokens, this.page.explorer.progress?.info.config.policy === 'browser-model')}</p>`}
      <button @click=${this.#count}>${cost === undefined ? 'Count them' : 'Count them again'}</button>`
  }

  #toggled(event: Event): void {
    this.#open = (event.target as HTMLDetailsElement).open
    if (this.#open && this.#prompts === undefined) void this.#fetch()
  }

  #chosen(event: Event): void {
    this.#shown = Number((event.target as HTMLSelectElement).value)
    this.requestUpdate()
  }

  async #fetch(): Promise<void> {
    const { lab, notices, explorer } = this.page
    const of = this.#of
    const task = explorer.task?.task
    if (task === undefined) return
    this.#prompts = 'coming'
    this.requestUpdate()
    const prompts = await notices.ask(lab.model('rawPrompts', task, this.step, this.candidate))
    if (of !== this.#of) return
    this.#prompts = prompts
    this.requestUpdate()
  }

  async #count(): Promise<void> {
    const { lab, notices, explorer } = this.page
    const of = explorer.progress?.info.id ?? ''
    const tokens = await notices.ask(lab.model('tokens'))
    this.#cost = { of, tokens }
    this.requestUpdate()
  }
}

function about({ messages, reply, recorded, verified }: RawPrompt): TemplateResult {
  return html`<p class="soft">${callWords(recorded)}${verified ? '' : ' These are not the messages that were sent: the program has changed since.'}</p>
    <ol class="messages">${messages.map(({ role, content }) => html`<li><b>${role}</b><pre tabindex="0">${content}</pre></li>`)}
      <li class="reply"><b>reply</b><pre tabindex="0">${reply}</pre></li></ol>`
}

customElements.define('rro-asked', RroAsked)
