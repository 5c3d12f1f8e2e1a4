/**
 * A table of any length, of which only what is seen is drawn. Headings sort; rows are gone through by the arrow keys, and
 * opened by Enter or a click.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import type { TableColumn, TableRow } from '../../../worker/protocol/lab-api.ts'
import { countText } from '../../words/format.ts'
import { columnWords } from './column-words.ts'
import { ROW_PIXELS, shownPart } from './shown-part.ts'
import { pressed, type TableOrder } from './table-order.ts'

export class RroLongTable extends LitElement {
  static override properties = {
    ...{ caption: { attribute: false }, columns: { attribute: false }, rows: { attribute: false } },
    ...{ order: { attribute: false }, reorder: { attribute: false }, open: { attribute: false } },
  }
  declare caption: string
  declare columns: readonly TableColumn[]
  declare rows: readonly TableRow[]
  declare order: TableOrder
  declare reorder: (order: TableOrder) => void
  declare open: (row: TableRow) => void
  /** The row that the keyboard is at. */
  #at = 0
  readonly #resized = new ResizeObserver(() => this.requestUpdate())

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#resized.observe(this)
    this.addEventListener('scroll', this.#scrolled, { passive: true })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#resized.disconnect()
    this.removeEventListener('scroll', this.#scrolled)
  }

  readonly #scrolled = (): void => this.requestUpdate()

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('rows') && this.#at >= this.rows.length) this.#at = 0
    if (changed.has('columns') || changed.has('order')) this.scrollTop = 0
  }

  override render(): unknown {
    const { rows, columns } = this
    const { from, to, above, below } = shownPart(rows.length, this.scrollTop, this.clientHeight || 600)
    const space = (pixels: number): unknown =>
      pixels === 0
        ? nothing
        : html`<tr class="space" aria-hidden="true"><td colspan=${columns.length + 1} height=${pixels}></td></tr>`
    return html`<table aria-rowcount=${rows.length + 1}>
      <caption class="hidden">${this.caption}</caption>
      <thead><tr aria-rowindex="1">${this.#heading(undefined, 'Where')}${columns.map(({ name, numeric }, i) => this.#heading(i, columnWords(name), numeric))}</tr></thead>
      <tbody @keydown=${this.#keyed} @click=${this.#clicked}>
        ${space(above)}${rows.slice(from, to).map((row, i) => this.#row(row, from + i))}${space(below)}
      </tbody>
    </table>`
  }

  #heading(column: number | undefined, words: string, numeric = false): TemplateResult {
    const { order } = this
    const here = order.column === column && (column !== undefined || order.down)
    const sort = here ? (order.down ? 'descending' : 'ascending') : 'none'
    return html`<th scope="col" aria-sort=${sort} class=${numeric ? 'num' : ''}>
      <button @click=${() => this.reorder(pressed(order, column))}>${words}${here ? (order.down ? ' ▼' : ' ▲') : ''}</button>
    </th>`
  }

  #row(row: TableRow, index: number): TemplateResult {
    const { task, step } = row.place
    const where = step === 0 ? `Task ${task + 1}` : `Task ${task + 1}, step ${step}`
    return html`<tr aria-rowindex=${index + 2} data-row=${index}>
      <th scope="row"><button tabindex=${index === this.#at ? 0 : -1}>${where}</button></th>
      ${row.cells.map((cell, i) => html`<td class=${this.columns[i]?.numeric ? 'num' : ''} title=${typeof cell === 'string' && cell.length > 30 ? cell : nothing}>${shown(cell)}</td>`)}
    </tr>`
  }

  readonly #clicked = (event: Event): void => {
    const row = this.rows[rowOf(event)]
    if (row !== undefined && (getSelection()?.isCollapsed ?? true)) this.open(row)
  }

  readonly #keyed = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(this.clientHeight / ROW_PIXELS) - 2)
    const moves: Readonly<Record<string, number>> = {
      ...{ ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page },
      ...{ Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY },
    }
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    this.#at = Math.max(0, Math.min(this.rows.length - 1, rowOf(event) + move))
    void this.#focus()
  }

  /** Brings the row that the keyboard is at into view first: it may not be drawn yet. */
  async #focus(): Promise<void> {
    const head = this.querySelector('thead')?.offsetHeight ?? 0
    const top = this.#at * ROW_PIXELS
    if (top < this.scrollTop) this.scrollTop = top
    const end = top + ROW_PIXELS + head - this.clientHeight
    if (end > this.scrollTop) this.scrollTop = end
    this.requestUpdate()
    await this.updateComplete
    this.querySelector<HTMLElement>(`[data-row="${this.#at}"] button`)?.focus({ preventScroll: true })
  }
}

function rowOf({ target }: Event): number {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null
  return Number(row?.dataset.row ?? Number.NaN)
}

function shown(cell: TableRow['cells'][number]): string {
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  if (typeof cell === 'string') return cell
  return Number.isInteger(cell) ? countText(cell) : String(Math.round(cell * 1000) / 1000).replace('-', '−')
}

customElements.define('rro-long-table', RroLongTable)
