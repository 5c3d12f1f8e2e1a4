/** The methods of the comparison being set up: each with its settings, what can be added, and whole sets of them. */
import { html, nothing, type TemplateResult } from 'lit'
import { trainingField, trainingNumbers } from '../../../core/comparison/arm-address.ts'
import { ARM_METHODS, ARM_SETTINGS, type Arm, PAIR_LOSSES } from '../../../core/comparison/comparison.ts'
import { MOST_ARMS } from '../../../core/comparison/comparison-numbers.ts'
import {
  DEFAULT_ARMS,
  GRADIENT_ARMS,
  ONE_ROLLOUT_ARMS,
  STRONGEST_ARMS,
} from '../../../core/comparison/default-comparison.ts'
import { isGradientMethod } from '../../../core/comparison/gradient-methods.ts'
import type { Failure } from '../../../core/failure.ts'
import { parseConfig } from '../../../core/settings/parse-config.ts'
import { SETTINGS, type Setting } from '../../../core/settings/settings.ts'
import { icon } from '../../parts/icons.ts'
import type { PageElement } from '../../parts/page-element.ts'
import { word } from '../../parts/word.ts'
import { LOSS_WORDS } from '../../words/loss-words.ts'
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
import { ABLATED_METHODS, ablate, ablationsOf } from './presets.ts'

export class ArmsEditor {
  /** What was corrected in an arm. */
  problems: readonly Failure[] = []
  readonly #form: PageElement
  /** The arm whose settings stand open. */
  #editing: number | undefined

  constructor(form: PageElement) {
    this.#form = form
  }

  get #comparer(): Comparer {
    return comparerOf(this.#form.page)
  }

