/** Every setting of the next run, made from the one table: label, default and where it comes from, and a line of explanation. */
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { ASKED_POLICIES } from '../../core/settings/asked-policies.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import { SETTING_SCOPES, type SettingScope } from '../../core/settings/setting-scopes.ts'
import { DEFAULT_CONFIG, type RunConfig, SETTING_NAMES, SETTINGS, type Setting } from '../../core/settings/settings.ts'
import { PageDialog } from '../parts/page-dialog.ts'
import { agentChoices } from '../words/agent-choices.ts'
import { agentName, languageAgentName } from '../words/agent-name.ts'
import { plural } from '../words/format.ts'
import { adoptSettings } from './adopt-settings.ts'
import { presetOf, withMethod } from './method-presets.ts'
import {
  BROWSER_MODEL_ABOUT,
  EXPLANATIONS,
  LANGUAGE_MODEL_ABOUT,
  METHOD_ABOUT,
  valueWords,
} from './setting-explanations.ts'

/** Those that matter first: where, how, and what the rule is. */
const FIRST: readonly (keyof RunConfig)[] = ['environment', 'method', 'rollouts', 'candidates', 'riseRule', 'seed']

export class RroSettings extends PageDialog {
  readonly dialogName = 'settings'
  readonly heading = 'Settings of the next run'
  /** What stands in a field that had to be corrected, by name. */
  #problems: Partial<Record<keyof RunConfig, string>> = {}

  /** Whether those that matter less are shown. */
  #more = false

  /** Something that was changed is not hidden. */
  override openedNow(): void {
    this.#more ||= this.#hidden().some((name) => this.#isChanged(name))
    this.requestUpdate()
  }

  override content(): unknown {
    const { page } = this
    const changed = SETTING_NAMES.some((name) => this.#isChanged(name))
    const hidden = this.#hidden()
    const ours = hidden.filter((name) => this.#isChanged(name)).length
    return html`<form class="settings" @submit=${this.#start}>
      <p class="soft">The paper’s own values are not public: a default is ours unless its field says whose it is.</p>
      ${this.#fields(FIRST.filter((name) => this.#concerned(name)))}
      <details .open=${this.#more} @toggle=${this.#toggled}>
        <summary>${plural(hidden.length, 'more setting')}${ours === 0 ? '' : `, ${ours} changed`}</summary>
        ${this.#fields(hidden)}
      </details>
      <div class="dialog-foot">
        <button type="button" ?disabled=${!changed} @click=${this.#reset}>Reset to defaults</button>
        <button type="button" ?disabled=${page.explorer.progress === undefined} @click=${this.#adopt}>Take those of the open run</button>
        <span class="soft grow">The address of this page holds what is not a default: a link is an experiment.</span>
        <button class="go">Start with these</button>
      </div>
    </form>`
  }

  #fields(names: readonly (keyof RunConfig)[]): TemplateResult {
    return html`<div class="fields">${repeat(
      names,
      (name) => name,
      (name) => this.#field(name, SETTINGS[name]),
    )}</div>`
  }

  #hidden(): readonly (keyof RunConfig)[] {
    return SETTING_NAMES.filter((name) => !FIRST.includes(name) && this.#concerned(name))
  }

  #concerned(name: keyof RunConfig): boolean {
    return concerns(SETTING_SCOPES[name], this.page.settings.config)
  }

