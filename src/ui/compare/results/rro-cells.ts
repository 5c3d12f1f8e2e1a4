/** The cells behind a number: each opens the run that it came of, in Explore, or the rounds that it came of, one by one. */
import { html, LitElement, nothing } from 'lit'
import type { Cell } from '../../../core/comparison/cell.ts'
import type { Arm } from '../../../core/comparison/comparison.ts'
import { isGradientMethod } from '../../../core/comparison/gradient-methods.ts'
import type { CellPlace } from '../../../worker/protocol/lab-api.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { heldFocus } from '../../parts/held-focus.ts'
import { icon } from '../../parts/icons.ts'
import type { PageState } from '../../state/page-state.ts'
import { countText } from '../../words/format.ts'
import { armNames } from '../arms/arm-words.ts'
import { comparerOf } from '../comparer.ts'
import { keepCell, openCell } from './cell-actions.ts'
import css from './cells.css?inline'
import { decimalText } from './numbers.ts'
import './rro-stretches.ts'
import type { StretchedCell } from './rro-stretches.ts'

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
  /** Whose rounds are looked at. */
  #stretched: StretchedCell | undefined
  /** Where they were asked for, which the focus comes back to. */
  #asked: string | undefined
  /** While something is done nothing else can be pressed; then it can be again. */
  readonly #focus = heldFocus(this, [])

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override render(): unknown {
    const { behind } = this
    return html`<dialog aria-labelledby="behind-heading" @close=${this.#close} @click=${this.#pressedOutside}>
      ${behind === undefined ? nothing : this.#behind(behind)}
    </dialog>`
  }

  override willUpdate(): void {
    this.#focus.before()
  }

  override updated(): void {
    this.#focus.after()
    const dialog = this.querySelector('dialog')
    if (this.behind !== undefined && dialog?.open === false) dialog.showModal()
    if (this.behind === undefined && dialog?.open) dialog.close()
    if (this.#stretched !== undefined || this.#asked === undefined) return
    // While something is done it cannot have the focus; then the next picture gives it.
    const asked = this.querySelector<HTMLButtonElement>(`[data-cell="${this.#asked}"]`)
    if (asked?.disabled) return
    asked?.focus()
    this.#asked = undefined
  }

  readonly #close = (): void => {
    this.#stretched = undefined
    this.#asked = undefined
    this.closed()
  }

  #behind(behind: Behind): unknown {
    return html`<div class="dialog">
      <header>
        <h2 id="behind-heading">Behind this number</h2>
        <button class="square" aria-label="Close" @click=${this.#close}>${icon('close')}</button>
      </header>
      ${
        this.#stretched === undefined
          ? this.#list(behind)
          : html`<rro-stretches .page=${this.page} .cell=${this.#stretched} .back=${() => this.#stretch(undefined)} .opened=${this.#close}></rro-stretches>`
      }
      <rro-notices .page=${this.page}></rro-notices>
    </div>`
  }

  #list({ words, cells }: Behind): unknown {
    const comparer = comparerOf(this.page)
    const { arms = [], rounds = 1, policy } = comparer.progress?.info.comparison ?? {}
    const language = policy === 'transformer'
    const names = armNames(arms)
    return html`<p>${words}</p>
      <div class="wide-table" role="region" aria-label="Cells behind this number" tabindex="0"><table class="numbers">
        <caption>Each cell: one method with one seed at one budget</caption>
        <thead><tr>${['Method', 'Seed', 'Budget', 'Its run', 'Its policy', 'Reward', 'Success', 'Policy calls', ...(language ? ['Tokens explored', 'trained on'] : []), 'Tasks', 'Pairs'].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>${cells.map(
          (cell) => html`<tr>
            <th scope="row">${names[cell.arm]}</th>
            <td>${cell.seed}</td>
            <td>${countText(cell.budget)}</td>
            <td>${this.#run(cell, arms[cell.arm], nameOf(cell, names, language ? 'tokens' : 'calls'), rounds, language)}</td>
            <td>${language ? html`<span class="soft" title="Too many numbers to keep for each cell; train it on the run, in Agents, to have it">not kept</span>` : arms[cell.arm]?.method === 'sft' ? html`<span class="soft">the start</span>` : html`<button title="As an agent, to choose anywhere" ?disabled=${comparer.busy} @click=${() => void keepCell(this.page, cell, nameOf(cell, names))}>Keep<span class="hidden"> the policy: ${nameOf(cell, names)}</span></button>`}</td>
            <td>${decimalText(cell.score.reward)}</td>
            <td>${decimalText(cell.score.success)}</td>
            <td>${countText(cell.cost.policyCalls)}</td>
            ${cell.tokens === undefined ? nothing : html`<td>${countText(cell.tokens.explored)}</td><td>${countText(cell.tokens.trained)}</td>`}
            <td>${countText(cell.tasks)}</td>
            <td>${countText(cell.pairs)}</td>
          </tr>`,
        )}</tbody>
      </table></div>`
  }

  /** One run, or where several policies explored the way to all of them. */
  #run(cell: Cell, arm: Arm | undefined, name: string, rounds: number, language: boolean): unknown {
    if (arm === undefined || arm.method === 'sft') return html`<span class="soft">explores nothing</span>`
    const { busy } = comparerOf(this.page)
    const words = html`<span class="hidden">: ${name}</span>`
    const updates = isGradientMethod(arm.method)
    if (updates && language) return html`<span class="soft">by a policy an update</span>`
    if (rounds === 1 && !updates)
      return html`<button ?disabled=${busy} @click=${() => this.#open(cell)}>Open in Explore${words}</button>`
    const place = { arm: cell.arm, seed: cell.seed, budget: cell.budget }
    return html`<button data-cell=${keyOf(place)} ?disabled=${busy} @click=${() => this.#stretch({ place, arm, name })}>${updates ? 'Update by update' : 'Round by round'}${words}</button>`
  }

  #stretch(cell: StretchedCell | undefined): void {
    if (cell !== undefined) this.#asked = keyOf(cell.place)
    this.#stretched = cell
    this.requestUpdate()
  }

  async #open(cell: Cell): Promise<void> {
    if (await openCell(this.page, cell)) this.#close()
  }

  #pressedOutside(event: Event): void {
    if (event.target === event.currentTarget) this.#close()
  }
}

function nameOf({ arm, seed, budget }: Cell, names: readonly string[], unit = 'calls'): string {
  return `${names[arm] ?? ''}, seed ${seed}, ${countText(budget)} ${unit}`
}

function keyOf({ arm, seed, budget }: CellPlace): string {
  return `${arm}-${seed}-${budget}`
}

customElements.define('rro-cells', RroCells)
