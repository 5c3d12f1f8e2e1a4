/** The two ways to a new agent, as forms, and what is under way or came of it. */
import { html, nothing, type TemplateResult } from 'lit'
import { PAIR_LOSSES } from '../../core/comparison/comparison.ts'
import { parseComparison } from '../../core/comparison/comparison-address.ts'
import { COMPARISON_NUMBERS, TRAINING_NUMBERS } from '../../core/comparison/comparison-numbers.ts'
import type { AgentScore, Interval, TrainedAgent } from '../../worker/protocol/lab-api.ts'
import { word } from '../parts/word.ts'
import type { PageState } from '../state/page-state.ts'
import { agentName } from '../words/agent-name.ts'
import { ENVIRONMENT_WORDS } from '../words/environment-words.ts'
import { countText, plural, rewardText, signedText } from '../words/format.ts'
import { LOSS_WORDS } from '../words/loss-words.ts'
import { chooseAgent, isChosen } from './agent-actions.ts'
import type { AgentTraining } from './agent-training.ts'
import { changeText, intervalText, PHASE_WORDS, verdictOf } from './agent-words.ts'

const MOST_SFT_EPOCHS = 200

/** DPO, IPO or KTO on the pairs of the open run. */
export function dpoForm(page: PageState, state: AgentTraining): TemplateResult {
  const info = page.explorer.progress?.info
  const agents = info && page.library.agents[info.config.environment]
  const small = info?.config.policy === 'transformer'
  const learnable = info !== undefined && info.pairs > 0 && !small
  const submit = (event: Event): void => {
    event.preventDefault()
    if (info !== undefined) void state.train({ runId: info.id, name: nameIn(event), training: state.training })
  }
  return html`<form @submit=${submit}>
    <h3>Train on the open run</h3>
    ${
      info === undefined
        ? html`<p>No run is open.</p>`
        : small
          ? html`<p>“${info.name}” was made by the small language model, which does not learn in the page yet. The pairs of its runs can train others: an export has the benchmark’s texts, not the short ones that it reads.</p>`
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
    <button class="go" ?disabled=${state.progress !== undefined}>Retrain by SFT</button>
  </form>`
}

/** The shipped policy was trained on all of them. */
function shownDemonstrations({ library, settings }: PageState): number {
  const shipped = library.agents[settings.config.environment]?.find(
    ({ policy, model }) => policy === 'linear' && model === '',
  )
  const all = shipped?.trained.demonstrations
  return typeof all === 'number' ? all : 1000
}

/** The name proposed follows what would be trained, until somebody writes one. */
function nameField(id: string, proposed: string): TemplateResult {
  return html`<label class="name">Name of the new agent <input id=${id} name="name" maxlength="120" autocomplete="off" placeholder=${proposed} /></label>`
}

function nameIn(event: Event): string {
  const input = (event.target as HTMLFormElement).querySelector<HTMLInputElement>('[name="name"]')
  const written = input?.value.trim() ?? ''
  return written === '' ? (input?.placeholder ?? '') : written
}

/** What is under way, and what came of the last one. */
export function trainingState(page: PageState, state: AgentTraining): TemplateResult {
  const { progress, result } = state
  return html`<div class="training" aria-live="polite">
    ${
      progress === undefined
        ? nothing
        : html`<p class="under-way"><label>${PHASE_WORDS[progress.phase]} <progress max="1" .value=${progress.share}></progress></label>
            <button @click=${() => state.stop()}>Stop</button></p>`
    }
    ${result === undefined ? nothing : resultOf(page, result)}
  </div>`
}

function resultOf(page: PageState, result: TrainedAgent): TemplateResult {
  const { agent, before, after, gain } = result
  const rewards = (words: string, of: 'sampled' | 'greedy') =>
    row(words, intervalText(before[of]), intervalText(after[of]), changeText(gain[of] satisfies Interval))
  const share = (words: string, of: keyof AgentScore & `${string}Success`) =>
    row(words, rewardText(before[of]), rewardText(after[of]), signedText(after[of] - before[of]))
  const chosen = isChosen(page, agent)
  return html`<section class="outcome" aria-label="What came of it">
    <p><b>${agent.name}</b>: ${verdictOf(result)}</p>
    <div class="scroll"><table>
      <caption>On ${plural(before.tasks, 'dev task')}, with 95 % intervals over tasks</caption>
      <thead><tr><td></td><th scope="col">Before</th><th scope="col">After</th><th scope="col">Change</th></tr></thead>
      <tbody>
        ${rewards('Reward, sampled', 'sampled')} ${rewards('Reward, greedy', 'greedy')}
        ${share('Success, sampled', 'sampledSuccess')} ${share('Success, greedy', 'greedySuccess')}
      </tbody>
    </table></div>
    <button class="go" ?disabled=${chosen} @click=${() => chooseAgent(page, agent)}>${chosen ? 'The next run has it' : 'Use it for the next run'}</button>
  </section>`
}

function row(words: string, ...cells: readonly string[]): TemplateResult {
  return html`<tr><th scope="row">${words}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`
}
