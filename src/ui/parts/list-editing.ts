/** A new name or an end for one entry of a list that is shown: the form, and the question before it is gone. */
import { html, type TemplateResult } from 'lit'
import { adoptStyle } from './adopt-style.ts'
import css from './list-editing.css?inline'
import type { PageElement } from './page-element.ts'

adoptStyle(css)

interface EditedList<T> {
  /** What the entries are, in the singular. */
  readonly kind: string
  idOf(entry: T): string
  rename(entry: T, name: string): Promise<void>
  /** Undefined where that is done elsewhere, without a question. */
  remove?(entry: T): Promise<void>
}

export interface ListEditing<T> {
  rename(entry: T): void
  remove(entry: T): void
  /** In place of the entry's name; undefined unless it is being renamed. */
  form(entry: T): TemplateResult | undefined
  /** In place of the entry's buttons; undefined unless it is to be deleted. */
  question(entry: T): TemplateResult | undefined
}

export function listEditing<T extends { readonly name: string }>(
  shows: PageElement,
  list: EditedList<T>,
): ListEditing<T> {
  let renaming: string | undefined
  let removing: string | undefined

  function turn(field: string): void {
    shows.requestUpdate()
    void shows.updateComplete.then(() => {
      const found = shows.querySelector<HTMLElement>(field)
      if (found instanceof HTMLInputElement) found.select()
      else found?.focus()
    })
  }

  function rename(entry: T | undefined): void {
    renaming = entry && list.idOf(entry)
    turn('.rename input')
  }

  function remove(entry: T | undefined): void {
    removing = entry && list.idOf(entry)
    turn('.sure button:last-child')
  }

  function renamed(event: Event, entry: T): void {
    event.preventDefault()
    const name = new FormData(event.target as HTMLFormElement).get('name')
    renaming = undefined
    void list.rename(entry, String(name))
    shows.requestUpdate()
  }

  function removed(entry: T): void {
    removing = undefined
    void list.remove?.(entry)
  }

  return {
    rename,
    remove,
    form(entry) {
      if (renaming !== list.idOf(entry)) return undefined
      return html`<form class="rename" @submit=${(event: Event) => renamed(event, entry)}>
        <input name="name" aria-label="Name of the ${list.kind}" .value=${entry.name} maxlength="120" />
        <button>Save</button> <button type="button" @click=${() => rename(undefined)}>Cancel</button>
      </form>`
    },
    question(entry) {
      if (removing !== list.idOf(entry)) return undefined
      return html`<span class="sure" role="group" aria-label="Delete ${entry.name}?">Delete for good?
        <button class="danger" @click=${() => removed(entry)}>Delete</button>
        <button @click=${() => remove(undefined)}>Keep</button></span>`
    },
  }
}
