/** The whole page: header, task line, the three linked panes, transport, dialogs, notices, and what keys and drops do. */
import { html, nothing } from 'lit'
import { withFiles } from '../data/with-files.ts'
import { PageElement } from '../parts/page-element.ts'
import { COMMANDS, type Command, commandOf, runCommand } from '../state/commands.ts'
import { drawn } from '../state/frames.ts'
import type { DialogName } from '../state/view.ts'
import { WORKSPACE_WORDS, type Workspace } from '../state/workspace.ts'
import { showFrame } from './frame.ts'
import './rro-header.ts'
import '../explore/rro-task-line.ts'
import '../explore/path/rro-path.ts'
import '../explore/transport/rro-transport.ts'
import '../parts/rro-notices.ts'
import type { Change } from '../state/changes.ts'

/** Elements that want letters for themselves; a range input wants only the keys that move it. */
const OWN_KEYS = 'input:not([type="range"]), select, textarea, dialog[open]'
const RANGE_KEYS = /^(Arrow|Page|Home|End)/
/** The code of each `rro-…`, loaded when first asked for: the first load carries what the first second shows. */
const DIALOGS: Record<DialogName, () => Promise<unknown>> = {
  settings: () => import('../settings/rro-settings.ts'),
  runs: () => import('../data/rro-runs.ts'),
  agents: () => import('../agents/rro-agents.ts'),
  model: () => import('../model/rro-model.ts'),
  help: () => import('./rro-help.ts'),
  link: () => import('./rro-link.ts'),
}
/** The other workspaces, likewise. */
const FETCHED: Record<Exclude<Workspace, 'explore'>, () => Promise<unknown>> = {
  compare: () => import('../compare/rro-compare.ts'),
  learn: () => import('../learn/rro-learn.ts'),
  data: () => import('../data/rro-data.ts'),
}
const SKIPS = { learn: 'chapter', explore: 'rising path', compare: 'comparison', data: 'runs' } as const
const PRESSED_BY_KEYS = 'button, summary, a[href], label'

export class RroApp extends PageElement {
  #dragging = 0
  /** Those whose code is here. */
  readonly #dialogs = new Map<DialogName, Element>()
  /** How many of the panes around the path stand there: they come after the first picture, a frame each. */
  #around = 0
  readonly #workspaces: Partial<Record<keyof typeof FETCHED, 'coming' | 'here'>> = {}

