/** Which method wins against which, seed by seed: the table of differences to an arm that can be chosen. */
import { html, LitElement } from 'lit'
import type { Cell } from '../../../core/comparison/cell.ts'
import type { Comparison } from '../../../core/comparison/comparison.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { armKey } from '../arms/arm-key.ts'
import {
  type Difference,
  differenceTable,
  ONE_COMPARISON_EACH,
  OUTCOME_WORDS,
  usualReference,
} from './difference-table.ts'
import css from './differences.css?inline'
import type { Folded } from './folded.ts'
import type { SCORES } from './measures.ts'

adoptStyle(css)

export class RroDifferences extends LitElement {
  static override properties = {
    folded: { attribute: false },
    measure: { attribute: false },
    behind: { attribute: false },
  }
  declare folded: Folded
  declare measure: keyof typeof SCORES
  /** Opens what is behind a number. */
  declare behind: (words: string, cells: readonly Cell[]) => void
  /** Holds for the comparison that it was chosen in. */
  #chosen: { readonly comparison: Comparison; readonly arm: number } | undefined

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override render(): unknown {
    const { folded, measure } = this
    const { comparison, names } = folded
    const reference = this.#chosen?.comparison === comparison ? this.#chosen.arm : usualReference(folded, measure)
    const { caption, columns, rows } = differenceTable(folded, measure, reference)
    return html`
      <p class="soft">
        Methods with the same seed meet the same tasks with the same random numbers. So their difference is taken in each seed, where what
        both met falls out, and is usually surer than intervals side by side.
      </p>
      <label class="difference-to">Difference to <select class="chosen-arm" @change=${this.#choose}>${names.map((name, arm) => html`<option value=${arm} .selected=${arm === reference}>${name}</option>`)}</select></label>
      <div class="wide-table" role="region" aria-label=${caption} tabindex="0"><table class="numbers">
        <caption>${caption}</caption>
        <thead><tr><th scope="col">${names[reference]}, against</th>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
        <tbody>${rows.map(
          ({ arm, values }) => html`<tr>
            <th scope="row">${armKey(comparison.arms[arm])} ${names[arm]}</th>
            ${values.map((value, place) => html`<td class="outcome ${value.outcome}">${this.#number(value, `${names[reference]} against ${names[arm]}, ${columns[place]}`)}</td>`)}
          </tr>`,
        )}</tbody>
      </table></div>
      <p class="soft">${ONE_COMPARISON_EACH}</p>`
  }

  #number({ text, cells, outcome }: Difference, who: string): unknown {
    if (cells.length === 0) return text
    const word = OUTCOME_WORDS[outcome]
    return html`<button class="number" title="The cells behind it" @click=${() => this.behind(`${who}: ${text}, ${word}`, cells)}>${text}</button> <span>${word}</span>`
  }

  #choose(event: Event): void {
    if (!(event.target instanceof HTMLSelectElement)) return
    this.#chosen = { comparison: this.folded.comparison, arm: Number(event.target.value) }
    this.requestUpdate()
  }
}

customElements.define('rro-differences', RroDifferences)
