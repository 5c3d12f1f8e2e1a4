/** The two ways to a new small language model, as forms: by the pairs of the open run, and by demonstrations. */
import { html, nothing, type TemplateResult } from 'lit'
import { PAIR_LOSSES } from '../../core/comparison/comparison.ts'
import { type NumberField, numberOf, TEXT_TRAINING_NUMBERS } from '../../core/comparison/comparison-numbers.ts'
import { enteredIn } from '../parts/fields.ts'
import { word } from '../parts/word.ts'
import type { PageState } from '../state/page-state.ts'
import { agentChoices } from '../words/agent-choices.ts'
import { languageAgentName } from '../words/agent-name.ts'
import { ENVIRONMENT_WORDS } from '../words/environment-words.ts'
import { countText, plural } from '../words/format.ts'
import { LOSS_WORDS } from '../words/loss-words.ts'
import type { AgentTraining } from './agent-training.ts'
import { computerField } from './computed-words.ts'
import { hasOwnData, nameField, nameIn, SHIPPED_DATA_ONLY } from './training-forms.ts'

/** Demonstrations that ship beside the model. */
export const SHIPPED_DEMONSTRATIONS = { webshop: 590, 'intercode-sql': 344 } as const
const MOST_EPOCHS = 50
const RANDOM_WORDS = { random: 'random weights', 'random-tiny': 'random weights, tiny' } as const

/** DPO, IPO or KTO on the token log-probabilities of the pairs of the open run. */
export function pairForm(page: PageState, state: AgentTraining): TemplateResult {
  const info = page.explorer.progress?.info
  if (info === undefined) return html``
  const { environment, model } = info.config
  const agent = languageAgentName(model, page.library.agents[environment])
  const { loss = 'dpo' } = state.textTraining
  const submit = (event: Event): void => {
    event.preventDefault()
    void state.train({ runId: info.id, name: nameIn(event), training: state.textTraining, ...wished(state) }, true)
  }
  const losses = (event: Event): void => {
    state.textTraining = { ...state.textTraining, loss: PAIR_LOSSES.find((name) => name === enteredIn(event)) ?? 'dpo' }
    page.changes.say()
  }
  return html`<form @submit=${submit}>
    <h3>Train on the open run</h3>
    <p>${loss === 'dpo' ? word('DPO') : LOSS_WORDS[loss]} on the tokens of the ${countText(info.pairs)} ${word('pair', info.pairs === 1 ? 'pair' : 'pairs')} of “${info.name}” (${ENVIRONMENT_WORDS[environment]}, ${plural(info.tasksFinished, 'task')}). Its own agent, the ${agent}, is the frozen ${word('reference policy', 'reference')}.</p>
    ${info.pairs > 0 ? nothing : html`<p class="soft">It has no pairs yet: explore some tasks first. Recycled RRO gives the most of them.</p>`}
    <div class="numbers">
      <label>Loss of a pair <select name="loss" @change=${losses}>${PAIR_LOSSES.map((name) => html`<option value=${name} .selected=${name === loss}>${LOSS_WORDS[name]}</option>`)}</select></label>
      ${(['beta', 'learningRate', 'epochs', 'sftWeight'] as const).map((name) =>
        number(page, name, TEXT_TRAINING_NUMBERS[name], state.textTraining[name], (value) => {
          state.textTraining = { ...state.textTraining, [name]: value }
        }),
      )}
      ${computerField(page, state)}
    </div>
    ${nameField('pair-name', `${LOSS_WORDS[loss]} on ${info.name}`)}
    <button class="go" ?disabled=${info.pairs === 0 || state.progress !== undefined}>Train on this run</button>
  </form>`
}

/** SFT, from random weights or from an agent that is there. */
export function languageSftForm(page: PageState, state: AgentTraining): TemplateResult {
  const { environment, model } = page.settings.config
  const agents = page.library.agents[environment]
  const most = SHIPPED_DEMONSTRATIONS[environment]
  const foreign = hasOwnData(page)
  const { demonstrations, epochs } = state.language
  const choices = agentChoices(model, agents, 'transformer')
  const asked = state.language.from ?? { model }
  // One that was deleted meanwhile is none to begin from.
  const from = typeof asked === 'string' || choices.includes(asked.model) ? asked : { model }
  const chosen = typeof from === 'string' ? from : `=${from.model}`
  const submit = (event: Event): void => {
    event.preventDefault()
    const language = { from, demonstrations: Math.min(most, demonstrations), epochs }
    void state.train({ environment, name: nameIn(event), language, ...wished(state) }, true)
  }
  const began = (event: Event): void => {
    const value = enteredIn(event)
    const anew = Object.keys(RANDOM_WORDS).find((name) => name === value) as keyof typeof RANDOM_WORDS | undefined
    state.language = { ...state.language, from: anew ?? { model: value.slice(1) } }
    page.changes.say()
  }
  const field = (name: 'demonstrations' | 'epochs', label: string, largest: number, value: number) =>
    number(page, name, { least: 1, most: largest, default: value, integer: true, label }, value, (given) => {
      state.language = { ...state.language, [name]: given }
    })
  return html`<form @submit=${submit}>
    <h3>Teach by demonstrations</h3>
    <p>${word('SFT')} token by token on demonstrations of ${ENVIRONMENT_WORDS[environment]} (${countText(most)} ship with the model, none of which it was pretrained on${environment === 'intercode-sql' ? ', though it was asked most of their questions with other values' : ''}). From random weights it learns to speak first: its loss falls, and after some ten thousand tokens come actions that the environment knows.</p>
    <div class="numbers">
      <label>Begins from <select name="from" @change=${began}>
        ${choices.map((name) => html`<option value=${`=${name}`} .selected=${chosen === `=${name}`}>${languageAgentName(name, agents)}</option>`)}
        ${Object.entries(RANDOM_WORDS).map(([name, words]) => html`<option value=${name} .selected=${chosen === name}>${words}</option>`)}
      </select></label>
      ${field('demonstrations', 'Demonstrations', most, Math.min(most, demonstrations))} ${field('epochs', 'Epochs', MOST_EPOCHS, epochs)}
      ${computerField(page, state)}
    </div>
    ${nameField('language-name', typeof from === 'string' ? `From random weights, ${plural(epochs, 'epoch')}` : `SFT on ${countText(Math.min(most, demonstrations))} demonstrations`)}
    ${foreign ? SHIPPED_DATA_ONLY : nothing}
    <button class="go" ?disabled=${state.progress !== undefined}>Teach it</button>
  </form>`
}

const wished = ({ by }: AgentTraining) => (by === undefined ? {} : { by })

function number(
  page: PageState,
  name: string,
  field: NumberField,
  value: number,
  take: (value: number) => void,
): TemplateResult {
  const changed = (event: Event): void => {
    const input = event.target as HTMLInputElement
    take(numberOf({ ...field, default: value }, input.value, (words) => page.notices.tell(words)))
    page.changes.say()
    input.value = String(numberOf({ ...field, default: value }, input.value, () => {}))
  }
  return html`<label>${field.label} <input inputmode="decimal" autocomplete="off" name=${name} title="${field.least} to ${field.most}" .value=${String(value)} @change=${changed} /></label>`
}