  protected override shows(change: Change): boolean {
    return change === 'anything'
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('keydown', this.#pressed)
    document.addEventListener('dragenter', this.#dragged)
    document.addEventListener('dragleave', this.#dragged)
    document.addEventListener('dragover', this.#dragged)
    document.addEventListener('drop', this.#dropped)
    void this.page.painted.then(() => this.#surround())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('keydown', this.#pressed)
    document.removeEventListener('dragenter', this.#dragged)
    document.removeEventListener('dragleave', this.#dragged)
    document.removeEventListener('dragover', this.#dragged)
    document.removeEventListener('drop', this.#dropped)
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const target = event.target instanceof Element ? event.target : document.body
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return
    if (event.key === 'Escape' ? this.#escapes(target) : target.closest(OWN_KEYS) !== null) return
    if (target.matches('[type="range"]') && RANGE_KEYS.test(event.key)) return
    const pressing = target.closest(PRESSED_BY_KEYS) !== null
    if (pressing && (event.key === ' ' || event.key === 'Enter')) return
    const name = commandOf(event)
    if (name === undefined || (event.repeat && name === 'play')) return
    const command: Command = COMMANDS[name]
    if (this.page.address.workspace !== 'explore' && !command.anywhere) return
    event.preventDefault()
    runCommand(this.page, name)
  }

  /** Whether the key is for something else than the page: a list or menu that is open, or words that it would lose. */
  #escapes(target: Element): boolean {
    const typed = this.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('rro-act :is(input, textarea)')
    return (
      target.matches('select') ||
      this.querySelector('details.menu[open]') !== null ||
      [...typed].some(({ value }) => value !== '')
    )
  }

  readonly #dragged = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    this.#dragging += event.type === 'dragenter' ? 1 : event.type === 'dragleave' ? -1 : 0
    this.requestUpdate()
  }

  readonly #dropped = (event: DragEvent): void => {
    event.preventDefault()
    this.#dragging = 0
    const dropped = [...(event.dataTransfer?.files ?? [])]
    void withFiles(this.page, (code, wish) => code.takeFiles(this.page, dropped, wish))
    this.requestUpdate()
  }

  override willUpdate(): void {
    const { workspace, frame } = this.page.address
    const { dialog } = this.page.view
    showFrame(frame)
    if (workspace !== 'explore' && this.#workspaces[workspace] === undefined) void this.#bring(workspace)
    if (dialog === undefined || this.#dialogs.has(dialog)) return
    void DIALOGS[dialog]().then(
      () => {
        const { page } = this
        const made = this.#dialogs.get(dialog) ?? Object.assign(document.createElement(`rro-${dialog}`), { page })
        this.#dialogs.set(dialog, made)
        this.requestUpdate()
      },
      () => this.#unfetched('This dialog', 'open it', () => this.page.view.show(undefined)),
    )
  }

  /** As the static shell has them, header and transport stand there first: they are work for a turn of their own. */
  override firstUpdated(): void {
    setTimeout(() => this.requestUpdate())
  }

  async #surround(): Promise<void> {
    try {
      await import('../explore/around-path.ts')
      this.page.changes.say() // not only to this element: the task line shows more now, too
      for (const _ of ['the world', 'why here']) {
        await drawn()
        this.#around++
        this.requestUpdate()
      }
    } catch {
      this.page.notices.fail(
        'What stands around the path could not be fetched. Check the connection and reload the page.',
      )
    }
    await this.updateComplete
    document.documentElement.dataset.ready = ''
  }

  async #bring(workspace: keyof typeof FETCHED): Promise<void> {
    this.#workspaces[workspace] = 'coming'
    try {
      await FETCHED[workspace]()
      this.#workspaces[workspace] = 'here'
    } catch {
      delete this.#workspaces[workspace]
      this.#unfetched(WORKSPACE_WORDS[workspace], 'choose it', () => this.page.address.go('explore'))
    }
    this.requestUpdate()
  }

  #unfetched(what: string, again: string, back: () => void): void {
    this.page.notices.fail(`${what} could not be fetched. Check the connection, then ${again} again.`)
    back()
  }

  override render(): unknown {
    const { page } = this
    const { workspace } = page.address
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>Skip to the ${SKIPS[workspace]}</a>
      ${this.hasUpdated ? html`<rro-header .page=${page}></rro-header>` : html`<header class="top"><h1>RRO Lab</h1></header>`}
      ${workspace === 'explore' ? this.#explore() : html`<main class="workspace whole" id="main" tabindex="-1">${this.#other(workspace)}</main>`}
      ${/* What is outside an open dialog is inert: the dialog then shows the notices itself. */ page.view.dialog === undefined ? html`<rro-notices .page=${page}></rro-notices>` : nothing}
      ${[...this.#dialogs.values()]}
      ${this.#dragging > 0 ? html`<div class="drop-here"><p>Drop a run (.jsonl), or official WebShop or InterCode files</p></div>` : nothing}
    `
  }

  #other(workspace: keyof typeof FETCHED): unknown {
    const { page } = this
    if (this.#workspaces[workspace] !== 'here')
      return html`<p class="coming" role="status">Fetching ${WORKSPACE_WORDS[workspace]}…</p>`
    if (workspace === 'compare') return html`<rro-compare .page=${page}></rro-compare>`
    return workspace === 'learn'
      ? html`<rro-learn .page=${page}></rro-learn>`
      : html`<rro-data .page=${page}></rro-data>`
  }

  #explore(): unknown {
    const { page } = this
    return html`<main class="workspace">
        <rro-task-line .page=${page}></rro-task-line>
        <div class="panes">
          ${this.#around > 0 ? html`<rro-world class="pane" .page=${page}></rro-world>` : emptyPane('rro-world', 'The world')}
          <rro-path class="pane" id="main" tabindex="-1" .page=${page}></rro-path>
          ${this.#around > 1 ? html`<rro-inspector class="pane" .page=${page}></rro-inspector>` : emptyPane('rro-inspector', 'Why here')}
        </div>
      </main>
      ${this.hasUpdated ? html`<rro-transport .page=${page}></rro-transport>` : html`<footer class="transport"><div class="run-line">Opening the recorded run…</div></footer>`}`
  }

  /** The address holds settings, so the skip link may not write itself there. */
  #skip(event: Event): void {
    event.preventDefault()
    document.getElementById('main')?.focus()
  }
}

/** As index.html has it. */
function emptyPane(element: string, name: string): unknown {
  return html`<div class="pane" data-for=${element}><section><h2>${name}</h2></section></div>`
}

customElements.define('rro-app', RroApp)