  #isChanged(name: keyof RunConfig): boolean {
    return this.page.settings.config[name] !== DEFAULT_CONFIG[name]
  }

  #toggled(event: Event): void {
    this.#more = (event.target as HTMLDetailsElement).open
  }

  #field(name: keyof RunConfig, setting: Setting): TemplateResult {
    const id = `setting-${name}`
    const value = this.page.settings.config[name]
    const problem = this.#problems[name]
    const about = `${id}-about ${id}-problem`
    const { method, policy } = this.page.settings.config
    const embedded = policy === 'linear' || policy === 'transformer'
    const named = talks(this.page.settings.config)
    const browsers = name === 'model' && policy === 'browser-model'
    return html`<div class="field ${value === setting.default ? '' : 'changed'}">
      <label for=${id}>${name === 'model' && embedded ? 'Which agent' : setting.label}</label>
      ${
        name === 'model' && embedded
          ? this.#agents(id, about)
          : browsers
            ? html`<output id=${id}>the one that this browser has</output>`
            : setting.kind === 'choice'
              ? setting.values.length === 1
                ? html`<output id=${id}>${valueWords(name, value)}</output>`
                : html`<select id=${id} name=${name} aria-describedby=${about} @change=${(event: Event) => this.#changed(name, event)}>
              ${setting.values.map((choice) => html`<option value=${choice} ?selected=${choice === value}>${valueWords(name, choice)}</option>`)}
            </select>`
              : html`<input id=${id} name=${name} inputmode=${{ integer: 'numeric', number: 'decimal', text: 'text' }[setting.kind]} autocomplete="off"
              aria-describedby=${about} aria-invalid=${problem !== undefined} .value=${String(value)}
              @change=${(event: Event) => this.#changed(name, event)} />`
      }
      <p id="${id}-about">${browsers ? BROWSER_MODEL_ABOUT : name === 'model' && named ? LANGUAGE_MODEL_ABOUT : EXPLANATIONS[name]}${name === 'model' && embedded ? html` <button type="button" @click=${() => this.page.view.show('agents')}>Agents…</button>` : nothing}${name === 'model' && named ? html` <button type="button" @click=${() => this.page.view.show('model')}>Language model…</button>` : nothing} ${name === 'method' ? METHOD_ABOUT[method] : nothing}
        ${name === 'model' && named ? nothing : html`<span class="soft">${range(setting)}${this.#preset(name)}Default ${valueWords(name, setting.default)}${sourceWords(SETTING_SCOPES[name])}.</span>`}</p>
      <p id="${id}-problem" class="problem" aria-live="polite">${problem ?? nothing}</p>
    </div>`
  }

  /** Of the embedded policy or of small language models; names and files of others are behind “Agent”. */
  #agents(id: string, about: string): TemplateResult {
    const { library, settings } = this.page
    const { environment, policy, model } = settings.config
    const small = policy === 'transformer'
    const agents = library.agents[environment]
    if (agents === undefined) void library.refreshAgents(environment)
    return html`<select id=${id} name="model" aria-describedby=${about} @change=${(event: Event) => this.#changed('model', event)}>
      ${agentChoices(model, agents, small ? 'transformer' : 'linear').map((choice) => html`<option value=${choice} .selected=${choice === model}>${small ? languageAgentName(choice, agents) : agentName(choice, agents)}</option>`)}
    </select>`
  }

  /** Where the method has a value of its own. */
  #preset(name: keyof RunConfig): string {
    const { method } = this.page.settings.config
    const value = Object.entries(presetOf(method)).find(([own]) => own === name)?.[1]
    return value === undefined ? '' : `${valueWords('method', method)} starts from ${value}. `
  }

  #changed(name: keyof RunConfig, event: Event): void {
    const input = event.target as HTMLInputElement | HTMLSelectElement
    const { config, corrections } = parseConfig({ ...this.page.settings.config, [name]: input.value })
    const problem = corrections.map(({ message }) => message).join(' ')
    const { [name]: _, ...others } = this.#problems
    this.#problems = problem === '' ? others : { ...others, [name]: problem }
    const before = this.page.settings.config
    // The name of a model means nothing to another kind of agent.
    const renamed =
      name === 'policy' && [before, config].some((one) => talks(one) || one.policy === 'transformer')
        ? { model: '' }
        : {}
    this.page.settings.change(
      name === 'method' ? withMethod(before, config.method) : { [name]: config[name], ...renamed },
    )
    input.value = String(config[name])
  }

  #reset(): void {
    this.#problems = {}
    this.page.settings.change({ ...DEFAULT_CONFIG })
  }

  #adopt(): void {
    this.#problems = {}
    adoptSettings(this.page)
  }

  #start(event: Event): void {
    event.preventDefault()
    this.page.view.show(undefined)
    void this.page.opener.startFresh()
  }
}

/** Whether the agent is a language model. */
function talks({ policy }: RunConfig): boolean {
  return ASKED_POLICIES.includes(policy)
}

/** Settings of another environment, or that the method does not read, are not shown. */
function concerns({ only, methods }: SettingScope, { environment, method }: RunConfig): boolean {
  return (only ?? environment) === environment && (methods?.includes(method) ?? true)
}

/** Whose default it is, where it is not ours. */
function sourceWords({ source }: SettingScope): string {
  return source === 'our default' ? '' : `, as ${source}`
}

function range(setting: Setting): string {
  if (setting.kind === 'choice' || setting.kind === 'text') return ''
  return setting.most === Number.MAX_SAFE_INTEGER ? `From ${setting.least}. ` : `${setting.least} to ${setting.most}. `
}

customElements.define('rro-settings', RroSettings)
