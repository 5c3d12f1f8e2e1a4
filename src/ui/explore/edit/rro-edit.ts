/**
 * Edit this world: the instruction, the product on the page, a row of a table. Then the task is explored again by the same
 * draws. Above a run of an edited world stands what was changed, what came of it, and the way back.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { LONGEST_EDIT, type WorldEdit } from '../../../core/log/world-edit.ts'
import type { EditableTable, WebShopView } from '../../../worker/protocol/lab-api.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { enteredIn } from '../../parts/fields.ts'
import { PageElement } from '../../parts/page-element.ts'
import type { PageState } from '../../state/page-state.ts'
import { isFromFile } from '../act/act-here.ts'
import css from './edit.css?inline'
import { againWords, editWords, outcomeOf } from './edit-words.ts'
import { type Editing, editingOf } from './editing.ts'

adoptStyle(css)

type Product = NonNullable<WebShopView['product']>

/** What takes the focus when it next appears: the form that was asked for, or what came of it. */
let wanted: 'form' | 'mark' | undefined

/** From now on the page knows of what was undone. */
export function knowEdits(page: PageState): void {
  page.editing = editingOf(page)
}

export function editWorld(page: PageState): void {
  if (isFromFile(page)) return
  knowEdits(page)
  wanted = 'form'
  editingOf(page).show(true)
}

export class RroEdit extends PageElement {
  #table = 0
  #row = 0

  protected override shows(): boolean {
    return true // what is seen of the world, too
  }

  override render(): unknown {
    const { explorer, camera } = this.page
    const { progress, task } = explorer
    const editing = editingOf(this.page)
    if (progress === undefined || task === undefined) return nothing
    void editing.look()
    const { edits } = progress
    const view = camera.sight?.view
    return html`${edits === undefined ? this.#undone(editing) : this.#mark(edits)}
      ${editing.open ? this.#form(view?.environment === 'webshop' ? view.product : undefined) : nothing}`
  }

  override updated(): void {
    const target =
      wanted === 'form' ? this.querySelector<HTMLElement>('textarea') : this.querySelector<HTMLElement>('.edited')
    if (wanted === undefined || target === null) return
    wanted = undefined
    target.focus()
  }

