/** The path as a tree of sentences, with the keys of the WAI-ARIA tree pattern. The selection is the page's one selection. */
import { html, nothing, type PropertyValues } from 'lit'
import { PageElement } from '../../parts/page-element.ts'
import type { Change } from '../../state/changes.ts'
import { type TreeRow, treeRows } from './tree-rows.ts'

export class RroTree extends PageElement {
  /** Rows whose state the user turned round: steps are open and candidates closed until then. */
  readonly #turned = new Set<string>()
  #focused: string | undefined
  #rows: readonly TreeRow[] = []
  #takesFocus = false

  protected override shows(change: Change): boolean {
    return change === 'anything' || change === 'motion'
  }

  override render(): unknown {
    const { task, selection, progress } = this.page.explorer
    if (task === undefined || selection === undefined || progress === undefined) return html``
    this.#rows = treeRows(task, progress.info.config, this.#open(), this.page.idle)
    const own = `${selection.step}/${selection.candidate}`
    const current =
      this.#rows.find((row) => row.key === this.#focused && keepsSelection(row, own)) ??
      this.#rows.find((row) => row.key === own) ??
      this.#rows[0]
    this.#focused = current?.key
    const open = this.#open()
    return html`<ul class="tree" role="tree" aria-label="Steps, candidates and rollouts" @keydown=${this.#pressed}>
      ${this.#rows.map(
        (row) => html`<li
          role="treeitem" data-key=${row.key} class="level-${row.level}"
          aria-level=${row.level} aria-posinset=${row.position} aria-setsize=${row.siblings}
          aria-expanded=${row.hasChildren ? String(open.has(row.key)) : nothing}
          aria-selected=${row.key === own}
          tabindex=${row.key === this.#focused ? 0 : -1}
          @click=${() => this.#choose(row)}>${row.text}</li>`,
      )}
    </ul>`
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed)
    this.page.stands() // a link may lead here at once
    const item = this.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')
    if (this.#takesFocus) item?.focus()
    else item?.scrollIntoView({ block: 'nearest' })
    this.#takesFocus = false
  }

  #open(): Set<string> {
    const { task } = this.page.explorer
    const open = new Set(this.#turned)
    for (const { step } of task?.steps ?? []) {
      if (open.has(String(step))) open.delete(String(step))
      else open.add(String(step))
    }
    return open
  }

  #turn(row: TreeRow): void {
    if (this.#turned.has(row.key)) this.#turned.delete(row.key)
    else this.#turned.add(row.key)
    this.requestUpdate()
  }

  #pressed(event: KeyboardEvent): void {
    const index = this.#rows.findIndex((row) => row.key === this.#focused)
    const row = this.#rows[index]
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const isOpen = this.#open().has(row.key)
    const parent = this.#rows.find((other) => other.key === row.key.slice(0, row.key.lastIndexOf('/')))
    const moves: Record<string, () => void> = {
      ArrowDown: () => this.#choose(this.#rows[index + 1]),
      ArrowUp: () => this.#choose(this.#rows[index - 1]),
      Home: () => this.#choose(this.#rows[0]),
      End: () => this.#choose(this.#rows.at(-1)),
      ArrowRight: () => (row.hasChildren && !isOpen ? this.#turn(row) : isOpen && this.#choose(this.#rows[index + 1])),
      ArrowLeft: () => (row.hasChildren && isOpen ? this.#turn(row) : this.#choose(parent)),
      Enter: () => (row.hasChildren ? this.#turn(row) : this.#choose(row)),
      ' ': () => (row.hasChildren ? this.#turn(row) : this.#choose(row)),
    }
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    move()
  }

  #choose(row: TreeRow | undefined): void {
    if (row === undefined) return
    this.#focused = row.key
    this.#takesFocus = true
    this.page.explorer.pick(row.selection)
    this.requestUpdate()
  }
}

/** A focused step or rollout stays focused while its candidate is the selection. */
function keepsSelection(row: TreeRow, own: string): boolean {
  return `${row.selection.step}/${row.selection.candidate}` === own
}

customElements.define('rro-tree', RroTree)
