/** The cells behind a number: each opens the run that it came of, in Explore. */
import { html, LitElement, nothing } from 'lit'
import type { Cell } from '../../../core/comparison/cell.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { icon } from '../../parts/icons.ts'
import type { PageState } from '../../state/page-state.ts'
import { countText } from '../../words/format.ts'
import { armNames } from '../arms/arm-words.ts'
import { comparerOf } from '../comparer.ts'
import { keepCell, openCell } from './cell-actions.ts'
import css from './cells.css?inline'
import { decimalText } from './numbers.ts'

adoptStyle(css)

export interface Behind {
  readonly words: string
  readonly cells: readonly Cell[]
}

export class RroCells extends LitElement {
  static override properties = {
    page: { attribute: false },
    behind: { attribute: false },
    closed: { attribute: false },
  }
  declare page: PageState
  /** What is shown; undefined while the list is closed. */
  declare behind: Behind | undefined
  declare closed: () => void

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override render(): unknown {
    const { behind } = this
    return html`<dialog aria-labelledby="behind-heading" @close=${() => this.closed()} @click=${this.#pressedOutside}>
      ${behind === undefined ? nothing : this.#list(behind)}
    </dialog>`
  }

  override updated(): void {
    const dialog = this.querySelector('dialog')
    if (this.behind !== undefined && dialog?.open === false) dialog.showModal()
    if (this.behind === undefined && dialog?.open) dialog.close()
  }

  #list({ words, cells }: Behind): unknown {
    const comparer = comparerOf(this.page)
    const arms = comparer.progress?.info.comparison.arms ?? []
    const names = armNames(arms)
    return html`<div class="dialog">
      <header>
        <h2 id="behind-heading">Behind this number</h2>
        <button class="square" aria-label="Close" @click=${() => this.closed()}>${icon('close')}</button>
      </header>
      <p>${words}</p>
      <div class="wide-table" role="region" aria-label="Cells behind this number" tabindex="0"><table class="numbers">
        <caption>Each cell: one method with one seed at one budget</caption>
        <thead><tr>${['Method', 'Seed', 'Budget', 'Reward', 'Success', 'Policy calls', 'Tasks', 'Pairs', 'Its run', 'Its policy'].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>${cells.map(
          (cell) => html`<tr>
            <th scope="row">${names[cell.arm]}</th>
            <td>${cell.seed}</td>
            <td>${countText(cell.budget)}</td>
            <td>${decimalText(cell.score.reward)}</td>
            <td>${decimalText(cell.score.success)}</td>
            <td>${countText(cell.cost.policyCalls)}</td>
            <td>${countText(cell.tasks)}</td>
            <td>${countText(cell.pairs)}</td>
            <td>${arms[cell.arm]?.method === 'sft' ? html`<span class="soft">explores nothing</span>` : html`<button ?disabled=${comparer.busy} @click=${() => this.#open(cell)}>Open in Explore<span class="hidden">: ${names[cell.arm]}, seed ${cell.seed}, ${cell.budget} calls</span></button>`}</td>
            <td>${arms[cell.arm]?.method === 'sft' ? html`<span class="soft">the start</span>` : html`<button title="As an agent, to choose anywhere" ?disabled=${comparer.busy} @click=${() => this.#keep(cell, names[cell.arm] ?? '')}>Keep<span class="hidden"> the policy: ${names[cell.arm]}, seed ${cell.seed}, ${cell.budget} calls</span></button>`}</td>
          </tr>`,
        )}</tbody>
      </table></div>
      <rro-notices .page=${this.page}></rro-notices>
    </div>`
  }

  async #open(cell: Cell): Promise<void> {
    if (await openCell(this.page, cell)) this.closed()
  }

  #keep(cell: Cell, name: string): void {
    void keepCell(this.page, cell, `${name}, seed ${cell.seed}, ${countText(cell.budget)} calls`)
  }

  #pressedOutside(event: Event): void {
    if (event.target === event.currentTarget) this.closed()
  }
}

customElements.define('rro-cells', RroCells)
