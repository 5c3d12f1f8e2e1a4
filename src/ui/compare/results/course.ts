/** The course of a comparison: that it can be run, how far it has come, which way to go on, and what can be taken away. */
import { html, nothing, type TemplateResult } from 'lit'
import { cellsCsv, cellsJson } from '../../../core/comparison/results/comparison-file.ts'
import type { ComparisonInfo } from '../../../worker/protocol/lab-api.ts'
import { download } from '../../parts/download.ts'
import { word } from '../../parts/word.ts'
import type { PageState } from '../../state/page-state.ts'
import { agentName } from '../../words/agent-name.ts'
import { ENVIRONMENT_WORDS } from '../../words/environment-words.ts'
import { countText, durationText, plural, rateText } from '../../words/format.ts'
import { type Comparer, comparerOf } from '../comparer.ts'
import { expectedSeconds } from '../setup/expected-time.ts'
import { unitOf } from '../units.ts'

/** Which way to go on, and how far it has come. */
export function courseBar(page: PageState): TemplateResult | typeof nothing {
  const comparer = comparerOf(page)
  const { progress, current, running, busy, stopped } = comparer
  if (progress === undefined) return nothing
  if (comparer.recorded) return recordedBar(comparer, progress.info)
  const { info, status, workers, cellsPerSecond, failure } = progress
  const { secondsLeft } = comparer
  const cells = comparer.cells.length
  const rate = cellsPerSecond === undefined ? '' : `, ${rateText(cellsPerSecond)} cells a second`
  const left = running && secondsLeft !== undefined ? `, about ${durationText(secondsLeft)} left` : ''
  const words = {
    running: `Running on ${plural(workers, 'worker')}`,
    paused: stopped ? 'Stopped' : 'Paused',
    finished: 'Finished',
    failed: 'Failed',
  }[status]
  return html`<div class="progress-bar">
    <progress aria-label="Cells computed" max=${info.total} .value=${cells}></progress>
    <p><b>${words}</b>: ${countText(cells)} of ${plural(info.total, 'cell')}${running ? rate : ''}${left}${stopped ? '. It is kept among the earlier comparisons.' : ''}</p>
    ${info.comparison.data === undefined ? nothing : html`<p class="soft">${info.name}</p>`}
    <div class="row">
      ${running ? html`<button title="Pause (r)" ?disabled=${busy} @click=${() => comparer.pause()}>Pause</button>` : nothing}
      ${status === 'paused' && !stopped ? html`<button class="go" title="Go on (r)" ?disabled=${busy} @click=${() => comparer.resume()}>Resume</button>` : nothing}
      ${status === 'failed' ? html`<button ?disabled=${busy} @click=${() => comparer.resume()}>Try again</button>` : nothing}
      ${(running || status === 'paused') && !stopped ? html`<button ?disabled=${busy} @click=${() => comparer.stop()}>Stop</button>` : nothing}
      ${current && !stopped && status !== 'finished' ? nothing : html`<button class=${current ? '' : 'go'} ?disabled=${busy} @click=${() => comparer.run()}>${current ? 'Run again' : `Run these settings (about ${promise(comparer)})`}</button>`}
      ${takeAway(comparer)}
    </div>
    ${failure === undefined ? nothing : html`<p class="problem" role="alert">${failure.message}</p>`}
    ${changedSince(comparer, info.name)}
  </div>`
}

