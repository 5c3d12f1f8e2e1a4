/** What came of the open comparison: its course, a verdict in words, pictures with their tables, and the paper's numbers. */
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Cell } from '../../../core/comparison/cell.ts'
import { RISE_KINDS } from '../../../core/comparison/results/arm-diagnoses.ts'
import { rankings } from '../../../core/comparison/results/standings.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { PageElement } from '../../parts/page-element.ts'
import { countText, plural } from '../../words/format.ts'
import { armKey } from '../arms/arm-key.ts'
import { type Comparer, comparerOf } from '../comparer.ts'
import { courseBar, invitation } from './course.ts'
import type { Figure } from './figure.ts'
import { candidateFigures, learningFigure, pairFigures, risingFigure, scoreFigures, truthFigures } from './figures.ts'
import { type Folded, foldComparison } from './folded.ts'
import { heldBack } from './held-back.ts'
import { type Measure, SCORES } from './measures.ts'
import { PLAIN_RRO_ANSWERS, PLAIN_RRO_QUESTION, plainRroHere } from './plain-rro-words.ts'
import { reportedTable } from './reported-table.ts'
import css from './results.css?inline'
import './rro-cells.ts'
import type { Behind } from './rro-cells.ts'
import './rro-differences.ts'
import './rro-figure.ts'
import tables from './tables.css?inline'
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
      ${courseBar(this.page)}
      ${progress === undefined ? invitation(this.page) : this.#results(comparer)}
      <rro-cells .page=${this.page} .behind=${this.#behind} .closed=${() => this.#open(undefined)}></rro-cells>
    `
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
      ${reportedTable(folded)}
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
}

customElements.define('rro-results', RroResults)
