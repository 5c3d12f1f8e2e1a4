/** What is searched for among the runs. */
import { html, type TemplateResult } from 'lit'
import { ENVIRONMENT_NAMES, LOG_METHODS } from '../../../core/settings/settings.ts'
import type { Library } from '../../state/library.ts'
import { ENVIRONMENT_WORDS } from '../../words/environment-words.ts'
import { agentOf, EVERYTHING, type Search } from './found.ts'
import type { Shelf } from './shelf.ts'

const METHOD_NAMES: Record<(typeof LOG_METHODS)[number], string> = {
  ...{ rro: 'RRO', 'rro-recycled': 'RRO, recycled', 'fixed-size': 'Fixed size', uct: 'Tree search' },
  ...{ ipr: 'IPR', eto: 'ETO', groups: 'Groups of episodes', replay: 'From a file' },
}

export function searchFields(shelf: Shelf, { runs, agents: known }: Library): TemplateResult {
  const { search } = shelf
  const find = (name: keyof Search) => (event: Event) =>
    shelf.find({ [name]: (event.target as HTMLInputElement | HTMLSelectElement).value })
  const choice = (name: keyof Search, label: string, options: readonly (readonly [string, string])[]): TemplateResult =>
    html`<label><span class="hidden">${label}</span>
      <select @change=${find(name)}>
        <option value="" .selected=${search[name] === ''}>${label}: any</option>
        ${options.map(([value, words]) => html`<option value=${value} .selected=${search[name] === value}>${words}</option>`)}
      </select></label>`
  const same = (value: string) => [value, value] as const
  /** With what is searched for, though no run has it any more: a choice that is at work has to be seen. */
  const among = (found: readonly string[], sought: string) =>
    [...new Set([...found, sought])].filter(Boolean).toSorted().map(same)
  const agents = among(
    runs.map((run) => agentOf(run, known)),
    search.agent,
  )
  const tags = among(
    runs.flatMap(({ labels }) => labels?.tags ?? []),
    search.tag,
  )
  return html`<search class="search-runs">
    <input type="search" aria-label="Search the runs" placeholder="Search names, tags, notes, settings" .value=${search.words} @input=${find('words')} />
    ${choice(
      'environment',
      'Environment',
      ENVIRONMENT_NAMES.map((name) => [name, ENVIRONMENT_WORDS[name]] as const),
    )}
    ${choice(
      'method',
      'Method',
      LOG_METHODS.map((name) => [name, METHOD_NAMES[name]] as const),
    )}
    ${choice('agent', 'Agent', agents)}
    ${choice('state', 'State', [
      ['finished', 'finished'],
      ['unfinished', 'not finished'],
    ])}
    ${choice('days', 'Made', [
      ['1', 'within a day'],
      ['7', 'within 7 days'],
      ['30', 'within 30 days'],
    ])}
    ${choice('tag', 'Tag', tags)}
    <label>Mean reward from <input type="number" min="0" max="1" step="0.05" .value=${search.least} @input=${find('least')} /></label>
    ${Object.values(search).every((value) => value === '') ? '' : html`<button @click=${() => shelf.find(EVERYTHING)}>Show all</button>`}
  </search>`
}
