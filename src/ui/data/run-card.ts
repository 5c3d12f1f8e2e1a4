/** A run as the library shows it, with what can be done to it: in the dialog "Runs" and in Data alike. */
import { html, nothing, type TemplateResult } from 'lit'
import { EXPORT_FORMATS, type RunInfo } from '../../worker/protocol/lab-api.ts'
import type { ListEditing } from '../parts/list-editing.ts'
import type { PageState } from '../state/page-state.ts'
import { agentName, languageAgentName } from '../words/agent-name.ts'
import { ENVIRONMENT_WORDS } from '../words/environment-words.ts'
import { EXPORT_WORDS } from '../words/export-words.ts'
import { countText, plural, rewardText } from '../words/format.ts'
import { METHOD_WORDS } from '../words/method-words.ts'
import { momentText } from '../words/sizes-and-times.ts'
import { discardRuns } from './run-actions.ts'
import { withFiles } from './with-files.ts'

export const ORIGIN_WORDS = {
  shipped: 'recorded, ships with the page',
  here: 'made here',
  imported: 'imported',
} as const

/**
 * Name, what it is and what came of it, and its buttons.
 * @param open what opening it does
 * @param more buttons of the place where it is shown
 */
export function runCard(
  page: PageState,
  run: RunInfo,
  editing: ListEditing<RunInfo>,
  open: (run: RunInfo) => unknown,
  more: unknown = nothing,
): TemplateResult {
  const isOpen = run.id === page.explorer.progress?.info.id
  const { config, tasksFinished } = run
  const mean = tasksFinished === 0 ? 'no task finished yet' : `mean reward ${rewardText(run.rewardSum / tasksFinished)}`
  const when = momentText(run.createdAtMs)
  return html`${editing.form(run) ?? html`<h3>${run.name}${isOpen ? html` <small>open</small>` : nothing}</h3>`}
    <p>${ENVIRONMENT_WORDS[config.environment]}, ${METHOD_WORDS[config.method](config)}, seed ${config.seed}${agentOf(page, run)}: ${countText(tasksFinished)} of ${countText(config.tasks)} tasks, ${mean}, ${plural(run.pairs, 'pair')}, ${countText(run.cost.policyCalls)} policy calls</p>
    <p class="soft">${ORIGIN_WORDS[run.origin]}${when && `, ${when}`}</p>
    <div class="acts">
      <button ?disabled=${isOpen} @click=${() => open(run)}>${run.finished || run.origin === 'shipped' ? 'Open' : 'Resume'}</button>
      ${EXPORT_FORMATS.map((format) => html`<button ?disabled=${page.library.busy !== undefined} title=${EXPORT_WORDS[format].label} @click=${() => withFiles(page, (code) => code.exportRun(page, run.id, format))}>${format === 'run' ? 'Export run' : 'Export pairs'}</button>`)}
      ${more} ${run.origin === 'shipped' ? nothing : changes(page, run, editing)}
    </div>`
}

/** Nothing where it is the shipped one. */
function agentOf(page: PageState, { config: { environment, policy, model } }: RunInfo): string {
  if (policy === 'transformer') return `, agent ${languageAgentName(model, page.library.agents[environment])}`
  if (policy === 'browser-model') return ', agent the browser’s own model (cannot be repeated)'
  if (model === '') return ''
  return `, agent ${policy === 'linear' ? agentName(model, page.library.agents[environment]) : model}`
}

function changes(page: PageState, run: RunInfo, editing: ListEditing<RunInfo>): TemplateResult {
  return html`<button @click=${() => editing.rename(run)}>Rename</button> <button @click=${() => discardRuns(page, [run])}>Delete</button>`
}