  fieldset(): TemplateResult {
    const { arms } = this.#comparer.draft
    const names = armNames(arms)
    const problems = this.problems.map(({ message }) => html`<p class="problem">${message}</p>`)
    return html`<fieldset>
      <legend>Methods <span class="soft">${arms.length} of at most ${MOST_ARMS}</span></legend>
      <p class="soft about">${word('RRO')} and what it is held against: ${word('fixed-size')}, tree search (${word('UCT')}), ${word('IPR')}, ${word('ETO')}, and ours, ${word('recycled')}; and methods that follow the policy gradient and make no pairs: RLOO, GRPO, GiGPO, VinePPO.</p>
      <ol class="arms">${arms.map((arm, place) => this.#arm(arm, place, names[place] ?? ''))}</ol>
      <div role="status" class="problems">${problems}</div>
      <div class="row">
        <select aria-label="Method to add" class="grow" id="method-to-add">
          ${ARM_METHODS.map((method) => html`<option value=${method} .selected=${method === 'rro'} title=${ARM_METHOD_ABOUT[method]}>${ARM_METHOD_WORDS[method]}</option>`)}
        </select>
        <button type="button" ?disabled=${arms.length >= MOST_ARMS} @click=${() => this.#add()}>Add</button>
      </div>
      <div class="presets">
        <div role="group" aria-label="All methods">
          <span class="soft">All methods:</span>
          <button type="button" title="Each with the number of rollouts that teaches it the most on our tasks" @click=${() => this.#take(STRONGEST_ARMS)}>Strongest (m = 1)</button>
          <button type="button" title="With five rollouts a candidate, as IPR’s code has it" @click=${() => this.#take(DEFAULT_ARMS)}>Published (m = 5)</button>
          <button type="button" title="RLOO, GRPO, GiGPO and VinePPO, beside the strongest of those that make pairs, and ours" @click=${() => this.#take([...GRADIENT_ARMS, ...ONE_ROLLOUT_ARMS.slice(3)])}>Policy gradients</button>
        </div>
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
        ${armKey(arm)}
        <span class="grow" title=${ARM_METHOD_ABOUT[arm.method]}>${name} <small>${besides(name, arm)}</small></span>
        <button type="button" aria-expanded=${open} ?disabled=${settings.length === 0} @click=${() => this.#edit(open ? undefined : place)}>Edit<span class="hidden"> ${name}</span></button>
        <button type="button" class="square" aria-label="Remove ${name}" ?disabled=${this.#comparer.draft.arms.length === 1} @click=${() => this.#remove(place)}>${icon('close')}</button>
      </div>
      ${
        open
          ? html`<div class="pair-of-fields arm-settings">${settings.map((setting) => this.#armSetting(arm, place, setting))} ${trainingNumbers(arm.method).map((name) => this.#armTraining(arm, place, name))} ${isGradientMethod(arm.method) ? nothing : this.#armLoss(arm, place)}</div>`
          : nothing
      }
    </li>`
  }

  #armSetting(arm: Arm, place: number, name: ArmSetting): TemplateResult {
    const setting: Setting = SETTINGS[name]
    const value = settingOf(arm, name)
    const changed = (event: Event): void => this.#armChanged(place, name, event)
    const label = isGradientMethod(arm.method) && name === 'startRollouts' ? 'Episodes of a group' : setting.label
    return html`<label><span>${label}</span>${
      setting.kind === 'choice'
        ? html`<select @change=${changed}>${setting.values.map((choice) => html`<option value=${choice} .selected=${choice === value}>${choice}</option>`)}</select>`
        : html`<input autocomplete="off" .value=${String(value)} @change=${changed} />`
    }</label>`
  }

  /** Empty: as the comparison has it. */
  #armTraining(
    { method, training }: Arm,
    place: number,
    name: ReturnType<typeof trainingNumbers>[number],
  ): TemplateResult {
    const field = trainingField(method, name, this.#comparer.draft.policy)
    const values: Partial<Record<typeof name, unknown>> = this.#comparer.draft.training
    const common = isGradientMethod(method) ? `${field.default}` : `${values[name]} (all)`
    const changed = (event: Event): void => {
      const text = (event.target as HTMLInputElement).value.trim()
      this.#rewrite(place, (arm) => {
        const { [name]: _, ...others } = arm.training ?? {}
        return { ...arm, training: text === '' ? others : { ...others, [name]: Number(text) } }
      })
    }
    return html`<label><span>${field.label}</span><input inputmode="decimal" autocomplete="off" placeholder=${common} .value=${String(training?.[name] ?? '')} @change=${changed} /></label>`
  }

  /** Empty: as the comparison has it. */
  #armLoss({ training }: Arm, place: number): TemplateResult {
    const { loss: common = 'dpo' } = this.#comparer.draft.training
    const changed = (event: Event): void => {
      const loss = PAIR_LOSSES.find((name) => name === (event.target as HTMLSelectElement).value)
      this.#rewrite(place, (arm) => {
        const { loss: _, ...others } = arm.training ?? {}
        return { ...arm, training: { ...others, ...(loss !== undefined && { loss }) } }
      })
    }
    return html`<label><span>Loss</span><select @change=${changed}>
      <option value="" .selected=${training?.loss === undefined}>${LOSS_WORDS[common]} (all)</option>
      ${PAIR_LOSSES.map((loss) => html`<option value=${loss} .selected=${loss === training?.loss}>${LOSS_WORDS[loss]}</option>`)}
    </select></label>`
  }

  #take(arms: readonly Arm[]): void {
    const comparer = this.#comparer
    this.#editing = undefined
    this.problems = []
    comparer.adopt({ ...comparer.draft, arms })
  }

  #edit(place: number | undefined): void {
    this.#editing = place
    this.#form.requestUpdate()
  }

  #add(): void {
    const method = ARM_METHODS.find(
      (name) => name === this.#form.querySelector<HTMLSelectElement>('#method-to-add')?.value,
    )
    const arms = this.#comparer.draft.arms
    if (method === undefined) return
    const settings = STRONGEST_ARMS.findLast((arm) => arm.method === method)?.settings ?? {}
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
    this.problems = corrections
    field.value = String(config[name])
    this.#form.requestUpdate()
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
