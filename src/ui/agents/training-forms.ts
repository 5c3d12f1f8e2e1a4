/** The two ways to a new agent of the embedded policy, as forms. */
import { html, nothing, type TemplateResult } from 'lit'
import { PAIR_LOSSES } from '../../core/comparison/comparison.ts'
import { parseComparison } from '../../core/comparison/comparison-address.ts'
import { COMPARISON_NUMBERS, TRAINING_NUMBERS } from '../../core/comparison/comparison-numbers.ts'
import { word } from '../parts/word.ts'
import type { PageState } from '../state/page-state.ts'
import { agentName } from '../words/agent-name.ts'
import { ENVIRONMENT_WORDS } from '../words/environment-words.ts'
import { countText, plural } from '../words/format.ts'
import { LOSS_WORDS } from '../words/loss-words.ts'
import type { AgentTraining } from './agent-training.ts'

const MOST_SFT_EPOCHS = 200

/** DPO, IPO or KTO on the pairs of the open run. */
export function dpoForm(page: PageState, state: AgentTraining): TemplateResult {
  const info = page.explorer.progress?.info
  const agents = info && page.library.agents[info.config.environment]
  const learnable = info !== undefined && info.pairs > 0
  const submit = (event: Event): void => {
    event.preventDefault()
    if (info !== undefined) void state.train({ runId: info.id, name: nameIn(event), training: state.training })
  }
  return html`<form @submit=${submit}>
    <h3>Train on the open run</h3>
    ${
      info === undefined
        ? html`<p>No run is open.</p>`
        : html`<p>${(state.training.loss ?? 'dpo') === 'dpo' ? word('DPO') : LOSS_WORDS[state.training.loss ?? 'dpo']} on the ${countText(info.pairs)} ${word('pair', info.pairs === 1 ? 'pair' : 'pairs')} of “${info.name}” (${ENVIRONMENT_WORDS[info.config.environment]}, ${plural(info.tasksFinished, 'task')}, ${countText(info.cost.policyCalls)} ${word('policy call', 'policy calls')}). Its own agent, ${agentName(info.config.model, agents)}, is the frozen ${word('reference policy', 'reference')}.</p>
          ${info.pairs > 0 ? nothing : html`<p class="soft">It has no pairs yet: explore some tasks first.</p>`}`
    }
    <div class="numbers">${lossField(page, state)} ${TRAINING_NUMBERS.map((name) => numberField(page, state, name))}</div>
    ${nameField('dpo-name', info === undefined ? 'Trained agent' : `${LOSS_WORDS[state.training.loss ?? 'dpo']} on ${info.name}`)}
    <button class="go" ?disabled=${!learnable || state.progress !== undefined}>Train on this run</button>
  </form>`
}

function lossField(page: PageState, state: AgentTraining): TemplateResult {
  const chosen = state.training.loss ?? 'dpo'
  const changed = (event: Event): void => {
    const loss = PAIR_LOSSES.find((name) => name === (event.target as HTMLSelectElement).value) ?? 'dpo'
    state.training = { ...state.training, loss }
    page.changes.say()
  }
  return html`<label>Loss of a pair <select name="loss" @change=${changed}>${PAIR_LOSSES.map((loss) => html`<option value=${loss} .selected=${loss === chosen}>${LOSS_WORDS[loss]}</option>`)}</select></label>`
}

function numberField(page: PageState, state: AgentTraining, name: (typeof TRAINING_NUMBERS)[number]): TemplateResult {
  const { label, least, most } = COMPARISON_NUMBERS[name]
  const changed = (event: Event): void => {
    const input = event.target as HTMLInputElement
    const { comparison, corrections } = parseComparison({ ...state.training, [name]: input.value })
    for (const { message } of corrections) page.notices.tell(message)
    state.training = comparison.training
    input.value = String(state.training[name])
    page.changes.say()
  }
  return html`<label>${label} <input inputmode="decimal" autocomplete="off" name=${name} title="${least} to ${most}" .value=${String(state.training[name])} @change=${changed} /></label>`
}

/** SFT on the first demonstrations that ship with the page. */
export function sftForm(page: PageState, state: AgentTraining): TemplateResult {
  const { environment } = page.settings.config
  const most = shownDemonstrations(page)
  const foreign = hasOwnData(page)
  const submit = (event: Event): void => {
    event.preventDefault()
    void state.train({ environment, name: nameIn(event), sft: state.sft })
  }
  const changed = (name: keyof AgentTraining['sft'], least: number, largest: number) => (event: Event) => {
    const input = event.target as HTMLInputElement
    const given = Math.round(Number(input.value))
    const value = Number.isFinite(given) ? Math.min(largest, Math.max(least, given)) : state.sft[name]
    state.sft = { ...state.sft, [name]: value }
    input.value = String(value)
    page.changes.say()
  }
  const { demonstrations, epochs } = state.sft
  return html`<form @submit=${submit}>
    <h3>Start anew from demonstrations</h3>
    <p>${word('SFT')} on ${word('expert')} demonstrations of ${ENVIRONMENT_WORDS[environment]} (${countText(most)} ship with the page), from an agent to which all actions are equally likely. Few of them make a weak start.</p>
    <div class="numbers">
      <label>Demonstrations <input inputmode="numeric" autocomplete="off" name="demonstrations" title="1 to ${most}" .value=${String(demonstrations)} @change=${changed('demonstrations', 1, most)} /></label>
      <label>Epochs <input inputmode="numeric" autocomplete="off" name="sftEpochs" title="1 to ${MOST_SFT_EPOCHS}" .value=${String(epochs)} @change=${changed('epochs', 1, MOST_SFT_EPOCHS)} /></label>
    </div>
    ${nameField('sft-name', `SFT on ${countText(demonstrations)} demonstrations`)}
    ${foreign ? SHIPPED_DATA_ONLY : nothing}
    <button class="go" ?disabled=${state.progress !== undefined}>Retrain by SFT</button>
  </form>`
}

/** Whether new runs are made on what the visitor brought, of which there are no demonstrations. */
export function hasOwnData({ library, settings }: PageState): boolean {
  const data = library.data[settings.config.environment]
  return typeof data === 'object' && data.origin !== 'shipped'
}

export const SHIPPED_DATA_ONLY = html`<p class="soft">The demonstrations are of the data that ships with the page: go back to it (under “Data”) to teach by them.</p>`

/** The shipped policy was trained on all of them. */
function shownDemonstrations({ library, settings }: PageState): number {
  const shipped = library.agents[settings.config.environment]?.find(
    ({ policy, model }) => policy === 'linear' && model === '',
  )
  const all = shipped?.trained.demonstrations
  return typeof all === 'number' ? all : 1000
}

/** The name proposed follows what would be trained, until somebody writes one. */
export function nameField(id: string, proposed: string): TemplateResult {
  return html`<label class="name">Name of the new agent <input id=${id} name="name" maxlength="120" autocomplete="off" placeholder=${proposed} /></label>`
}

export function nameIn(event: Event): string {
  const input = (event.target as HTMLFormElement).querySelector<HTMLInputElement>('[name="name"]')
  const written = input?.value.trim() ?? ''
  return written === '' ? (input?.placeholder ?? '') : written
}
