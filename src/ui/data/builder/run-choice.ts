/** Which runs a data set is made of. */
import { html, type TemplateResult } from 'lit'
import type { RunInfo } from '../../../worker/protocol/lab-api.ts'
import { ENVIRONMENT_WORDS } from '../../words/environment-words.ts'
import { countText, plural } from '../../words/format.ts'
import { METHOD_WORDS } from '../../words/method-words.ts'
import { momentText } from '../../words/sizes-and-times.ts'
import type { Builder } from './builder.ts'

export function runChoice(builder: Builder, runs: readonly RunInfo[]): TemplateResult {
  const chosen = new Set(builder.order.runs)
  const take = (ids: ReadonlySet<string>): void =>
    builder.change({ runs: runs.flatMap(({ id }) => (ids.has(id) ? [id] : [])) })
  const toggle = ({ id }: RunInfo): void => {
    if (!chosen.delete(id)) chosen.add(id)
    take(chosen)
  }
  return html`<fieldset class="of-runs">
    <legend>Runs <span class="soft">${countText(chosen.size)} of ${countText(runs.length)} chosen</span></legend>
    <ul>${runs.map(
      (run) => html`<li><label class="tick">
        <input type="checkbox" .checked=${chosen.has(run.id)} @change=${() => toggle(run)} />
        <span>${run.name} <small>${aboutRun(run)}</small></span>
      </label></li>`,
    )}</ul>
    <div class="few">
      <button type="button" ?disabled=${chosen.size === runs.length} @click=${() => take(new Set(runs.map(({ id }) => id)))}>All</button>
      <button type="button" ?disabled=${chosen.size === 0} @click=${() => take(new Set())}>None</button>
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
