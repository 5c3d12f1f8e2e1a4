/** How the page is looked at: which dialog and which menu are open, and the path as cards or as text. */
import type { Changes } from './changes.ts'

export type DialogName = 'settings' | 'runs' | 'agents' | 'model' | 'help' | 'link'

export class View {
  dialog: DialogName | undefined
  /** What the dialog of that name shows. */
  link = ''
  /** Whether the path stands there as a text tree. */
  textual = false
  /** Whether the visitor is asked if they want to act in the task that stands there. */
  asking = false
  /** Whether the export menu is open. */
  exporting = false
  readonly #changes: Changes

  constructor(changes: Changes) {
    this.#changes = changes
  }

  /** @param dialog undefined for none */
  show(dialog: DialogName | undefined): void {
    this.dialog = dialog
    this.#changes.say()
  }

  /** Asks whether the visitor wants to act, or asks no longer. */
  ask(asking: boolean): void {
    this.asking = asking
    this.#changes.say()
  }

  toggle(what: 'textual' | 'exporting'): void {
    this[what] = !this[what]
    this.#changes.say()
  }
}
