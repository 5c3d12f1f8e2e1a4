/** What came of the open comparison: progress, a verdict in words, pictures with their tables, and the paper's numbers. */
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Cell } from '../../../core/comparison/cell.ts'
import { RISE_KINDS } from '../../../core/comparison/results/arm-diagnoses.ts'
import { cellsCsv, cellsJson } from '../../../core/comparison/results/comparison-file.ts'
import { rankings } from '../../../core/comparison/results/standings.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { download } from '../../parts/download.ts'
import { PageElement } from '../../parts/page-element.ts'
import { ENVIRONMENT_WORDS } from '../../words/environment-words.ts'
import { countText, durationText, plural, rateText } from '../../words/format.ts'
import { armKey } from '../arms/arm-key.ts'
import { type Comparer, comparerOf } from '../comparer.ts'
import { expectedSeconds } from '../setup/expected-time.ts'
import type { Figure } from './figure.ts'
import { candidateFigures, learningFigure, pairFigures, risingFigure, scoreFigures, truthFigures } from './figures.ts'
import { type Folded, foldComparison } from './folded.ts'
import { heldBack } from './held-back.ts'
import { type Measure, SCORES } from './measures.ts'
import { PLAIN_RRO_ANSWERS, PLAIN_RRO_QUESTION, plainRroHere } from './plain-rro-words.ts'
import { DIFFERENCES, reportedRows } from './reported.ts'
import css from './results.css?inline'
import tables from './tables.css?inline'
import './rro-cells.ts'
import type { Behind } from './rro-cells.ts'
import './rro-differences.ts'
import './rro-figure.ts'
import { candidateTable, learningTable, pairTable, risingTable, scoreTable, type Table, truthTable } from './tables.ts'
import { budgetWords, verdicts } from './verdict-words.ts'

adoptStyle(css)
adoptStyle(tables)

const RISE_WORDS = { rising: 'rising', notFalling: 'not falling' } as const

export class RroResults extends PageElement {
  #measure: Measure = 'sampled'
  #kind: (typeof RISE_KINDS)[number] = 'rising'
  #behind: Behind | undefined
  #folded: Folded | undefined

  override render(): unknown {
    const comparer = comparerOf(this.page)
    const { progress } = comparer
    return html`
      ${this.#bar(comparer)}
      ${progress === undefined ? this.#empty(comparer) : this.#results(comparer)}
      <rro-cells .page=${this.page} .behind=${this.#behind} .closed=${() => this.#open(undefined)}></rro-cells>
    `
  }

