/** The second workspace. */
import { html } from 'lit'
import { DeskElement } from '../desk-element.ts'
import { Comparer } from './comparer.ts'

export class RroCompare extends DeskElement {
  override willUpdate(): void {
    this.desk.comparer ??= new Comparer(this.desk)
  }

  override render(): unknown {
    return html`<h2>Compare</h2>`
  }
}

customElements.define('rro-compare', RroCompare)
