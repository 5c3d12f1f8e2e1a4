/** What is compared: world, start, methods with their settings, budgets, seeds, training; and the earlier comparisons. */
import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { COMPARED_POLICIES, JUDGING_SPLITS, PAIR_LOSSES } from '../../../core/comparison/comparison.ts'
import { BUDGET_LIMITS, type COMPARISON_NUMBERS, comparisonField } from '../../../core/comparison/comparison-numbers.ts'
import { ENVIRONMENT_NAMES } from '../../../core/settings/settings.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { heldFocus } from '../../parts/held-focus.ts'
import { PageElement } from '../../parts/page-element.ts'
import { word } from '../../parts/word.ts'
import { agentChoices } from '../../words/agent-choices.ts'
import { agentName, languageAgentName } from '../../words/agent-name.ts'
import { ENVIRONMENT_WORDS } from '../../words/environment-words.ts'
import { countText } from '../../words/format.ts'
import { LOSS_WORDS } from '../../words/loss-words.ts'
import { type Comparer, comparerOf } from '../comparer.ts'
import { unitOf } from '../units.ts'
import { ArmsEditor } from './arms-editor.ts'
import { readBudgets } from './budgets-field.ts'
import css from './comparison-form.css?inline'
import { earlierComparisons } from './earlier-comparisons.ts'

adoptStyle(css)

/** What a comparison begins with, beside what Explore shows. */
const START_WORDS: Readonly<Record<string, string>> = {
  '': 'The agent that explores in Explore, unless another one is chosen there.',
  weak: 'Taught by fewer demonstrations than the shipped agent, which Explore begins with: there is more to learn.',
  sharp: 'Surer than the shipped agent, which Explore begins with: less to learn, and harder.',
}

const POLICY_WORDS = { linear: 'Log-linear', transformer: 'Language model (ours)' } as const

const LANGUAGE_WORDS =
  'Our own language model, as it ships, token by token. SFT only: further SFT on demonstrations of as many tokens.'

const SPLIT_WORDS = { test: 'test tasks', dev: 'dev tasks, to choose by' } as const

const MORE_NUMBERS = ['firstSeed', 'episodes', 'beta', 'learningRate', 'epochs', 'klWeight', 'sftWeight'] as const

type NumberName = keyof typeof COMPARISON_NUMBERS