  /** Which way to go on, and how far it has come. */
  #bar(comparer: Comparer): TemplateResult | typeof nothing {
    const { progress, current, running, busy, stopped, draft } = comparer
    if (progress === undefined) return nothing
    const { info, status, workers, cellsPerSecond, secondsLeft, failure } = progress
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
      <div class="row">
        ${running ? html`<button title="Pause (r)" ?disabled=${busy} @click=${() => comparer.pause()}>Pause</button>` : nothing}
        ${status === 'paused' && !stopped ? html`<button class="go" title="Go on (r)" ?disabled=${busy} @click=${() => comparer.resume()}>Resume</button>` : nothing}
        ${status === 'failed' ? html`<button ?disabled=${busy} @click=${() => comparer.resume()}>Try again</button>` : nothing}
        ${(running || status === 'paused') && !stopped ? html`<button ?disabled=${busy} @click=${() => comparer.stop()}>Stop</button>` : nothing}
        ${current && !stopped && status !== 'finished' ? nothing : html`<button class=${current ? '' : 'go'} ?disabled=${busy} @click=${() => comparer.run()}>${current ? 'Run again' : `Run these settings (about ${durationText(expectedSeconds(draft))})`}</button>`}
        <button @click=${() => this.#copyLink(comparer)}>Copy link</button>
        <button ?disabled=${cells === 0} @click=${() => this.#export('csv')}>CSV</button>
        <button ?disabled=${cells === 0} @click=${() => this.#export('json')}>JSON</button>
      </div>
      ${failure === undefined ? nothing : html`<p class="problem" role="alert">${failure.message}</p>`}
      ${current ? nothing : html`<p class="other-settings">The settings were changed since: what stands here is <b>${info.name}</b>. <button @click=${() => comparer.adopt(info.comparison)}>Back to its settings</button></p>`}
    </div>`
  }

  #empty(comparer: Comparer): TemplateResult {
    const { draft, busy, earlier } = comparer
    const cells = draft.arms.length * draft.budgets.length * draft.seeds
    return html`<section class="invitation-to-compare" aria-label="Nothing was run yet">
      <p>
        Every method explores ${ENVIRONMENT_WORDS[draft.environment]} with the same number of policy calls, its preference pairs train the same
        start policy, and what came of it is judged on held-out tasks. You see which one learned most from its calls, over
        ${plural(draft.seeds, 'seed')}, with intervals, and can open the run behind every number.
      </p>
      <button class="go big" title="Run (r)" ?disabled=${busy} @click=${() => comparer.run()}>Run ${plural(cells, 'cell')}: about ${durationText(expectedSeconds(draft))}</button>
      <p class="soft">${plural(draft.arms.length, 'method')} × ${plural(draft.budgets.length, 'budget')} × ${plural(draft.seeds, 'seed')}. Runs in this page, on all cores; it can be paused.${earlier.length > 0 ? ' Earlier comparisons are listed beside.' : ''}</p>
      <button @click=${() => this.#copyLink(comparer)}>Copy link</button>
    </section>`
  }

  #results(comparer: Comparer): TemplateResult {
    const folded = this.#fold(comparer)
    const { info } = comparer.progress ?? {}
    if (info === undefined || folded.cells.length === 0)
      return html`<p class="soft" role="status">The first cells are on their way.</p>`
    return html`
      ${this.#verdict(folded, info.total)}
      ${this.#plainRro(folded)}
      ${this.#signs(folded)}
      ${this.#section(
        'Reward and success against policy calls',
        html`Judged on ${folded.comparison.split} tasks, which no method explores. Bars are 95 % t-intervals of the mean over seeds. ${this.#measureSwitch()}`,
        scoreFigures(folded, this.#measure),
        scoreTable(folded, this.#measure),
      )}
      <rro-differences .folded=${folded} .measure=${this.#measure} .behind=${(words: string, cells: readonly Cell[]) => this.#open({ words, cells })}></rro-differences>
      ${this.#section(
        'Learning over rounds',
        folded.comparison.rounds === 1
          ? html`With one round, explore then optimise, a curve has two points: the start policy (where SFT only is compared too) and what came of it. Set more rounds to see it bend.`
          : html`Each round explores with the policy of the last and spends its share of the budget.`,
        [learningFigure(folded, this.#measure)],
        learningTable(folded, this.#measure),
      )}
      ${this.#section('Candidates per step', html`What a step cost: candidates drawn or verified, at the largest budget. The paper’s unit of cost.`, candidateFigures(folded), candidateTable(folded))}
      ${this.#section(
        'Rising steps, before and after',
        html`On test tasks, by third of the episode: the paper’s second table. Grey and dotted: the start policy. ${this.#kindSwitch()}`,
        [risingFigure(folded, this.#kind)],
        risingTable(folded),
      )}
      ${this.#section('False rises, and estimates that flatter', html`Held against exact process rewards, which only a simulator can know: how often what was accepted lies below its bar, and by how much its estimate flatters it.`, truthFigures(folded), truthTable(folded))}
      ${this.#section('Pairs for the calls', html`How many preference pairs a method makes of its calls, and how many of those checked are truly ordered.`, pairFigures(folded), pairTable(folded))}
      ${this.#reported(folded)}
    `
  }

  #verdict(folded: Folded, total: number): TemplateResult {
    const { comparison, cells, results } = folded
    const told = verdicts(
      comparison,
      rankings(results, SCORES[this.#measure].reward),
      `reward on ${comparison.split} tasks (${this.#measure})`,
    )
    const partly = cells.length < total ? `So far, with ${countText(cells.length)} of ${plural(total, 'cell')}` : ''
    const unsaid = heldBack(comparison)
    return html`<section class="verdicts" aria-labelledby="verdict-heading">
      <h3 id="verdict-heading">What it says</h3>
      ${partly === '' ? nothing : html`<p class="soft">${partly}: intervals are wider and ranks may change.</p>`}
      ${told.length === 0 ? html`<p>${comparison.arms.length === 1 ? 'With one method there is nothing to hold it against.' : 'Nothing yet: no budget has results of two methods.'}</p>` : nothing}
      <dl>${told.map(({ budget, sentences }) => html`<div><dt>${budgetWords(budget)}</dt><dd>${sentences.map((sentence) => html`<p>${sentence}</p>`)}</dd></div>`)}</dl>
      ${unsaid === undefined ? nothing : html`<p class="soft">${unsaid}</p>`}
    </section>`
  }

  #plainRro(folded: Folded): TemplateResult {
    const here = plainRroHere(folded, this.#measure)
    return html`<details class="plain-rro">
      <summary>${PLAIN_RRO_QUESTION}</summary>
      ${PLAIN_RRO_ANSWERS.map((answer) => html`<p>${answer}</p>`)}
      ${here === undefined ? nothing : html`<p>${here}</p>`}
    </details>`
  }

  #signs({ names }: Folded): TemplateResult {
    return html`<ul class="signs" aria-label="Signs of the methods in all pictures">${names.map((name, arm) => html`<li>${armKey(arm)} ${name}</li>`)}</ul>`
  }

  #section(title: string, about: unknown, figures: readonly Figure[], table: Table): TemplateResult {
    const id = title.toLowerCase().replaceAll(/[^a-z]+/g, '-')
    return html`<section class="figures" aria-labelledby=${id}>
      <h3 id=${id}>${title}</h3>
      <p class="soft">${about}</p>
      <div class="side-by-side">${repeat(
        figures,
        (_, place) => place,
        (figure) =>
          html`<rro-figure .page=${this.page} .figure=${figure} .names=${this.#folded?.names ?? []} .behind=${(words: string, cells: readonly Cell[]) => this.#open({ words, cells })}></rro-figure>`,
      )}</div>
      ${this.#table(table)}
    </section>`
  }

  #table({ caption, columns, rows }: Table): TemplateResult {
    const names = this.#folded?.names ?? []
    return html`<div class="wide-table" role="region" aria-label=${caption} tabindex="0"><table class="numbers">
      <caption>${caption}</caption>
      <thead><tr><th scope="col">Method</th>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
      <tbody>${rows.map(
        ({ arm, values }) => html`<tr>
          <th scope="row">${armKey(arm)} ${names[arm]}</th>
          ${values.map(({ text, cells }, place) => html`<td>${cells.length === 0 ? text : html`<button class="number" title="The cells behind it" @click=${() => this.#open({ words: `${names[arm]}, ${columns[place]}: ${text}`, cells })}>${text}</button>`}</td>`)}
        </tr>`,
      )}</tbody>
    </table></div>`
  }

  #reported(folded: Folded): TemplateResult {
    const { environment, start } = folded.comparison
    const own = ENVIRONMENT_WORDS[environment]
    return html`<section class="figures" aria-labelledby="reported">
      <h3 id="reported">What the paper reports, beside ours</h3>
      <p class="soft">${DIFFERENCES}</p>
      <div class="wide-table" role="region" aria-label="Reported numbers beside ours" tabindex="0"><table class="numbers">
        <caption>Reported by the authors (arXiv 2505.20737), and measured here on ${own}, start policy ${start === '' ? 'shipped default' : start}</caption>
        <thead><tr><th scope="col">Measure</th><th scope="col">Reported: WebShop</th><th scope="col">Reported: InterCode-SQL</th><th scope="col">Here, ${own}: RRO, the paper’s</th><th scope="col">Here, ${own}: RRO, recycled</th></tr></thead>
        <tbody>${reportedRows(folded).map(({ measure, reported, here }) => html`<tr><th scope="row">${measure}</th><td>${reported.webshop}</td><td>${reported['intercode-sql']}</td><td>${here[0]}</td><td>${here[1]}</td></tr>`)}</tbody>
      </table></div>
    </section>`
  }

  #measureSwitch(): TemplateResult {
    return this.#switch(
      'How the policy acts in the test',
      ['sampled', 'greedy'] as const,
      this.#measure,
      (measure) => measure,
      (measure) => {
        this.#measure = measure
      },
    )
  }

  #kindSwitch(): TemplateResult {
    return this.#switch(
      'Which steps count',
      RISE_KINDS,
      this.#kind,
      (kind) => RISE_WORDS[kind],
      (kind) => {
        this.#kind = kind
      },
    )
  }

  #switch<T extends string>(
    label: string,
    values: readonly T[],
    chosen: T,
    words: (value: T) => string,
    choose: (value: T) => void,
  ): TemplateResult {
    return html`<span class="views" role="group" aria-label=${label}>${values.map(
      (value) =>
        html`<button aria-pressed=${value === chosen} @click=${() => {
          choose(value)
          this.requestUpdate()
        }}>${words(value)}</button>`,
    )}</span>`
  }

  #fold({ progress, cells }: Comparer): Folded {
    const comparison = progress?.info.comparison
    if (comparison === undefined) throw new Error('Results of no comparison')
    if (this.#folded?.cells !== cells || this.#folded.comparison !== comparison)
      this.#folded = foldComparison(comparison, cells)
    return this.#folded
  }

  #open(behind: Behind | undefined): void {
    this.#behind = behind
    this.requestUpdate()
  }

  #export(kind: 'csv' | 'json'): void {
    const comparer = comparerOf(this.page)
    const comparison = comparer.progress?.info.comparison
    if (comparison === undefined) return
    const text = kind === 'csv' ? cellsCsv(comparison, comparer.cells) : cellsJson(comparison, comparer.cells)
    const type = kind === 'csv' ? 'text/csv' : 'application/json'
    download(new Blob([text], { type }), `rro-lab-comparison-${comparison.environment}.${kind}`)
  }

  async #copyLink(comparer: Comparer): Promise<void> {
    const link = new URL(`#${comparer.link}`, location.href).href
    try {
      await navigator.clipboard.writeText(link)
      this.page.notices.tell(
        'Copied the link. It opens Compare with these settings; Run gives the same cells, to the digit.',
      )
    } catch {
      this.page.notices.tell('The browser does not let the page copy. The address of this page is the link.')
    }
  }
}

customElements.define('rro-results', RroResults)
