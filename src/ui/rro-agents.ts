/**
 * The agents of an environment: which one the next run has, what they earn, and how they come and go. A new one is trained
 * here: by DPO on the pairs of the open run, or by SFT on expert demonstrations.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { AgentInfo } from '../worker/protocol.ts'
import { adoptStyle } from './adopt-style.ts'
import { chooseAgent, exportAgent, importAgents, isChosen, removeAgent, renameAgent } from './agent-shelf.ts'
import { AgentTraining } from './agent-training.ts'
import { rewardLine, trainedLine } from './agent-words.ts'
import { DeskDialog } from './desk-dialog.ts'
import { ENVIRONMENT_WORDS } from './environment-words.ts'
import css from './style/agents.css?inline'
import { dpoForm, sftForm, trainingState } from './training-forms.ts'

adoptStyle(css)

export class RroAgents extends DeskDialog {
  readonly dialogName = 'agents'
  readonly heading = 'Agents'
  #training: AgentTraining | undefined
  #state = ''
  #renaming: string | undefined
  #removing: string | undefined

  get training(): AgentTraining {
    this.#training ??= new AgentTraining(this.desk)
    return this.#training
  }

  override openedNow(): void {
    void this.desk.library.refreshAgents(this.desk.settings.config.environment)
  }

  /** What is under way stands below the list: it comes into view when it begins, ends, or the list above it grows. */
  override updated(): void {
    super.updated()
    if (!this.shown) return
    const { progress, result } = this.training
    const state = `${progress !== undefined} ${result?.agent.model} ${this.querySelectorAll('.agents > li').length}`
    if (state === this.#state) return
    this.#state = state
    if (progress !== undefined || result !== undefined)
      this.querySelector('.training')?.scrollIntoView({ block: 'nearest' })
  }

  override content(): unknown {
    const { desk, training } = this
    const { environment } = desk.settings.config
    const agents = desk.library.agents[environment] ?? []
    return html`
      <p>Who acts in the next run on ${ENVIRONMENT_WORDS[environment]}. Rewards are means on held-out tasks.</p>
      <ul class="runs agents">${agents.map((agent) => this.#agent(agent))}</ul>
      <button @click=${() => desk.show('model')}>A language model as the agent…</button>
      <label class="file button">Import an agent (.json) <input type="file" accept=".json" multiple @change=${this.#import} /></label>
      <div class="trainings">
        ${dpoForm(desk, training)} ${sftForm(desk, training)}
      </div>
      ${trainingState(desk, training)}
    `
  }

  #agent(agent: AgentInfo): TemplateResult {
    const chosen = isChosen(this.desk, agent)
    return html`<li class=${chosen ? 'open' : ''}>
      ${this.#renaming === agent.model ? this.#nameField(agent) : html`<h3>${agent.name}${chosen ? html` <small>chosen for the next run</small>` : nothing}</h3>`}
      <p>${rewardLine(agent)}</p>
      <p class="soft">${trainedLine(agent)}</p>
      <div class="acts">
        <button ?disabled=${chosen} aria-label=${`${chosen ? 'Chosen' : 'Choose'} ${agent.name}`} @click=${() => chooseAgent(this.desk, agent)}>${chosen ? 'Chosen' : 'Choose'}</button>
        <button aria-label="Export ${agent.name}" @click=${() => exportAgent(this.desk, agent)}>Export</button>
        ${agent.origin === 'shipped' ? nothing : this.#changes(agent)}
      </div>
    </li>`
  }

  #changes(agent: AgentInfo): TemplateResult {
    if (this.#removing === agent.model)
      return html`<span class="sure" role="group" aria-label="Delete ${agent.name}?">Delete for good?
        <button class="danger" @click=${() => this.#remove(agent)}>Delete</button>
        <button @click=${() => this.#ask(undefined)}>Keep</button></span>`
    return html`<button aria-label="Rename ${agent.name}" @click=${() => this.#rename(agent.model)}>Rename</button>
      <button aria-label="Delete ${agent.name}…" @click=${() => this.#ask(agent.model)}>Delete…</button>`
  }

  #nameField(agent: AgentInfo): TemplateResult {
    return html`<form class="rename" @submit=${(event: Event) => this.#renamed(event, agent)}>
      <input name="name" aria-label="Name of the agent" .value=${agent.name} maxlength="120" />
      <button>Save</button> <button type="button" @click=${() => this.#rename(undefined)}>Cancel</button>
    </form>`
  }

  #rename(model: string | undefined): void {
    this.#renaming = model
    this.requestUpdate()
    void this.updateComplete.then(() => this.querySelector<HTMLInputElement>('.rename input')?.select())
  }

  #ask(model: string | undefined): void {
    this.#removing = model
    this.requestUpdate()
    void this.updateComplete.then(() => this.querySelector<HTMLButtonElement>('.sure button:last-child')?.focus())
  }

  #renamed(event: Event, agent: AgentInfo): void {
    event.preventDefault()
    const name = new FormData(event.target as HTMLFormElement).get('name')
    this.#renaming = undefined
    void renameAgent(this.desk, agent, String(name))
    this.requestUpdate()
  }

  #remove(agent: AgentInfo): void {
    this.#removing = undefined
    void removeAgent(this.desk, agent)
  }

  #import(event: Event): void {
    const input = event.target as HTMLInputElement
    void importAgents(this.desk, [...(input.files ?? [])])
    input.value = ''
  }
}

customElements.define('rro-agents', RroAgents)
