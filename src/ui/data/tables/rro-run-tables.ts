/** The trajectories, steps and pairs of a run as a table: searched, sorted, and each row opens in Explore where it belongs. */
import { html, type TemplateResult } from 'lit'
import { success } from '../../../core/failure.ts'
import { type RunTable, TABLE_KINDS, type TableKind } from '../../../worker/protocol/lab-api.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { enteredIn, select } from '../../parts/fields.ts'
import { PageElement } from '../../parts/page-element.ts'
import { Newest } from '../../state/newest.ts'
import { ENVIRONMENT_WORDS } from '../../words/environment-words.ts'
import { countText, plural } from '../../words/format.ts'
import './rro-long-table.ts'
import { AS_LOGGED, ordered, type TableOrder } from './table-order.ts'
import css from './tables.css?inline'

adoptStyle(css)

const KIND_WORDS: Readonly<Record<TableKind, string>> = { trajectories: 'Trajectories', steps: 'Steps', pairs: 'Pairs' }

export class RroRunTables extends PageElement {
  #run: string | undefined
  #kind: TableKind = 'pairs'
  #table: RunTable | undefined
  #reading = false
  #order: TableOrder = AS_LOGGED
  readonly #newest = new Newest()

  override connectedCallback(): void {
    super.connectedCallback()
    void this.page.library.refresh()
  }

  /** At first the open run. */
  override willUpdate(): void {
    const { explorer, library } = this.page
    if (library.runs.some(({ id }) => id === this.#run)) return
    const open = library.runs.find(({ id }) => id === explorer.progress?.info.id)
    if (open !== undefined) void this.#read(open.id, this.#kind)
  }

  async #read(run: string, kind: TableKind): Promise<void> {
    const { lab, notices } = this.page
    const newest = this.#newest.next()
    this.#run = run
    this.#kind = kind
    this.#reading = true
    this.#table = undefined
    this.#order = { ...AS_LOGGED, words: this.#order.words }
    this.requestUpdate()
    const asked = lab.dataset('table', run, kind).then((result) => {
      const overtaken = !result.ok && result.failure.code === 'superseded'
      return overtaken ? success(undefined) : result
    })
    const table = await notices.ask(asked)
    if (!newest()) return
    this.#table = table
    this.#reading = false
    this.requestUpdate()
  }

  override render(): unknown {
    const { runs } = this.page.library
    const rows = ordered(this.#table?.rows ?? [], this.#order)
    return html`<section class="run-tables" aria-labelledby="tables-title">
      <h2 id="tables-title" class="hidden">A run as tables</h2>
      <div class="controls">
        <label>Run ${select(
          'run',
          runs.map(({ id, name, config }) => [id, `${name}, ${ENVIRONMENT_WORDS[config.environment]}`] as const),
          this.#run ?? '',
          (event) => void this.#read(enteredIn(event), this.#kind),
        )}</label>
        <div class="views" role="group" aria-label="Table of">${TABLE_KINDS.map(
          (kind) =>
            html`<button aria-pressed=${kind === this.#kind} @click=${() => this.#run !== undefined && this.#read(this.#run, kind)}>${KIND_WORDS[kind]}</button>`,
        )}</div>
        <label class="grow">Search <input type="search" name="words" .value=${this.#order.words} @input=${this.#searched} /></label>
      </div>
      <p class="soft" role="status">${this.#words(rows.length)}</p>
      ${this.#table === undefined || this.#table.rows.length === 0 ? '' : this.#long(this.#table, rows)}
    </section>`
  }

  #long(table: RunTable, rows: RunTable['rows']): TemplateResult {
    return html`<rro-long-table
      .caption=${KIND_WORDS[this.#kind]}
      .columns=${table.columns}
      .rows=${rows}
      .order=${this.#order}
      .reorder=${(order: TableOrder) => this.#reorder(order)}
      .open=${(row: RunTable['rows'][number]) => this.#open(row)}
    ></rro-long-table>`
  }

  #words(found: number): string {
    const table = this.#table
    if (this.#reading && table === undefined) return 'Reading the run…'
    if (table === undefined) return ''
    if (table.rows.length === 0) return `This run has no ${KIND_WORDS[this.#kind].toLowerCase()} yet.`
    const many = plural(table.rows.length, 'row')
    const all = found === table.rows.length ? many : `${countText(found)} of ${many}`
    const cut = table.cut ? ' The run has more: a data set has all of them.' : ''
    return `${all}. Each opens in Explore.${cut}`
  }

  readonly #searched = (event: Event): void => this.#reorder({ ...this.#order, words: enteredIn(event) })

  #reorder(order: TableOrder): void {
    this.#order = order
    this.requestUpdate()
  }

  async #open({ place: { task, step, candidate, count } }: RunTable['rows'][number]): Promise<void> {
    const { opener, address } = this.page
    const runId = this.#run
    if (runId === undefined) return
    const pinned = step > 0 && candidate > 0 ? { pinned: { step, candidate } } : {}
    if (await opener.open(runId, { runId, task, count, ...pinned })) address.go('explore')
  }
}

customElements.define('rro-run-tables', RroRunTables)
