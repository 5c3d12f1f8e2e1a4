/** The library: every run that is kept, with what can be done to it; and what it takes of the disk. */
import { html, nothing, type TemplateResult } from 'lit'
import { EXPORT_FORMATS, type RunInfo } from '../../worker/protocol/lab-api.ts'
import { listEditing } from '../parts/list-editing.ts'
import { PageDialog } from '../parts/page-dialog.ts'
import { agentName } from '../words/agent-name.ts'
import { ENVIRONMENT_WORDS } from '../words/environment-words.ts'
import { EXPORT_WORDS } from '../words/export-words.ts'
import { countText, plural, rewardText } from '../words/format.ts'
import { METHOD_WORDS } from '../words/method-words.ts'
import { bytesText, momentText } from '../words/sizes-and-times.ts'
import { measure, removeRun, renameRun } from './run-actions.ts'
import { withFiles } from './with-files.ts'

const ORIGINS = { shipped: 'recorded, ships with the page', here: 'made here', imported: 'imported' } as const

export class RroRuns extends PageDialog {
  readonly dialogName = 'runs'
  readonly heading = 'Runs'
  readonly #editing = listEditing<RunInfo>(this, {
    kind: 'run',
    idOf: ({ id }) => id,
    rename: (run, name) => renameRun(this.page, run, name),
    remove: (run) => removeRun(this.page, run),
  })

  override openedNow(): void {
    void this.page.library.refresh()
    void measure(this.page) // only now: the browser takes its time to answer
  }

  override content(): unknown {
    const { library } = this.page
    return html`
      ${library.runs.length === 0 ? html`<p>No run is kept yet.</p>` : html`<ul class="runs">${library.runs.map((run) => this.#run(run))}</ul>`}
      <div class="dialog-foot">
        <label class="file button">Import a run (.jsonl) <input type="file" accept=".jsonl" multiple @change=${this.#import} /></label>
        <span class="soft grow">${this.page.storage?.state === 'memory' ? 'These runs are only in memory: they are gone when the page is left.' : library.storage === undefined ? '' : `${bytesText(library.storage.used)} used of ${bytesText(library.storage.room)} that the browser allows.`}</span>
      </div>
    `
  }

  #run(run: RunInfo): TemplateResult {
    const isOpen = run.id === this.page.explorer.progress?.info.id
    const { config, tasksFinished } = run
    const mean =
      tasksFinished === 0 ? 'no task finished yet' : `mean reward ${rewardText(run.rewardSum / tasksFinished)}`
    const when = momentText(run.createdAtMs)
    return html`<li class=${isOpen ? 'open' : ''}>
      ${this.#editing.form(run) ?? html`<h3>${run.name}${isOpen ? html` <small>open</small>` : nothing}</h3>`}
      <p>${ENVIRONMENT_WORDS[config.environment]}, ${METHOD_WORDS[config.method](config)}, seed ${config.seed}${this.#agent(run)}: ${countText(tasksFinished)} of ${countText(config.tasks)} tasks, ${mean}, ${plural(run.pairs, 'pair')}, ${countText(run.cost.policyCalls)} policy calls</p>
      <p class="soft">${ORIGINS[run.origin]}${when && `, ${when}`}</p>
      <div class="acts">
        <button ?disabled=${isOpen} @click=${() => this.#open(run)}>${run.finished || run.origin === 'shipped' ? 'Open' : 'Resume'}</button>
        ${EXPORT_FORMATS.map((format) => html`<button ?disabled=${this.page.library.busy !== undefined} title=${EXPORT_WORDS[format].label} @click=${() => withFiles(this.page, (code) => code.exportRun(this.page, run.id, format))}>${format === 'run' ? 'Export run' : 'Export pairs'}</button>`)}
        ${run.origin === 'shipped' ? nothing : this.#changes(run)}
      </div>
    </li>`
  }

  /** Nothing where it is the shipped one. */
  #agent({ config: { environment, policy, model } }: RunInfo): string {
    if (model === '') return ''
    return `, agent ${policy === 'linear' ? agentName(model, this.page.library.agents[environment]) : model}`
  }

  #changes(run: RunInfo): TemplateResult {
    const editing = this.#editing
    return (
      editing.question(run) ??
      html`<button @click=${() => editing.rename(run)}>Rename</button> <button @click=${() => editing.remove(run)}>Delete…</button>`
    )
  }

  async #open(run: RunInfo): Promise<void> {
    if ((await this.page.opener.open(run.id)) && this.shown) this.page.view.show(undefined)
  }

  #import(event: Event): void {
    const input = event.target as HTMLInputElement
    const brought = [...(input.files ?? [])]
    void withFiles(this.page, (code, wish) => code.takeFiles(this.page, brought, wish))
    input.value = ''
  }
}

customElements.define('rro-runs', RroRuns)
