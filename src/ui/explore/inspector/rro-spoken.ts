/**
 * The selected candidate as a small language model wrote it: each token, how likely it was, and what else might have stood there;
 * where it parts from what it makes a pair with; and how another model, say the one that learnt from the pair, judges it.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { AgentInfo } from '../../../worker/protocol/agents.ts'
import type { RunProgress } from '../../../worker/protocol/runs.ts'
import type { Spelled, SpelledToken } from '../../../worker/protocol/visits.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { enteredIn } from '../../parts/fields.ts'
import { PageElement } from '../../parts/page-element.ts'
import { languageAgentName } from '../../words/agent-name.ts'
import { alike, logOf, sameTokens, shifts } from './spelled-words.ts'
import css from './spoken.css?inline'

adoptStyle(css)

/** Others that are hardly ever drawn say nothing. */
const LEAST_OTHER = 0.005
const MOST_OTHERS = 3
/** Pairs that are shown of a candidate. */
const MOST_PAIRS = 3
/** Probabilities that moved by less are as they were. */
const LEAST_SHIFT = 0.005

/** What one model says of candidates, by their numbers. */
type Said = ReadonlyMap<number, Spelled>

export class RroSpoken extends PageElement {
  static override properties = {
    ...PageElement.properties,
    ...{ step: { type: Number }, candidate: { type: Number }, judge: { attribute: false }, whole: { type: Boolean } },
  }
  declare step: number
  declare candidate: number
  /** The setting `model` of the other model; undefined while nobody asked for one. The visitor may choose another one. */
  declare judge: string | undefined
  /** Whether the probabilities stand open when they are first drawn. */
  declare whole: boolean
  /** The candidate and who judges it, and what it makes pairs with. */
  #about = ''
  #of = ''
  #said: Said = new Map()
  /** The same of the other model. */
  #judged: Said = new Map()
  /** Why there is nothing to show. */
  #problem: string | undefined
  #judgeProblem: string | undefined
  /** How far the run was when it was asked: where that failed, it is asked again as the run goes on. */
  #askedAt: RunProgress | undefined

  override willUpdate(): void {
    const { progress, task } = this.page.explorer
    if (task === undefined) return
    // A judge may be called '', which is not nobody.
    const about = `${progress?.info.id}/${task.task}/${this.step}/${this.candidate}/${this.#judgeOf()}`
    // Pairs come of a step once it is decided.
    const key = `${about}/${this.#partners().map(({ number }) => number)}`
    if (key === this.#of && (this.#problem === undefined || progress === this.#askedAt)) return
    if (about !== this.#about) {
      this.#said = new Map()
      this.#judged = new Map()
    }
    this.#about = about
    this.#of = key
    this.#problem = undefined
    this.#judgeProblem = undefined
    this.#askedAt = progress
    void this.#fetch(task.task)
  }

  async #fetch(task: number): Promise<void> {
    const of = this.#of
    const { lab } = this.page
    const numbers = [this.candidate, ...this.#partners().map(({ number }) => number)]
    const ask = async (judge?: string): Promise<readonly [Said, string | undefined]> => {
      const said = new Map<number, Spelled>()
      for (const number of numbers) {
        const found = await lab.visit('spoken', task, this.step, number, judge)
        if (!found.ok) return [said, found.failure.message]
        said.set(number, found.value)
      }
      return [said, undefined]
    }
    const own = await ask()
    const judge = this.#judgeOf()
    const judged = judge === undefined ? undefined : await ask(judge)
    if (of !== this.#of) return
    ;[this.#said, this.#problem] = own
    if (judged !== undefined) [this.#judged, this.#judgeProblem] = judged
    this.requestUpdate()
  }

  /** What the candidate makes a pair with, and which of the two is chosen. */
  #partners(): readonly { readonly number: number; readonly better: boolean }[] {
    const pairs = this.page.explorer.task?.steps[this.step - 1]?.pairs ?? []
    return pairs
      .flatMap(({ chosen, rejected }) => {
        if (chosen === this.candidate) return [{ number: rejected, better: true }]
        return rejected === this.candidate ? [{ number: chosen, better: false }] : []
      })
      .slice(0, MOST_PAIRS)
  }

  override render(): unknown {
    const spoken = this.#said.get(this.candidate)
    if (spoken === undefined) return this.#problem === undefined ? nothing : html`<p class="soft">${this.#problem}</p>`
    const found = this.#judged.get(this.candidate)
    const judged = found !== undefined && sameTokens(spoken, found) ? found : undefined
    const moved = judged && shifts(spoken, judged)
    return html`<h4>Token by token</h4>
      <p class="tokens" aria-hidden="true">${spoken.tokens.map((token, i) => chip(token, moved?.[i]))}</p>
      ${this.#judges()} ${judged === undefined ? this.#noJudge(found) : html`<p>log π of the whole: ${nats(logOf(spoken))} before, <b>${nats(logOf(judged))}</b> with it. <span class="soft">Small numbers: points of probability that a token moved by.</span></p>`}
      ${this.#partners().map((partner) => this.#pair(spoken, judged, partner))}
      <details ?open=${this.whole}><summary>Probabilities, and what else might have stood there</summary>
        <p>The whole action has a probability of ${percent(Math.exp(logOf(spoken)))}: the product over its ${spoken.tokens.length} tokens.</p>
        <table><thead><tr><th scope="col">token</th><th scope="col" class="number">p</th>${judged === undefined ? nothing : html`<th scope="col" class="number">p with it</th>`}<th scope="col">instead</th></tr></thead>
          <tbody>${spoken.tokens.map((token, i) => row(token, judged?.tokens[i]))}</tbody></table>
      </details>
      <details><summary>What it had read</summary><pre tabindex="0">${spoken.read}</pre></details>`
  }

  /** Other models that can judge it; undefined while they are not known. */
  #others(): readonly AgentInfo[] | undefined {
    const { progress } = this.page.explorer
    if (progress === undefined) return []
    const { environment, model } = progress.info.config
    return this.page.library.agents[environment]?.filter(
      (agent) => agent.policy === 'transformer' && agent.model !== model,
    )
  }

  /** The one that was asked for, while it is there and another one than the run's own. */
  #judgeOf(): string | undefined {
    return this.#others()?.find(({ model }) => model === this.judge)?.model
  }

  #judges(): unknown {
    const environment = this.page.explorer.progress?.info.config.environment
    const others = this.#others()
    if (others === undefined && environment !== undefined) void this.page.library.refreshAgents(environment)
    if (others === undefined || others.length === 0) return nothing
    const judge = this.#judgeOf()
    const chosen = (event: Event): void => {
      const value = enteredIn(event)
      this.judge = value === '' ? undefined : value.slice(1)
    }
    return html`<p class="judges"><label>Beside it, as judged by <select name="judge" @change=${chosen}>
      <option value="" .selected=${judge === undefined}>nobody</option>
      ${others.map((agent) => html`<option value=${`=${agent.model}`} .selected=${agent.model === judge}>${languageAgentName(agent.model, others)}</option>`)}
    </select></label></p>`
  }

