/** What came of the open comparison: its course, a verdict in words, pictures with their tables, and the paper's numbers. */
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Cell } from '../../../core/comparison/cell.ts'
import { RISE_KINDS } from '../../../core/comparison/results/arm-diagnoses.ts'
import { type Ranking, rankings } from '../../../core/comparison/results/standings.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { heldFocus } from '../../parts/held-focus.ts'
import { PageElement } from '../../parts/page-element.ts'
import { countText, plural } from '../../words/format.ts'
import { armKey } from '../arms/arm-key.ts'
import { type Comparer, comparerOf } from '../comparer.ts'
import { courseBar, invitation } from './course.ts'
import type { Figure } from './figure.ts'
import { candidateFigures, learningFigure, pairFigures, risingFigure, scoreFigures, truthFigures } from './figures.ts'
import { type Folded, foldComparison } from './folded.ts'
import { heldBack } from './held-back.ts'
import { Lit } from './lit.ts'
import { type Measure, SCORES } from './measures.ts'
import { PLAIN_RRO_ANSWERS, PLAIN_RRO_QUESTION, plainRroHere } from './plain-rro-words.ts'
import { reportedTable } from './reported-table.ts'
import css from './results.css?inline'
import { risingWords } from './rising-words.ts'
import './rro-cells.ts'
import type { Behind } from './rro-cells.ts'
import './rro-differences.ts'
import './rro-figure.ts'
import { unitOf } from '../units.ts'
import { besideSection } from './beside-linear.ts'
import tables from './tables.css?inline'
import { candidateTable, learningTable, pairTable, risingTable, scoreTable, type Table, truthTable } from './tables.ts'
import { budgetWords, leaders, verdicts } from './verdict-words.ts'

adoptStyle(css)
adoptStyle(tables)

const RISE_WORDS = { rising: 'rising', notFalling: 'not falling' } as const

