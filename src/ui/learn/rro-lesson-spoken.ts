/** The selected action token by token, as the model wrote it; on demand what else might have stood there, and what the one trained in Learn makes of it. */
import { html, nothing } from 'lit'
import '../explore/inspector/rro-spoken.ts'
import { PageElement } from '../parts/page-element.ts'
import { candidateAt } from '../state/selection.ts'
import { actionWords } from '../words/action-words.ts'
import { modelLessonOf } from './model-lesson.ts'

export class RroLessonSpoken extends PageElement {
  static override properties = { ...PageElement.properties, judged: { type: Boolean }, whole: { type: Boolean } }
  declare judged: boolean
  declare whole: boolean

  override render(): unknown {
    const { task, selection } = this.page.explorer
    const lesson = modelLessonOf(this.page)
    const candidate = lesson.here && task && selection && candidateAt(task, selection)
    return html`<section class="pane" aria-label="What it wrote">
      <h2>What it wrote${this.judged && lesson.judge !== undefined ? html` <small>before and after training</small>` : nothing}</h2>
      ${
        candidate && selection
          ? html`<div class="inside">
              <p class="soft">Its task: ${task.instruction}</p>
              <h3>Step ${selection.step}, candidate ${selection.candidate}</h3>
              <p class="its-action"><code>${actionWords(candidate.proposed.action)}</code></p>
              <rro-spoken .page=${this.page} .step=${selection.step} .candidate=${selection.candidate}
                .whole=${this.whole} .judge=${this.judged ? lesson.judge : undefined}></rro-spoken>
            </div>`
          : nothing
      }
    </section>`
  }
}

customElements.define('rro-lesson-spoken', RroLessonSpoken)
