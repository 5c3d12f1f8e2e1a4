/**
 * The agents of an environment: which one the next run has, what they earn, and how they come and go. A new one is trained
 * here: by DPO on the pairs of the open run, or by SFT on expert demonstrations.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { AgentInfo } from '../../worker/protocol/lab-api.ts'
import { heldFocus } from '../parts/held-focus.ts'
import { listEditing } from '../parts/list-editing.ts'
import { PageDialog } from '../parts/page-dialog.ts'
import { ENVIRONMENT_WORDS } from '../words/environment-words.ts'
import { chooseAgent, exportAgent, importAgents, isChosen, removeAgent, renameAgent } from './agent-actions.ts'
import { AgentTraining } from './agent-training.ts'
import { rewardLine, trainedLine } from './agent-words.ts'
import { languageSftForm, pairForm } from './language-forms.ts'
import { dpoForm, sftForm } from './training-forms.ts'
import { trainingState } from './training-state.ts'

export class RroAgents extends PageDialog {
  readonly dialogName = 'agents'
  readonly heading = 'Agents'
  #training: AgentTraining | undefined
  #state = ''
  readonly #editing = listEditing<AgentInfo>(this, {
    kind: 'agent',
    idOf: ({ model }) => model,
    rename: (agent, name) => renameAgent(this.page, agent, name),
    remove: (agent) => removeAgent(this.page, agent),
  })

  /** What was pressed of a training goes away with it. */
  readonly #focus = heldFocus(this, [
    ['.training, .trainings', ['.under-way button', '.training button', '.trainings button.go']],
  ])

  get training(): AgentTraining {
    this.#training ??= new AgentTraining(this.page)
    return this.#training
  }

  override openedNow(): void {
    void this.page.library.refreshAgents(this.page.settings.config.environment)
    void this.training.look()
  }

  override willUpdate(): void {
    this.#focus.before()
  }

  /** What is under way stands below the list: it comes into view when it begins, ends, or the list above it grows. */
  override updated(): void {
    super.updated()
    if (!this.shown) return
    this.#focus.after()
    const { progress, result, unfinished } = this.training
    const left = unfinished !== undefined
    const state = `${progress !== undefined} ${left} ${result?.agent.model} ${this.querySelectorAll('.agents > li').length}`
    if (state === this.#state) return
    this.#state = state
    if (progress !== undefined || result !== undefined || left)
      this.querySelector('.training')?.scrollIntoView({ block: 'nearest' })
  }

  override content(): unknown {
    const { page, training } = this
    const { environment } = page.settings.config
    const agents = page.library.agents[environment] ?? []
    return html`
      <p>Who acts in the next run on ${ENVIRONMENT_WORDS[environment]}. Rewards are means on held-out tasks.</p>
      <ul class="runs agents">${agents.map((agent) => this.#agent(agent))}</ul>
      <button @click=${() => page.view.show('model')}>A language model as the agent…</button>
      <label class="file button">Import an agent (.json, .zip) <input type="file" accept=".json,.zip,.safetensors" multiple @change=${this.#import} /></label>
      <div class="trainings">
        ${page.explorer.progress?.info.config.policy === 'transformer' ? pairForm(page, training) : dpoForm(page, training)}
        ${page.settings.config.policy === 'transformer' ? languageSftForm(page, training) : sftForm(page, training)}
      </div>
      ${trainingState(page, training)}
    `
  }

  #agent(agent: AgentInfo): TemplateResult {
    const chosen = isChosen(this.page, agent)
    return html`<li class=${chosen ? 'open' : ''}>
      ${this.#editing.form(agent) ?? html`<h3>${agent.name}${chosen ? html` <small>chosen for the next run</small>` : nothing}</h3>`}
      <p>${rewardLine(agent)}</p>
      <p class="soft">${trainedLine(agent)}</p>
      <div class="acts">
        <button ?disabled=${chosen} aria-label=${`${chosen ? 'Chosen' : 'Choose'} ${agent.name}`} @click=${() => chooseAgent(this.page, agent)}>${chosen ? 'Chosen' : 'Choose'}</button>
        <button aria-label="Export ${agent.name}" @click=${() => exportAgent(this.page, agent)}>Export</button>
        ${agent.origin === 'shipped' ? nothing : this.#changes(agent)}
      </div>
    </li>`
  }

  #changes(agent: AgentInfo): TemplateResult {
    const editing = this.#editing
    return (
      editing.question(agent) ??
      html`<button aria-label="Rename ${agent.name}" @click=${() => editing.rename(agent)}>Rename</button>
      <button aria-label="Delete ${agent.name}…" @click=${() => editing.remove(agent)}>Delete…</button>`
    )
  }

  #import(event: Event): void {
    const input = event.target as HTMLInputElement
    void importAgents(this.page, [...(input.files ?? [])])
    input.value = ''
  }
}

customElements.define('rro-agents', RroAgents)