/** Of the comparison that ships with the page: when and how it was made. */
function recordedBar(comparer: Comparer, { createdAtMs, comparison }: ComparisonInfo): TemplateResult {
  const { current, busy } = comparer
  const { environment, start, arms, budgets, firstSeed, seeds, episodes, split } = comparison
  const cells = plural(arms.length * budgets.length * seeds, 'cell')
  return html`<div class="progress-bar">
    <div class="recorded">
      <details>
        <summary><b>Recorded on ${dayText(createdAtMs)}</b>: ${ENVIRONMENT_WORDS[environment]}, ${agentName(start)}, ${plural(seeds, 'seed')}</summary>
        <p>Ships with the page: ${plural(arms.length, 'method')} with the ${word('m')} that suits each, ${countText(budgets[0] ?? 0)} to ${countText(budgets.at(-1) ?? 0)} ${word('policy call', 'policy calls')}, seeds ${firstSeed} to ${firstSeed + seeds - 1}, ${plural(episodes, 'episode')} on each ${split} task. Made by <code>npm run experiments -- --study page</code>, whose code is this page’s: the same settings give the same ${cells} here.</p>
      </details>
      <div class="row">
        <button class=${current ? '' : 'go'} title="Run (r)" ?disabled=${busy} @click=${() => comparer.run()}>${current ? 'Run it here' : 'Run these settings'} (about ${promise(comparer)})</button>
        ${takeAway(comparer)}
      </div>
    </div>
    ${changedSince(comparer, 'the recorded comparison')}
  </div>`
}

/** How long the settings that stand there will take. */
function promise({ draft, pace }: Comparer): TemplateResult {
  const measured = pace !== undefined
  const title = measured ? 'Measured on this machine just now, by a short run' : 'Measured on another machine'
  return html`<span title=${title}>${durationText(expectedSeconds(draft, pace))}${measured ? ', measured' : ''}</span>`
}

/** The cells as files. */
function takeAway(comparer: Comparer): TemplateResult {
  const none = comparer.cells.length === 0
  return html`<button ?disabled=${none} @click=${() => exportCells(comparer, 'csv')}>CSV</button>
    <button ?disabled=${none} @click=${() => exportCells(comparer, 'json')}>JSON</button>`
}

function changedSince(comparer: Comparer, name: string): TemplateResult | typeof nothing {
  const { current, progress } = comparer
  if (current || progress === undefined) return nothing
  return html`<p class="other-settings">The settings were changed since: what stands here is <b>${name}</b>. <button @click=${() => comparer.adopt(progress.info.comparison)}>Back to its settings</button></p>`
}

/** A day by its name, whatever the reader's time zone. */
function dayText(milliseconds: number): string {
  return new Date(milliseconds).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
}

/** Where nothing was run yet. */
export function invitation(page: PageState): TemplateResult {
  const comparer = comparerOf(page)
  const { draft, busy, earlier } = comparer
  const cells = draft.arms.length * draft.budgets.length * draft.seeds
  return html`<section class="invitation-to-compare" aria-label="Nothing was run yet">
    <p>
      Every method explores ${ENVIRONMENT_WORDS[draft.environment]} with the same number of ${unitOf(draft).long}, what it finds trains the same
      start policy, and what came of it is judged on held-out tasks. You see which one learned most from its ${unitOf(draft).short}, over
      ${plural(draft.seeds, 'seed')}, with intervals, and can open the runs behind its numbers.
    </p>
    <button class="go big" title="Run (r)" ?disabled=${busy} @click=${() => comparer.run()}>Run ${plural(cells, 'cell')}: about ${promise(comparer)}</button>
    <p class="soft">${plural(draft.arms.length, 'method')} × ${plural(draft.budgets.length, 'budget')} × ${plural(draft.seeds, 'seed')}. Runs in this page, on all cores; it can be paused.${earlier.length > 0 ? ' Earlier comparisons are listed beside.' : ''}</p>
  </section>`
}

function exportCells(comparer: Comparer, kind: 'csv' | 'json'): void {
  const comparison = comparer.progress?.info.comparison
  if (comparison === undefined) return
  const text = kind === 'csv' ? cellsCsv(comparison, comparer.cells) : cellsJson(comparison, comparer.cells)
  const type = kind === 'csv' ? 'text/csv' : 'application/json'
  download(new Blob([text], { type }), `rro-lab-comparison-${comparison.environment}.${kind}`)
}
