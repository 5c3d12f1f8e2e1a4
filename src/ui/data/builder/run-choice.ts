/** Which runs a data set is made of. */
import { html, nothing, type TemplateResult } from 'lit'
import type { RunInfo } from '../../../worker/protocol/lab-api.ts'
import { enteredIn } from '../../parts/fields.ts'
import { ENVIRONMENT_WORDS } from '../../words/environment-words.ts'
import { countText, plural } from '../../words/format.ts'
import { METHOD_WORDS } from '../../words/method-words.ts'
import { momentText } from '../../words/sizes-and-times.ts'
import { EVERYTHING, found } from '../library/found.ts'
import type { Builder } from './builder.ts'

/** With fewer the list says it all. */
const FEW_RUNS = 8
/** Drawn at most; the others are looked for. */
const MOST_DRAWN = 100

export function runChoice(builder: Builder, runs: readonly RunInfo[]): TemplateResult {
  const chosen = new Set(builder.order.runs)
  const fitting = found(runs, { ...EVERYTHING, words: builder.words }, 'newest', 0)
  const drawn = fitting.slice(0, MOST_DRAWN)
  const take = (ids: ReadonlySet<string>): void =>
    builder.change({ runs: runs.flatMap(({ id }) => (ids.has(id) ? [id] : [])) })
  const toggle = ({ id }: RunInfo): void => {
    if (!chosen.delete(id)) chosen.add(id)
    take(chosen)
  }
  return html`<fieldset class="of-runs">
    <legend>Runs <span class="soft">${countText(chosen.size)} of ${countText(runs.length)} chosen</span></legend>
    ${
      runs.length <= FEW_RUNS
        ? nothing
        : html`<input type="search" aria-label="Search runs" placeholder="name, tag, environment, method …" .value=${builder.words} @input=${(event: Event) => builder.search(enteredIn(event))} />`
    }
    <ul>${drawn.map(
      (run) => html`<li><label class="tick">
        <input type="checkbox" .checked=${chosen.has(run.id)} @change=${() => toggle(run)} />
        <span>${run.name} <small>${aboutRun(run)}</small></span>
      </label></li>`,
    )}</ul>
    ${fitting.length > drawn.length ? html`<span class="about soft">${plural(fitting.length - drawn.length, 'more run')}: search for them.</span>` : nothing}
    <div class="few">
      <button type="button" @click=${() => take(new Set([...chosen, ...fitting.map(({ id }) => id)]))}>${fitting.length === runs.length ? 'All' : `All ${countText(fitting.length)} found`}</button>
      <button type="button" @click=${() => take(new Set())}>None</button>
    </div>
  </fieldset>`
}

function aboutRun({ finished, tasksFinished, config, pairs, origin, createdAtMs }: RunInfo): string {
  const tasks = finished
    ? plural(config.tasks, 'task')
    : `${countText(tasksFinished)} of ${plural(config.tasks, 'task')}, not finished`
  const what = `${ENVIRONMENT_WORDS[config.environment]}, ${METHOD_WORDS[config.method](config)}`
  const when = origin === 'shipped' ? 'recorded' : momentText(createdAtMs)
  return [what, tasks, plural(pairs, 'pair'), when].filter((words) => words !== '').join(', ')
}
