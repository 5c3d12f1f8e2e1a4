/** The selected candidate as our own language model wrote it: each token, how likely it was, and what else might have stood there. */
import { html, nothing, type TemplateResult } from 'lit'
import type { RunProgress } from '../../../worker/protocol/runs.ts'
import type { Spelled, SpelledToken } from '../../../worker/protocol/visits.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { PageElement } from '../../parts/page-element.ts'
import css from './spoken.css?inline'

adoptStyle(css)

/** Others that are hardly ever drawn say nothing. */
const LEAST_OTHER = 0.005
const MOST_OTHERS = 3

export class RroSpoken extends PageElement {
  static override properties = { ...PageElement.properties, step: { type: Number }, candidate: { type: Number } }
  declare step: number
  declare candidate: number
  #of = ''
  #spoken: Spelled | undefined
  /** Why there is nothing to show. */
  #problem: string | undefined
  /** How far the run was when it was asked: where that failed, it is asked again as the run goes on. */
  #askedAt: RunProgress | undefined

  override willUpdate(): void {
    const { progress, task } = this.page.explorer
    if (task === undefined) return
    const key = `${progress?.info.id}/${task.task}/${this.step}/${this.candidate}`
    if (key === this.#of && (this.#problem === undefined || progress === this.#askedAt)) return
    if (key !== this.#of) this.#spoken = undefined
    this.#of = key
    this.#problem = undefined
    this.#askedAt = progress
    void this.#fetch(task.task)
  }

  async #fetch(task: number): Promise<void> {
    const of = this.#of
    const spoken = await this.page.lab.visit('spoken', task, this.step, this.candidate)
    if (of !== this.#of) return
    if (spoken.ok) this.#spoken = spoken.value
    else this.#problem = spoken.failure.message
    this.requestUpdate()
  }

  override render(): unknown {
    const spoken = this.#spoken
    if (spoken === undefined) return this.#problem === undefined ? nothing : html`<p class="soft">${this.#problem}</p>`
    const whole = spoken.tokens.reduce((product, { probability }) => product * probability, 1)
    return html`<h4>Token by token</h4>
      <p class="tokens" aria-hidden="true">${spoken.tokens.map(chip)}</p>
      <details><summary>Probabilities, and what else might have stood there</summary>
        <p>The whole action has a probability of ${percent(whole)}: the product over its ${spoken.tokens.length} tokens.</p>
        <table><thead><tr><th scope="col">token</th><th scope="col" class="number">p</th><th scope="col">instead</th></tr></thead>
          <tbody>${spoken.tokens.map(row)}</tbody></table>
      </details>
      <details><summary>What it had read</summary><pre tabindex="0">${spoken.read}</pre></details>`
  }
}

/** The surer, the thicker its line: five steps of it. */
function chip({ text, probability }: SpelledToken): TemplateResult {
  return html`<span class="sure-${Math.min(4, Math.floor(5 * probability))}">${text}</span>`
}

function row({ text, probability, others }: SpelledToken): TemplateResult {
  const shown = others.filter((other) => other.probability >= LEAST_OTHER).slice(0, MOST_OTHERS)
  return html`<tr><th scope="row"><code>${text}</code></th><td class="number">${percent(probability)}</td>
    <td>${shown.map((other) => html`<span class="other"><code>${other.text}</code> ${percent(other.probability)}</span> `)}</td></tr>`
}

function percent(share: number): string {
  if (share < 0.00095) return 'under 0.1 %'
  return `${share < 0.0995 ? (100 * share).toFixed(1) : Math.round(100 * share)} %`
}

customElements.define('rro-spoken', RroSpoken)