  #mark(edits: readonly WorldEdit[]): TemplateResult {
    const { explorer, player } = this.page
    const editing = editingOf(this.page)
    const { before } = editing
    const came = before && againWords(before.outcome, outcomeOf(explorer.events))
    return html`<div class="edited" tabindex="-1" role="group" aria-label="Edited world">
      <p><b>Not the shipped world.</b> ${edits.length === 1 ? 'One thing was' : `${edits.length} things were`} edited by hand.
        <button title=${before === undefined ? 'Back to the world as it was loaded' : 'Back to the run before'} @click=${() => this.#go(editing.undo())}>Undo</button>
        ${this.#redo(editing)}</p>
      <ul>${edits.map((edit) => html`<li>${editWords(edit)}</li>`)}</ul>
      ${came === undefined ? nothing : html`<p aria-live=${player.playing ? 'off' : 'polite'}>${came}</p>`}
    </div>`
  }

  /** The shipped world stands there again. */
  #undone(editing: Editing): TemplateResult | typeof nothing {
    if (editing.undone === undefined) return nothing
    return html`<div class="edited undone" tabindex="-1" role="group" aria-label="Undone edit"><p>The edit is undone. ${this.#redo(editing)}</p></div>`
  }

  #redo(editing: Editing): TemplateResult | typeof nothing {
    if (editing.undone === undefined) return nothing
    return html`<button title="To the edited world again" @click=${() => this.#go(editing.redo())}>Redo</button>`
  }

  /** The button that was pressed is gone: the focus goes to what says where one is. */
  async #go(going: Promise<void>): Promise<void> {
    await going
    wanted = 'mark'
    this.requestUpdate()
  }

  #form(product: Product | undefined): TemplateResult {
    const { task, progress } = this.page.explorer
    const editing = editingOf(this.page)
    const sql = progress?.info.config.environment === 'intercode-sql'
    return html`<form class="edit" aria-label="Edit this world" autocomplete="off" @submit=${this.#submit}>
      <p class="soft">Change what you like: the task is explored again with the same settings and the same random draws.</p>
      <label>${sql ? 'Question' : 'Instruction'}
        <textarea name="instruction" rows="3" maxlength=${LONGEST_EDIT} .defaultValue=${task?.instruction ?? ''}></textarea></label>
      ${sql ? this.#rows(editing.tables) : product === undefined ? html`<p class="soft">To edit a product, first pick a step that stands on its page.</p>` : productFields(product)}
      <p class="soft">${sql ? 'The gold query is asked of the edited rows.' : 'The search index is built anew. The reward keeps to what was wanted at first, but for a price limit in the instruction.'}</p>
      <p class="buttons"><button class="go" ?disabled=${editing.busy}>Explore again</button>
        <button type="button" @click=${() => editing.show(false)}>Cancel</button></p>
    </form>`
  }

  #rows(tables: readonly EditableTable[] | undefined): TemplateResult {
    if (tables === undefined) return html`<p class="soft">Asking for the tables…</p>`
    const table = tables[this.#table] ?? tables[0]
    const row = table?.rows[this.#row] ?? table?.rows[0]
    if (table === undefined) return html`<p class="soft">This task has no table.</p>`
    const choose = (what: 'table' | 'row') => (event: Event) => {
      if (what === 'table') this.#table = Number(enteredIn(event))
      this.#row = what === 'row' ? Number(enteredIn(event)) : 0
      this.requestUpdate()
    }
    const name = (cells: readonly (string | null)[]): string =>
      cells
        .slice(0, 3)
        .map((cell) => cell ?? 'NULL')
        .join(', ')
        .slice(0, 60)
    return html`<label>Table
        <select @change=${choose('table')}>${tables.map((one, i) => html`<option value=${i} ?selected=${one === table}>${one.name}, ${one.total} rows</option>`)}</select></label>
      ${
        row === undefined
          ? html`<p class="soft">It has no row.</p>`
          : html`<label>Row <select @change=${choose('row')}>${table.rows.map((cells, i) => html`<option value=${i} ?selected=${cells === row}>${i + 1}: ${name(cells)}</option>`)}</select></label>
            <div class="cells">${table.columns.map(
              ({ name, type, fixed }, i) => html`<label>${name} <small>${type}${fixed ? ', a key' : ''}</small>
              <input name="cell" data-at=${i} maxlength=${LONGEST_EDIT} placeholder=${row[i] === null ? 'NULL' : ''} ?disabled=${fixed} .value=${row[i] ?? ''} /></label>`,
            )}</div>`
      }`
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const edits = this.#edits(form)
    if (edits.length === 0) this.page.notices.tell('Nothing was changed: edit something first.')
    else void this.#apply(edits)
  }

  async #apply(edits: readonly WorldEdit[]): Promise<void> {
    if (!(await editingOf(this.page).apply(edits))) return
    wanted = 'mark'
    this.requestUpdate()
  }

  /** What stands otherwise in the form than in the world. */
  #edits(form: HTMLFormElement): WorldEdit[] {
    const { explorer, camera } = this.page
    const { task, progress } = explorer
    const edits: WorldEdit[] = []
    const instruction = form.querySelector('textarea')?.value.trim() ?? ''
    if (task !== undefined && instruction !== task.instruction)
      edits.push({ kind: 'instruction', task: task.taskId, from: task.instruction, to: instruction })
    const view = camera.sight?.view
    const product = view?.environment === 'webshop' ? view.product : undefined
    for (const input of form.querySelectorAll('input')) {
      const to = input.value.trim()
      const { name } = input
      if (product !== undefined && name === 'title' && to !== product.title)
        edits.push({ kind: 'title', asin: product.asin, from: product.title, to })
      if (product !== undefined && name === 'price' && to !== dollars(product.price))
        edits.push({ kind: 'price', asin: product.asin, from: product.price, to: priceTag(to) })
      const { option, from } = input.dataset
      if (product !== undefined && option !== undefined && from !== undefined && to !== from)
        edits.push({ kind: 'option', asin: product.asin, name: option, from, to })
    }
    if (progress?.info.config.environment === 'intercode-sql') edits.push(...this.#cells(form))
    return edits
  }

  #cells(form: HTMLFormElement): WorldEdit[] {
    const table = editingOf(this.page).tables?.[this.#table]
    const row = table?.rows[this.#row]
    if (table === undefined || row === undefined) return []
    return [...form.querySelectorAll<HTMLInputElement>('[name="cell"]')].flatMap((input): WorldEdit | [] => {
      const at = Number(input.dataset.at)
      const from = row[at] ?? null
      if (input.disabled || input.value === (from ?? '')) return []
      const place = {
        database: table.database,
        table: table.name,
        row: this.#row,
        column: table.columns[at]?.name ?? '',
      }
      return { kind: 'cell', ...place, from, to: input.value }
    })
  }
}

function productFields(product: Product): TemplateResult {
  return html`<fieldset>
    <legend>Product ${product.asin}</legend>
    <label>Title <input name="title" maxlength=${LONGEST_EDIT} .value=${product.title} /></label>
    <label>Price in dollars <input name="price" inputmode="decimal" maxlength="20" .value=${dollars(product.price)} /></label>
    ${product.options.map(
      ({
        name,
        values,
      }) => html`<div role="group" aria-label="Option ${name}" class="values"><span class="what">${name}</span>
        ${values.map((value) => html`<input aria-label="${name}, now ${value}" data-option=${name} data-from=${value} maxlength="100" .value=${value} />`)}</div>`,
    )}
  </fieldset>`
}

/** `$56.95` as it is typed. */
function dollars(tag: string): string {
  return tag.replace(/^\$/, '')
}

/** As the shop writes it; what is no number is said to be none by the lab. */
function priceTag(typed: string): string {
  const price = Number(typed.replace(/^\$/, ''))
  if (typed === '' || !Number.isFinite(price)) return typed
  return `$${Number.isInteger(price) ? price.toFixed(1) : price}`
}

customElements.define('rro-edit', RroEdit)
