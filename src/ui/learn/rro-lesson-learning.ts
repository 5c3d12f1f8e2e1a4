/** The training of the tiny language model as it stands in Agents; on demand with what it earns before and after. */
import { html } from 'lit'
import { trainingState } from '../agents/training-state.ts'
import { heldFocus } from '../parts/held-focus.ts'
import { PageElement } from '../parts/page-element.ts'
import { modelLessonOf } from './model-lesson.ts'

export class RroLessonLearning extends PageElement {
  static override properties = { ...PageElement.properties, judged: { type: Boolean } }
  declare judged: boolean
  /** What was pressed of a training goes away with it. */
  readonly #focus = heldFocus(this, [['.training', ['.under-way button', '.training button']]])

  override willUpdate(): void {
    this.#focus.before()
  }

  override updated(): void {
    this.#focus.after()
  }

  override render(): unknown {
    const { training } = modelLessonOf(this.page)
    const { progress, result, unfinished } = training
    const nothingYet = progress === undefined && result === undefined && unfinished === undefined
    return html`<section class="pane" aria-label="The training">
      <h2>The training</h2>
      <div class="inside">${nothingYet ? html`<p class="soft">${this.judged ? 'Not judged since the page was opened: that is done again one beat back.' : 'Nothing is trained yet.'}</p>` : trainingState(this.page, training, this.judged)}</div>
    </section>`
  }
}

customElements.define('rro-lesson-learning', RroLessonLearning)
