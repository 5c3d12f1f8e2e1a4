/**
 * What is behind a cell that several policies explored, one after the other: its rounds, or the updates of a policy gradient.
 * Each opens as a run, and the policy that came of it can be kept.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import type { Arm } from '../../../core/comparison/comparison.ts'
import { isGradientMethod } from '../../../core/comparison/gradient-methods.ts'
import { success } from '../../../core/failure.ts'
import type { CellPlace, CellStretch, LabUpdate } from '../../../worker/protocol/lab-api.ts'
import type { PageState } from '../../state/page-state.ts'
import { countText, plural } from '../../words/format.ts'
import { comparerOf } from '../comparer.ts'
import { keepCell, openCell } from './cell-actions.ts'
import { decimalText, NONE } from './numbers.ts'

/** Rows at a time: a policy gradient may have hundreds of updates. */
const ROWS = 10

export interface StretchedCell {
  readonly place: CellPlace
  readonly arm: Arm
  /** Of the cell, for people: its method, seed and budget. */
  readonly name: string
}

export class RroStretches extends LitElement {
  static override properties = {
    page: { attribute: false },
    cell: { attribute: false },
    back: { attribute: false },
    opened: { attribute: false },
  }
  declare page: PageState
  declare cell: StretchedCell
  /** To where it was asked for. */
  declare back: () => void
  /** A run was opened in Explore. */
  declare opened: () => void
  #stretches: readonly CellStretch[] | undefined
  /** How much of it is explored again. */
  #share = 0
  /** The first row that is shown, from 0. */
  #from = 0

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.page.hearers.add(this.#hear)
    void this.#ask()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.page.hearers.delete(this.#hear)
    if (this.#stretches === undefined) void this.page.lab.agent('leaveStretches').catch(() => undefined)
  }

  readonly #hear = (update: LabUpdate): void => {
    if (update.type !== 'stretches') return
    this.#share = update.share
    this.requestUpdate()
  }

  override firstUpdated(): void {
    this.querySelector('button')?.focus()
  }

  override render(): TemplateResult {
    const { arm, name } = this.cell
    const stretches = this.#stretches
    return html`
      <p class="of-cell"><button @click=${() => this.back()}>Back<span class="hidden"> to the cells</span></button> <b>${name}</b></p>
      <p role="status">${stretches === undefined ? 'Exploring this once more, to have the policies in between…' : aboutOf(arm, stretches)}</p>
      ${stretches === undefined ? html`<progress aria-label="Explored again" max="1" .value=${this.#share}></progress>` : this.#table(stretches)}
    `
  }

  #table(stretches: readonly CellStretch[]): TemplateResult {
    const { busy } = comparerOf(this.page)
    const pairs = !isGradientMethod(this.cell.arm.method)
    const counts = ['Policy calls', 'Tasks', ...(pairs ? ['Pairs'] : [])]
    const columns = ['Part', 'Its run', 'Its policy', ...counts, 'Test reward after']
    const shown = stretches.slice(this.#from, this.#from + ROWS)
    return html`${stretches.length > ROWS ? this.#pager(stretches.length) : nothing}
      <div class="wide-table" role="region" aria-label="Parts of this cell" tabindex="0"><table class="numbers">
        <caption class="hidden">${this.cell.name}, part by part</caption>
        <thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
        <tbody>${shown.map((stretch, row) => {
          const number = this.#from + row
          const words = placeOf(stretch)
          return html`<tr>
            <th scope="row">${words}</th>
            <td><button ?disabled=${busy || stretch.tasks === 0} @click=${() => this.#open(number)}>Open in Explore<span class="hidden">: ${words}</span></button></td>
            <td><button title="What came of it, as an agent to choose anywhere" ?disabled=${busy} @click=${() => this.#keep(number, words)}>Keep<span class="hidden"> the policy after ${words}</span></button></td>
            <td>${countText(stretch.policyCalls)}</td>
            <td>${countText(stretch.tasks)}</td>
            ${pairs ? html`<td>${countText(stretch.pairs)}</td>` : nothing}
            <td>${stretch.score === undefined ? html`<span class="soft" title="Policies are judged at the end of a round">${NONE}</span>` : decimalText(stretch.score.reward)}</td>
          </tr>`
        })}</tbody>
      </table></div>`
  }

  #pager(count: number): TemplateResult {
    const to = (from: number): void => {
      this.#from = Math.max(0, Math.min(count - 1, from))
      this.requestUpdate()
    }
    const typed = (event: Event): void => {
      const field = event.target as HTMLInputElement
      to((Math.round(Number(field.value)) || 1) - 1)
      field.value = String(this.#from + 1)
    }
    return html`<p class="pager">
      <button ?disabled=${this.#from === 0} @click=${() => to(this.#from - ROWS)}>Earlier</button>
      <label>From part <input inputmode="numeric" autocomplete="off" size="5" .value=${String(this.#from + 1)} @change=${typed} /></label> of ${countText(count)}
      <button ?disabled=${this.#from + ROWS >= count} @click=${() => to(this.#from + ROWS)}>Later</button>
    </p>`
  }

  /** Where it cannot be had, the reason is told and the cells come back. */
  async #ask(): Promise<void> {
    const { page, cell } = this
    const asked = page.lab.agent('cellStretches', cell.place)
    // Whoever has left it wants to hear no more of it.
    const ended = asked.then((answer) => (answer.ok || this.isConnected ? answer : success(undefined)))
    this.#stretches = await comparerOf(page).while(() => page.notices.ask(ended))
    if (!this.isConnected) return
    if (this.#stretches === undefined) this.back()
    else this.requestUpdate()
  }

  async #open(number: number): Promise<void> {
    if (await openCell(this.page, this.cell.place, number)) this.opened()
  }

  #keep(number: number, words: string): void {
    void keepCell(this.page, this.cell.place, `${this.cell.name}, after ${words.toLowerCase()}`, number)
  }
}

customElements.define('rro-stretches', RroStretches)

function placeOf({ round, update }: CellStretch): string {
  if (update === undefined) return `Round ${round + 1}`
  return round === 0 ? `Update ${update + 1}` : `Round ${round + 1}, update ${update + 1}`
}

function aboutOf({ method }: Arm, stretches: readonly CellStretch[]): string {
  const found =
    'The run of a part is made by the policy from before it; its policy is what came of it. Explored once more, all of it came to the stored cell to the digit.'
  if (!isGradientMethod(method))
    return `Each round explored with the policy of the round before, and spent its share of the budget. ${found}`
  const updates = plural(stretches.length, 'part')
  return `It explored in ${updates}, each with the policy of the update before; what the budget cut short was not learnt from. ${found}`
}
