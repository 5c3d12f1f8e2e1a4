/** Title, workspace, what the next run is made of (data, method, seed), and the doors to everything else. */
import { html, nothing } from 'lit'
import { ASKED_POLICIES } from '../../core/settings/asked-policies.ts'
import { ENVIRONMENT_NAMES } from '../../core/settings/settings.ts'
import { icon } from '../parts/icons.ts'
import { PageElement } from '../parts/page-element.ts'
import { runCommand } from '../state/commands.ts'
import { agentName, languageAgentName } from '../words/agent-name.ts'
import { ENVIRONMENT_WORDS } from '../words/environment-words.ts'
import { METHOD_SENTENCES } from '../words/method-words.ts'
import '../data/rro-export-menu.ts'
import { type FilesCode, withFiles } from '../data/with-files.ts'
import type { Change } from '../state/changes.ts'
import { wasHereBefore } from '../state/first-visit.ts'
import { WORKSPACE_WORDS, WORKSPACES } from '../state/workspace.ts'
import { nextTheme, theme } from './theme.ts'

const ORDER = wasHereBefore()
  ? WORKSPACES.toSorted((a, b) => Number(a === 'learn') - Number(b === 'learn'))
  : WORKSPACES

/** Tells it at once: the browser's own word comes after keys that were pressed meanwhile. */
function shut(menu: HTMLDetailsElement): void {
  menu.open = false
  menu.dispatchEvent(new Event('toggle'))
}

export class RroHeader extends PageElement {
  /** What opens under "Data"; fetched when it is first opened. */
  #files: FilesCode | undefined

  /** Where the playhead stands: in a link that leads here. */
  protected override shows(change: Change): boolean {
    return change === 'anything' || (change === 'motion' && this.page.address.frame.embed)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('click', this.#closeOthers)
    document.addEventListener('keydown', this.#escape)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('click', this.#closeOthers)
    document.removeEventListener('keydown', this.#escape)
  }

  readonly #closeOthers = (event: Event): void => {
    for (const menu of this.querySelectorAll<HTMLDetailsElement>('details.menu[open]'))
      if (!event.composedPath().includes(menu)) shut(menu)
  }

  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    for (const menu of this.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
      shut(menu)
      menu.querySelector('summary')?.focus()
    }
  }

  override render(): unknown {
    const { page } = this
    const exploring = page.address.workspace === 'explore'
    return html`<header class="top">
      <h1>RRO Lab</h1>
      ${page.address.frame.embed ? html`<a class="whole-page" target="_blank" rel="noopener" href=${location.pathname + page.address.here}>Open in RRO Lab</a>` : nothing}
      <nav aria-label="Workspaces">${ORDER.map((name) => html`<a class="tab" data-control=${name} aria-current=${name === page.address.workspace ? 'page' : nothing} href=${page.address.hrefOf(name)}>${WORKSPACE_WORDS[name]}</a>`)}</nav>
      <div class="rest">${exploring ? this.#nextRun() : nothing}
      <div class="doors">
        ${exploring ? html`<button class="door" data-control="settings" @click=${() => page.view.show('settings')}>Settings</button>` : nothing}
        ${page.address.workspace === 'compare' ? html`<button class="door" data-control="agents" @click=${() => page.view.show('agents')}>Agents</button>` : nothing}
        <button class="door" data-control="runs" @click=${() => page.view.show('runs')}>Runs</button>
        ${exploring ? html`<rro-export-menu data-control="export" .page=${page}></rro-export-menu>` : nothing}
        <button class="square" data-control="theme" aria-label="Theme: ${theme()}" title="Theme: ${theme()}" @click=${this.#theme}>${icon('theme')}</button>
        <button class="square" data-control="help" aria-label="Help" title="The words, the keys, the paper (?)" @click=${() => page.view.show('help')}>?</button>
      </div></div>
    </header>`
  }

  #nextRun(): unknown {
    const { page } = this
    const { config } = page.settings
    return html`<div class="chips">
        <label class="environment" data-control="environment"><span class="hidden">Environment</span>
          <select name="environment" title="Environment of the next run" @change=${this.#environment}>
            ${ENVIRONMENT_NAMES.map((name) => html`<option value=${name} .selected=${name === config.environment}>${ENVIRONMENT_WORDS[name]}</option>`)}
          </select>
        </label>
        ${this.#data()}
        <button class="chip method" data-control="method" title="Method of the next run: open settings" @click=${() => page.view.show('settings')}>
          <span class="what">Method:</span> ${METHOD_SENTENCES[config.method](config)}
        </button>
        ${this.#agent()}
        <label class="seed" data-control="seed"><span class="what">Seed</span>
          <input type="number" min="0" step="1" name="seed" .value=${String(config.seed)} @change=${this.#seed} />
        </label>
        <button class="square dice" data-control="seed" aria-label="Draw another seed" title="Draw another seed (d)" @click=${() => runCommand(page, 'dice')}>
          ${icon('dice')}
        </button>
        <button class="fresh" data-control="fresh" title="From these settings and this seed (f)" @click=${() => page.opener.startFresh()}>Start a fresh run</button>
      </div>`
  }

  #agent(): unknown {
    const { library, settings } = this.page
    const { environment, policy, model } = settings.config
    const asked = ASKED_POLICIES.includes(policy)
    // Only of an agent that does not ship the name has to be asked for.
    if (!asked && model.length === 16 && library.agents[environment] === undefined)
      void library.refreshAgents(environment)
    const agents = library.agents[environment]
    const name = asked
      ? model || (policy === 'browser-model' ? 'the browser’s own' : 'none chosen')
      : policy === 'transformer'
        ? languageAgentName(model, agents)
        : (policy === 'human' ? 'you, then ' : '') + agentName(model, agents)
    return html`<button class="chip agent" data-control="agents" title="Agent of the next run${policy === 'transformer' ? ', a small language model' : ''}: choose${asked ? '' : ', train, export'}" @click=${() => this.page.view.show(asked ? 'model' : 'agents')}>
      <span class="what">Agent:${asked ? ' model' : ''}</span> <span class="name">${name}</span>
    </button>`
  }

  #data(): unknown {
    const { library, settings } = this.page
    const data = library.data[settings.config.environment]
    const yours = typeof data === 'object' && data.origin === 'yours'
    return html`<details class="menu" data-control="data" @toggle=${this.#dataToggled}>
      <summary class="chip"><span class="what">Data:</span> ${yours ? 'your files' : 'shipped'}</summary>
      ${this.#files?.dataSheet(this.page)}
    </details>`
  }

  #dataToggled(event: Event): void {
    if (!(event.target as HTMLDetailsElement).open) return
    void withFiles(this.page, (code) => {
      this.#files = code
      this.requestUpdate()
    })
  }

  #environment(event: Event): void {
    this.page.opener.chooseEnvironment((event.target as HTMLSelectElement).value)
  }

  #seed(event: Event): void {
    const input = event.target as HTMLInputElement
    for (const { message } of this.page.settings.change({ seed: input.value })) this.page.notices.tell(message)
    input.value = String(this.page.settings.config.seed)
  }

  #theme(): void {
    nextTheme()
    this.requestUpdate()
  }
}

customElements.define('rro-header', RroHeader)