export class RroResults extends PageElement {
  #measure: Measure = 'sampled'
  #kind: (typeof RISE_KINDS)[number] = 'rising'
  #behind: Behind | undefined
  #folded: Folded | undefined
  readonly #lit = new Lit(this)
  /** The way to go on is another one after each press. */
  readonly #focus = heldFocus(this, [
    ['.progress-bar', ['.progress-bar .row > button:first-child']],
    ['.invitation-to-compare', ['.progress-bar .row > button:first-child', '.invitation-to-compare button']],
  ])
  readonly #show = (words: string, cells: readonly Cell[]): void => this.#open({ words, cells })

  override willUpdate(): void {
    this.#focus.before()
  }

  override updated(): void {
    this.#focus.after()
  }

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
    const [reward, success] = scoreFigures(folded, this.#measure)
    const ranked = rankings(folded.results, SCORES[this.#measure].reward)
    return html`
      ${this.#verdict(folded, info.total, ranked)}
      <section class="figures first" aria-labelledby="reward-against-calls">
        <h3 id="reward-against-calls">Which method learns most from the same ${unitOf(folded.comparison).short}?</h3>
        <p class="soft">Judged on ${folded.comparison.split} tasks, which no method explores. Shaded: 95 % t-intervals of the mean over seeds. ${this.#measureSwitch()}</p>
        ${this.#signs(folded)}
        ${this.#figures(reward === undefined ? [] : [reward])}
      </section>
      ${this.#section(
        'Is the lead more than chance?',
        nothing,
        [],
        html`${this.#inFull(folded, ranked)}${folded.names.length < 2 ? nothing : html`<rro-differences .folded=${folded} .measure=${this.#measure} .behind=${this.#show}></rro-differences>`}`,
      )}
      ${this.#section('How often is the reward full, and what are the numbers?', html`Success: the share of episodes that earn all there is. Every number opens the runs behind it, round by round or update by update where several policies explored.`, success === undefined ? [] : [success], this.#table(scoreTable(folded, this.#measure)))}
      ${folded.comparison.policy === 'transformer' ? nothing : this.#rounds(folded)}
      ${this.#section('What does a step cost?', html`Candidates drawn or verified in a step, at the largest budget: the paper’s unit of cost.`, candidateFigures(folded), this.#table(candidateTable(folded)))}
      ${folded.comparison.policy === 'transformer' ? besideSection(this.page) : this.#truths(folded)}
    `
  }

  #rounds(folded: Folded): TemplateResult {
    return html`${this.#section(
      'Does it get better round by round?',
      folded.comparison.rounds === 1
        ? html`With one round, explore then optimise, a curve has two points: the start policy (where SFT only is compared too) and what came of it. Set more rounds to see it bend.`
        : html`Each round explores with the policy of the last and spends its share of the budget.`,
      [learningFigure(folded, this.#measure)],
      this.#table(learningTable(folded, this.#measure)),
    )}`
  }

  /** What only many more rollouts can say, and what others say: of the log-linear policy. */
  #truths(folded: Folded): TemplateResult {
    return html`
      ${this.#section(
        'Do more steps rise after training?',
        html`On test tasks, by third of the episode: the paper’s second table. Grey and dotted: the start policy. ${this.#kindSwitch()}`,
        [risingFigure(folded, this.#kind)],
        html`${risingWords(folded.diagnoses, folded.names).map((sentence) => html`<p class="why-so">${sentence}</p>`)}${this.#table(risingTable(folded))}`,
      )}
      ${this.#section('How often is a rise none, and how far do estimates flatter?', html`Held against process rewards from many more rollouts, which only a simulator can afford: how often what was accepted lies below its bar, and by how much its estimate flatters it.`, truthFigures(folded), this.#table(truthTable(folded)))}
      ${this.#section('How many pairs do the calls buy, and are they right?', html`How many preference pairs a method makes of its calls, and how many of those checked are truly ordered.`, pairFigures(folded), this.#table(pairTable(folded)))}
      ${this.#section(PLAIN_RRO_QUESTION, nothing, [], this.#plainRro(folded))}
      ${this.#section('What does the paper report?', nothing, [], reportedTable(folded))}
    `
  }

  /** In short; the pictures say the rest. */
  #verdict(folded: Folded, total: number, ranked: readonly Ranking[]): TemplateResult {
    const { comparison, cells, names } = folded
    const partly = cells.length < total ? `So far, with ${countText(cells.length)} of ${plural(total, 'cell')}` : ''
    const unsaid = heldBack(comparison)
    const arm = (place: number, words = names): TemplateResult =>
      html`<span class="of-arm" title=${names[place] ?? ''}>${armKey(comparison.arms[place])} ${words[place]}</span>`
    return html`<section class="verdicts" aria-labelledby="verdict-heading">
      <h3 id="verdict-heading">What it says</h3>
      ${partly === '' ? nothing : html`<p class="soft">${partly}: intervals are wider and ranks may change.</p>`}
      ${ranked.length === 0 ? html`<p>${comparison.arms.length === 1 ? 'With one method there is nothing to hold it against.' : 'Nothing yet: no budget has results of two methods.'}</p>` : nothing}
      <dl>${leaders(ranked).map(
        ({ budget, arm: best, score, tied, open }) =>
          html`<div><dt>${countText(budget)} ${unitOf(comparison).short}</dt><dd>${arm(best)} <b>${score}</b>${
            open
              ? html`, of one seed or of too few: this claims nothing yet.`
              : tied.length === 0
                ? html`, ahead of all others.`
                : html`; too close to tell from it: ${tied.map((place) => html`${arm(place, folded.labels)} `)}`
          }</dd></div>`,
      )}</dl>
      ${unsaid === undefined ? nothing : html`<p class="soft">${unsaid}</p>`}
    </section>`
  }

  #inFull({ comparison }: Folded, ranked: readonly Ranking[]): TemplateResult {
    const told = verdicts(comparison, ranked, `reward on ${comparison.split} tasks (${this.#measure})`)
    return html`<dl class="in-full">${told.map(({ budget, sentences }) => html`<div><dt>${budgetWords(budget, unitOf(comparison))}</dt><dd>${sentences.map((sentence) => html`<p>${sentence}</p>`)}</dd></div>`)}</dl>`
  }

  #plainRro(folded: Folded): TemplateResult {
    const here = plainRroHere(folded, this.#measure)
    const answers = here === undefined ? PLAIN_RRO_ANSWERS : [...PLAIN_RRO_ANSWERS, here]
    return html`${answers.map((answer) => html`<p class="answer">${answer}</p>`)}`
  }

  /** Pressed, a method stays lit in all pictures. */
  #signs({ comparison, names }: Folded): TemplateResult {
    return html`<ul class="signs" aria-label="Signs of the methods in all pictures">${comparison.arms.map(
      (arm, place) => {
        const name = String(place)
        const press = (): void => {
          this.#lit.pin(name)
          this.requestUpdate()
        }
        return html`<li><button data-arm=${name} title="Light up in all pictures" aria-pressed=${this.#lit.pinned === name} @click=${press}>${armKey(arm)} ${names[place]}</button></li>`
      },
    )}</ul>`
  }

  /** Closed until its question is asked. */
  #section(question: string, about: unknown, figures: readonly Figure[], more: unknown): TemplateResult {
    return html`<details class="figures">
      <summary><h3>${question}</h3></summary>
      ${about === nothing ? nothing : html`<p class="soft">${about}</p>`}
      ${this.#figures(figures)}
      ${more}
    </details>`
  }

  #figures(figures: readonly Figure[]): TemplateResult | typeof nothing {
    if (figures.length === 0) return nothing
    return html`<div class="side-by-side">${repeat(
      figures,
      (_, place) => place,
      (figure) =>
        html`<rro-figure .page=${this.page} .figure=${figure} .of=${this.#folded} .behind=${this.#show}></rro-figure>`,
    )}</div>`
  }

  #table({ caption, columns, rows }: Table): TemplateResult {
    const names = this.#folded?.names ?? []
    return html`<div class="wide-table" role="region" aria-label=${caption} tabindex="0"><table class="numbers">
      <caption>${caption}</caption>
      <thead><tr><th scope="col">Method</th>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
      <tbody>${rows.map(
        ({ arm, values }) => html`<tr>
          <th scope="row">${armKey(this.#folded?.comparison.arms[arm])} ${names[arm]}</th>
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