export class RroComparisonForm extends PageElement {
  readonly #arms = new ArmsEditor(this)
  /** By the name of a field: what is wrong with what was typed there. */
  readonly #wrong = new Map<string, readonly string[]>()
  /** In the field of budgets, while it is typed and as long as something is wrong with it. */
  #typed: string | undefined
  readonly #earlier = earlierComparisons(this)
  readonly #focus = heldFocus(this, [
    ['.arms', ['.arms li:last-child .arm > .square', '#method-to-add']],
    ['.earlier', ['.earlier .danger + button', '.earlier li button', '.earlier summary']],
  ])

  get #comparer(): Comparer {
    return comparerOf(this.page)
  }

  override willUpdate(): void {
    this.#focus.before()
  }

  override updated(): void {
    this.#focus.after()
  }

  override render(): unknown {
    const comparer = this.#comparer
    const { draft } = comparer
    const language = draft.policy === 'transformer'
    const { long } = unitOf(draft)
    return html`<form class="comparison-form" aria-label="What is compared" @submit=${prevent}>
      <div class="pair-of-fields">
        <label><span>Environment</span>
          <select name="environment" @change=${(event: Event) => this.#comparer.changeEnvironment((event.target as HTMLSelectElement).value)}>
            ${ENVIRONMENT_NAMES.map((name) => html`<option value=${name} .selected=${name === draft.environment}>${ENVIRONMENT_WORDS[name]}</option>`)}
          </select>
        </label>
        <label><span>Agent</span>
          <select name="policy" @change=${(event: Event) => this.#comparer.changePolicy((event.target as HTMLSelectElement).value)}>
            ${COMPARED_POLICIES.map((name) => html`<option value=${name} .selected=${name === (draft.policy ?? 'linear')}>${POLICY_WORDS[name]}</option>`)}
          </select>
        </label>
      </div>
      <label><span>${language ? 'Model' : 'Start policy'}</span>${this.#starts(comparer)}</label>
      <p class="soft about">${this.#startWords(comparer)}</p>
      ${this.#data(comparer)}
      ${this.#arms.fieldset()}
      <label><span>Budgets, ${long}</span>
        <input name="budgets" autocomplete="off" .value=${live(this.#typed ?? draft.budgets.join(', '))} @input=${this.#typing} @change=${this.#budgets} aria-invalid=${this.#wrong.has('budgets')} aria-describedby="budgets-about wrong-budgets" />
      </label>
      ${this.#problems('budgets')}
      <p class="soft about" id="budgets-about">Up to ${BUDGET_LIMITS.count}, from ${countText(BUDGET_LIMITS.least)} to ${countText(BUDGET_LIMITS.most)}; every method gets the same ${word('budget')} of ${language ? html`tokens: all that go through the model while it explores and while it learns` : word('policy call', 'policy calls')}.</p>
      <div class="pair-of-fields">${this.#number('seeds')} ${language ? nothing : this.#number('rounds')}</div>
      <details>
        <summary>More: judging, training</summary>
        <div class="pair-of-fields">
          <label><span>Judged on</span>
            <select name="split" @change=${this.#named}>
              ${JUDGING_SPLITS.map((name) => html`<option value=${name} .selected=${name === draft.split}>${SPLIT_WORDS[name]}</option>`)}
            </select>
          </label>
          <label><span>Loss of a pair</span>
            <select name="loss" @change=${this.#named}>
              ${PAIR_LOSSES.map((name) => html`<option value=${name} .selected=${name === (draft.training.loss ?? 'dpo')}>${LOSS_WORDS[name]}</option>`)}
            </select>
          </label>
          ${MORE_NUMBERS.filter((name) => !language || name !== 'klWeight').map((name) => this.#number(name))}</div>
        <p class="soft about">The same for every method that makes pairs and has none of its own: ${word('DPO')} (${word('beta')}), IPO or KTO${language ? '' : ' with averaged iterates, held back by the KL weight at visited states'}; the ${word('SFT')} weight adds ${word('IPR')}’s term.</p>
      </details>
      <div role="status" class="problems">${comparer.corrections.map(({ message }) => html`<p class="problem">${message}</p>`)}</div>
      ${this.#earlier()}
    </form>`
  }

  #starts({ draft: { policy = 'linear', start, environment } }: Comparer): TemplateResult {
    const language = policy === 'transformer'
    const agents = language ? [] : this.page.library.agents[environment]
    const name = language ? languageAgentName : agentName
    return html`<select name="start" @change=${this.#named}>
      ${agentChoices(start, agents, policy).map((model) => html`<option value=${model} .selected=${model === start}>${name(model, agents)}</option>`)}
    </select>`
  }

  #startWords({ draft: { policy, start, environment } }: Comparer): string {
    const words = policy === 'transformer' ? LANGUAGE_WORDS : START_WORDS[start]
    if (words !== undefined) return words
    const agents = this.page.library.agents[environment] ?? []
    if (agents.length === 0 || agents.some(({ model }) => model === start))
      return 'An agent that is kept in this browser.'
    return 'This agent is not kept in this browser. Import its file under “Agents”, or choose another one.'
  }

  /** Where the visitor has brought data, or the comparison is on data that somebody brought. */
  #data({ draft: { environment, data } }: Comparer): TemplateResult | typeof nothing {
    const loaded = this.page.library.data[environment]
    const own = typeof loaded === 'object' && loaded.origin === 'yours' ? loaded : undefined
    if (own === undefined && data === undefined) return nothing
    const known: readonly (readonly [string, string])[] = [
      ['', 'what ships with the page'],
      ...(own === undefined ? [] : [[own.fingerprint, own.name] as const]),
    ]
    const missing = data !== undefined && data !== own?.fingerprint
    const choices = missing ? [...known, [data, `${data.slice(0, 6)}…, not loaded`] as const] : known
    return html`<label><span>Data</span>
        <select name="data" @change=${this.#named}>
          ${choices.map(([fingerprint, name]) => html`<option value=${fingerprint} .selected=${fingerprint === (data ?? '')}>${name}</option>`)}
        </select>
      </label>
      ${missing ? html`<div role="status" class="problems"><p class="problem">The data of this comparison is not loaded here. Drop its files on the page to run it, or choose other data.</p></div>` : nothing}
      ${this.#problems('data')}`
  }

  #number(name: NumberName): TemplateResult {
    const comparer = this.#comparer
    const field = comparisonField(name, comparer.draft.policy)
    const values = { ...comparer.draft, ...comparer.draft.training }
    return html`<div><label title="${field.least} to ${field.most}; default ${field.default}"><span>${field.label}</span>
      <input name=${name} aria-invalid=${this.#wrong.has(name)} aria-describedby="wrong-${name}" inputmode=${field.integer ? 'numeric' : 'decimal'} autocomplete="off" .value=${String(values[name] ?? field.default)} @change=${this.#named} />
    </label>${this.#problems(name)}</div>`
  }

  /** Beside the field. */
  #problems(name: string): TemplateResult {
    return html`<div role="status" class="problems" id="wrong-${name}">${(this.#wrong.get(name) ?? []).map((words) => html`<p class="problem">${words}</p>`)}</div>`
  }

  /** A field whose name is the comparison's own. */
  #named(event: Event): void {
    const field = event.target as HTMLInputElement | HTMLSelectElement
    this.#change(field.name, { [field.name]: field.value })
    if (field instanceof HTMLInputElement) this.#restore(field)
  }

  /** Whatever is drawn anew meanwhile, what is being typed stands. */
  #typing(event: Event): void {
    this.#typed = (event.target as HTMLInputElement).value
  }

  /** What was typed stays until all of it counts: what does not is told beside it. */
  #budgets(event: Event): void {
    const { value } = event.target as HTMLInputElement
    const { budgets, problems } = readBudgets(value)
    this.#typed = problems.length > 0 ? value : undefined
    if (budgets.length > 0) this.#change('budgets', { budgets: budgets.join(',') })
    const used = this.#comparer.draft.budgets.map(countText).join(', ')
    if (problems.length > 0) this.#wrong.set('budgets', [...problems, `Used: ${used}.`])
    else this.#wrong.delete('budgets')
    this.requestUpdate()
  }

  /** What was corrected stands in the field, too. */
  #restore(field: HTMLInputElement): void {
    const { draft } = this.#comparer
    const value = { ...draft, ...draft.training }[field.name as NumberName] // only number fields are inputs with a name of their own
    if (value !== undefined) field.value = String(value)
  }

  /** @param name of the field beside which is said what had to be corrected */
  #change(name: string, values: Readonly<Record<string, string>>): void {
    const comparer = this.#comparer
    this.#arms.problems = []
    comparer.change(values)
    const said = comparer.corrections.map(({ message }) => message)
    comparer.corrections = []
    if (said.length > 0) this.#wrong.set(name, said)
    else this.#wrong.delete(name)
    this.requestUpdate()
  }
}

function prevent(event: Event): void {
  event.preventDefault()
}

customElements.define('rro-comparison-form', RroComparisonForm)