  #noJudge(found: Spelled | undefined): unknown {
    if (this.#judgeProblem !== undefined) return html`<p class="soft">${this.#judgeProblem}</p>`
    return found === undefined
      ? nothing
      : html`<p class="soft">That model reads and writes other tokens: its probabilities cannot stand beside these.</p>`
  }

  /** The other side of a pair, from where it parts. */
  #pair(
    spoken: Spelled,
    judged: Spelled | undefined,
    { number, better }: { number: number; better: boolean },
  ): unknown {
    const other = this.#said.get(number)
    if (other === undefined) return nothing
    const from = alike(spoken, other)
    const found = this.#judged.get(number)
    const then = found !== undefined && sameTokens(other, found) ? found : undefined
    const moved = then && shifts(other, then)
    const margin = (mine: Spelled, theirs: Spelled): number => (better ? 1 : -1) * (logOf(mine) - logOf(theirs))
    const [here, there] = [spoken.tokens[from]?.text, other.tokens[from]?.text]
    const part =
      here === undefined || there === undefined
        ? 'The two are the same, token for token.'
        : html`They part at token ${from + 1}: <code>${here}</code> here, <code>${there}</code> there.`
    return html`<section class="pair" aria-label=${`Pair with candidate ${number}`}>
      <p>${better ? 'Chosen over' : 'Rejected for'} candidate ${number}. ${part}</p>
      <p class="tokens" aria-hidden="true">${other.tokens.map((token, i) => chip(token, moved?.[i], i < from ? 'shared' : i === from ? 'parts' : ''))}</p>
      <p>log π(chosen) − log π(rejected): ${nats(margin(spoken, other))}${judged === undefined || then === undefined ? nothing : html` before, <b>${nats(margin(judged, then))}</b> with it`}.</p>
    </section>`
  }
}

/** The surer, the thicker its line: five steps of it. What became likelier has an arrow up, what became less likely one down. */
function chip({ text, probability }: SpelledToken, shift = 0, role = ''): TemplateResult {
  const moved = Math.abs(shift) < LEAST_SHIFT ? '' : shift > 0 ? 'up' : 'down'
  return html`<span class="sure-${Math.min(4, Math.floor(5 * probability))} ${moved} ${role}">${text}${moved === '' ? nothing : html`<sup>${moved === 'up' ? '+' : '−'}${Math.round(100 * Math.abs(shift))}</sup>`}</span>`
}

function row({ text, probability, others }: SpelledToken, judged: SpelledToken | undefined): TemplateResult {
  const shown = others.filter((other) => other.probability >= LEAST_OTHER).slice(0, MOST_OTHERS)
  return html`<tr><th scope="row"><code>${text}</code></th><td class="number">${percent(probability)}</td>
    ${judged === undefined ? nothing : html`<td class="number">${percent(judged.probability)}</td>`}
    <td>${shown.map((other) => html`<span class="other"><code>${other.text}</code> ${percent(other.probability)}</span> `)}</td></tr>`
}

function percent(share: number): string {
  if (share < 0.00095) return 'under 0.1 %'
  return `${share < 0.0995 ? (100 * share).toFixed(1) : Math.round(100 * share)} %`
}

function nats(log: number): string {
  return log.toFixed(2).replace('-', '−')
}

customElements.define('rro-spoken', RroSpoken)
