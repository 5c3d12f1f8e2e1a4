/** What is compared: world, start, methods with their settings, budgets, seeds, training; and the earlier comparisons. */
import { html, nothing, type TemplateResult } from 'lit'
import { ARM_METHODS, ARM_SETTINGS, type Arm, JUDGING_SPLITS } from '../../../core/comparison/comparison.ts'
import {
  BUDGET_LIMITS,
  COMPARISON_NUMBERS,
  MOST_ARMS,
  TRAINING_NUMBERS,
} from '../../../core/comparison/comparison-numbers.ts'
import { DEFAULT_ARMS, ONE_ROLLOUT_ARMS } from '../../../core/comparison/default-comparison.ts'
import type { Failure } from '../../../core/failure.ts'
import { parseConfig } from '../../../core/settings/parse-config.ts'
import { ENVIRONMENT_NAMES, SETTINGS, type Setting } from '../../../core/settings/settings.ts'
import type { ComparisonInfo } from '../../../worker/protocol/lab-api.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { icon } from '../../parts/icons.ts'
import { PageElement } from '../../parts/page-element.ts'
import { agentChoices } from '../../words/agent-choices.ts'
import { agentName } from '../../words/agent-name.ts'
import { ENVIRONMENT_WORDS } from '../../words/environment-words.ts'
import { countText, plural } from '../../words/format.ts'
import { momentText } from '../../words/sizes-and-times.ts'
import { armKey } from '../arms/arm-key.ts'
import {
  ARM_METHOD_ABOUT,
  ARM_METHOD_WORDS,
  type ArmSetting,
  armNames,
  ownSettings,
  reads,
  settingOf,
} from '../arms/arm-words.ts'
import { type Comparer, comparerOf } from '../comparer.ts'
import css from './comparison-form.css?inline'
import { ABLATED_METHODS, ablate, ablationsOf } from './presets.ts'

adoptStyle(css)

const SPLIT_WORDS = { test: 'test tasks', dev: 'dev tasks, to choose by' } as const

const MORE_NUMBERS = ['firstSeed', 'episodes', 'beta', 'learningRate', 'epochs', 'klWeight', 'sftWeight'] as const

type NumberName = keyof typeof COMPARISON_NUMBERS

export class RroComparisonForm extends PageElement {
  /** The arm whose settings stand open. */
  #editing: number | undefined
  #removing: string | undefined
  #armProblems: readonly Failure[] = []

  get #comparer(): Comparer {
    return comparerOf(this.page)
  }

  override render(): unknown {
    const comparer = this.#comparer
    const { draft } = comparer
    const problems = [...comparer.corrections, ...this.#armProblems]
    return html`<form class="comparison-form" aria-label="What is compared" @submit=${prevent}>
      <div class="pair-of-fields">
        <label><span>Environment</span>
          <select name="environment" @change=${this.#named}>
            ${ENVIRONMENT_NAMES.map((name) => html`<option value=${name} .selected=${name === draft.environment}>${ENVIRONMENT_WORDS[name]}</option>`)}
          </select>
        </label>
        <label><span>Start policy</span>${this.#starts(comparer)}</label>
      </div>
      ${this.#arms(draft.arms)}
      <label><span>Budgets, policy calls</span>
        <input name="budgets" autocomplete="off" .value=${draft.budgets.join(', ')} @change=${this.#budgets} aria-describedby="budgets-about" />
      </label>
      <p class="soft about" id="budgets-about">Up to ${BUDGET_LIMITS.count}, from ${countText(BUDGET_LIMITS.least)} to ${countText(BUDGET_LIMITS.most)}; every method gets the same.</p>
      <div class="pair-of-fields">${this.#number('seeds')} ${this.#number('rounds')}</div>
      <details>
        <summary>More: judging, training</summary>
        <div class="pair-of-fields">
          <label><span>Judged on</span>
            <select name="split" @change=${this.#named}>
              ${JUDGING_SPLITS.map((name) => html`<option value=${name} .selected=${name === draft.split}>${SPLIT_WORDS[name]}</option>`)}
            </select>
          </label>
          ${MORE_NUMBERS.map((name) => this.#number(name))}</div>
        <p class="soft about">The same for every method that has none of its own: DPO with averaged iterates, held back by the KL weight at visited states; the SFT weight adds IPR’s term.</p>
      </details>
      <div role="status" class="problems">${problems.map(({ message }) => html`<p class="problem">${message}</p>`)}</div>
      ${this.#earlier(comparer)}
    </form>`
  }

  #starts({ draft: { start, environment } }: Comparer): TemplateResult {
    const agents = this.page.library.agents[environment]
    return html`<select name="start" @change=${this.#named}>
      ${agentChoices(start, agents).map((model) => html`<option value=${model} .selected=${model === start}>${agentName(model, agents)}</option>`)}
    </select>`
  }

  #number(name: NumberName): TemplateResult {
    const comparer = this.#comparer
    const field = COMPARISON_NUMBERS[name]
    const values = { ...comparer.draft, ...comparer.draft.training }
    return html`<label title="${field.least} to ${field.most}; default ${field.default}"><span>${field.label}</span>
      <input name=${name} inputmode=${field.integer ? 'numeric' : 'decimal'} autocomplete="off" .value=${String(values[name] ?? field.default)} @change=${this.#named} />
    </label>`
  }

  #arms(arms: readonly Arm[]): TemplateResult {
    const names = armNames(arms)
    return html`<fieldset>
      <legend>Methods <span class="soft">${arms.length} of at most ${MOST_ARMS}</span></legend>
      <ol class="arms">${arms.map((arm, place) => this.#arm(arm, place, names[place] ?? ''))}</ol>
      <div class="row">
        <select aria-label="Method to add" class="grow" id="method-to-add">
          ${ARM_METHODS.map((method) => html`<option value=${method} .selected=${method === 'rro'} title=${ARM_METHOD_ABOUT[method]}>${ARM_METHOD_WORDS[method]}</option>`)}
        </select>
        <button type="button" ?disabled=${arms.length >= MOST_ARMS} @click=${this.#add}>Add</button>
      </div>
      <div class="presets">
        <button type="button" @click=${() => this.#take(DEFAULT_ARMS)}>All methods</button>
        <button type="button" title="Each method that scores by rollouts, with the m that teaches it the most, beside ours" @click=${() => this.#take(ONE_ROLLOUT_ARMS)}>Strongest baselines (m = 1)</button>
        ${ABLATED_METHODS.map(
          (method) => html`<div role="group" aria-label="Ablate ${ARM_METHOD_WORDS[method]}">
            <span class="soft">Ablate ${method === 'rro' ? 'RRO' : 'recycled RRO'}:</span>
            ${ablationsOf(method).map((ablation) => html`<button type="button" title="One arm for each of ${ablation.values.join(', ')}" @click=${() => this.#take(ablate(method, ablation))}>${ablation.label}</button>`)}
          </div>`,
        )}
      </div>
    </fieldset>`
  }

  #arm(arm: Arm, place: number, name: string): TemplateResult {
    const open = this.#editing === place
    const settings = ARM_SETTINGS.filter((setting) => reads(arm.method, setting))
    return html`<li>
      <div class="arm">
        ${armKey(place)}
        <span class="grow" title=${ARM_METHOD_ABOUT[arm.method]}>${name} <small>${besides(name, arm)}</small></span>
        <button type="button" aria-expanded=${open} ?disabled=${settings.length === 0} @click=${() => this.#edit(open ? undefined : place)}>Edit<span class="hidden"> ${name}</span></button>
        <button type="button" class="square" aria-label="Remove ${name}" ?disabled=${this.#comparer.draft.arms.length === 1} @click=${() => this.#remove(place)}>${icon('close')}</button>
      </div>
      ${
        open
          ? html`<div class="pair-of-fields arm-settings">${settings.map((setting) => this.#armSetting(arm, place, setting))} ${TRAINING_NUMBERS.map((name) => this.#armTraining(arm, place, name))}</div>`
          : nothing
      }
    </li>`
  }

  #armSetting(arm: Arm, place: number, name: ArmSetting): TemplateResult {
    const setting: Setting = SETTINGS[name]
    const value = settingOf(arm, name)
    const changed = (event: Event): void => this.#armChanged(place, name, event)
    return html`<label><span>${setting.label}</span>${
      setting.kind === 'choice'
        ? html`<select @change=${changed}>${setting.values.map((choice) => html`<option value=${choice} .selected=${choice === value}>${choice}</option>`)}</select>`
        : html`<input autocomplete="off" .value=${String(value)} @change=${changed} />`
    }</label>`
  }

  /** Empty: as the comparison has it. */
  #armTraining({ training }: Arm, place: number, name: (typeof TRAINING_NUMBERS)[number]): TemplateResult {
    const common = this.#comparer.draft.training[name]
    const changed = (event: Event): void => {
      const text = (event.target as HTMLInputElement).value.trim()
      this.#rewrite(place, (arm) => {
        const { [name]: _, ...others } = arm.training ?? {}
        return { ...arm, training: text === '' ? others : { ...others, [name]: Number(text) } }
      })
    }
    return html`<label><span>${COMPARISON_NUMBERS[name].label}</span><input inputmode="decimal" autocomplete="off" placeholder="${common} (all)" .value=${String(training?.[name] ?? '')} @change=${changed} /></label>`
  }

  #earlier({ earlier, progress }: Comparer): TemplateResult {
    return html`<details class="earlier" ?open=${earlier.length > 0 && progress === undefined}>
      <summary>Earlier comparisons (${earlier.length})</summary>
      ${earlier.length === 0 ? html`<p class="soft about">What is compared is kept here, cell by cell.</p>` : html`<ul>${earlier.map((info) => this.#one(info, info.id === progress?.info.id))}</ul>`}
    </details>`
  }

  #one(info: ComparisonInfo, isOpen: boolean): TemplateResult {
    const comparer = this.#comparer
    const sure = this.#removing === info.id
    return html`<li>
      <span class="grow">${info.name}${isOpen ? html` <small>open</small>` : nothing}<br /><small>${countText(info.cells)} of ${plural(info.total, 'cell')}, ${momentText(info.createdAtMs)}</small></span>
      ${
        sure
          ? html`<button type="button" class="danger" @click=${() => this.#delete(info)}>Delete for good</button><button type="button" @click=${() => this.#ask(undefined)}>Keep</button>`
          : html`<button type="button" ?disabled=${isOpen || comparer.busy} @click=${() => comparer.open(info)}>Open<span class="hidden"> ${info.name}</span></button>
            <button type="button" @click=${() => this.#ask(info.id)}>Delete<span class="hidden"> ${info.name}</span></button>`
      }
    </li>`
  }

  #ask(id: string | undefined): void {
    this.#removing = id
    this.requestUpdate()
  }

  #delete(info: ComparisonInfo): void {
    this.#removing = undefined
    void this.#comparer.remove(info)
  }

  /** A field whose name is the comparison's own. */
  #named(event: Event): void {
    const field = event.target as HTMLInputElement | HTMLSelectElement
    this.#change({ [field.name]: field.value })
    if (field instanceof HTMLInputElement) this.#restore(field)
  }

  #budgets(event: Event): void {
    const field = event.target as HTMLInputElement
    const budgets = field.value.split(/[,;\s]+/).filter((word) => word !== '')
    this.#change({ budgets: budgets.join(',') })
    field.value = this.#comparer.draft.budgets.join(', ')
  }

  /** What was corrected stands in the field, too. */
  #restore(field: HTMLInputElement): void {
    const { draft } = this.#comparer
    const value = { ...draft, ...draft.training }[field.name as NumberName] // only number fields are inputs with a name of their own
    if (value !== undefined) field.value = String(value)
  }

  #change(values: Readonly<Record<string, string>>): void {
    this.#armProblems = []
    this.#comparer.change(values)
  }

  #take(arms: readonly Arm[]): void {
    const comparer = this.#comparer
    this.#editing = undefined
    this.#armProblems = []
    comparer.adopt({ ...comparer.draft, arms })
  }

  #edit(place: number | undefined): void {
    this.#editing = place
    this.requestUpdate()
  }

  #add(): void {
    const method = ARM_METHODS.find((name) => name === this.querySelector<HTMLSelectElement>('#method-to-add')?.value)
    const arms = this.#comparer.draft.arms
    if (method === undefined) return
    const settings = DEFAULT_ARMS.find((arm) => arm.method === method)?.settings ?? {}
    this.#take([...arms, { method, settings }])
    if (method !== 'sft') this.#edit(arms.length)
  }

  #remove(place: number): void {
    this.#take(this.#comparer.draft.arms.filter((_, other) => other !== place))
  }

  #armChanged(place: number, name: ArmSetting, event: Event): void {
    const field = event.target as HTMLInputElement | HTMLSelectElement
    const { config, corrections } = parseConfig({ [name]: field.value })
    this.#rewrite(place, (arm) => ({ ...arm, settings: { ...arm.settings, [name]: config[name] } }))
    this.#armProblems = corrections
    field.value = String(config[name])
    this.requestUpdate()
  }

  #rewrite(place: number, change: (arm: Arm) => Arm): void {
    this.#take(this.#comparer.draft.arms.map((arm, other) => (other === place ? change(arm) : arm)))
    this.#edit(place)
  }
}

/** Settings that the arm's name does not say already. */
function besides(name: string, arm: Arm): string {
  const said = name.split(', ')
  return ownSettings(arm)
    .split(', ')
    .filter((words) => !said.includes(words))
    .join(', ')
}

function prevent(event: Event): void {
  event.preventDefault()
}

customElements.define('rro-comparison-form', RroComparisonForm)
