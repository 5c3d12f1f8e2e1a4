/** The policy in one state before and after training: a bar for each action that it may take there. */
import { html, nothing, type TemplateResult } from 'lit'
import { adoptStyle } from '../parts/adopt-style.ts'
import { PageElement } from '../parts/page-element.ts'
import { actionWords } from '../words/action-words.ts'
import css from './lesson-training.css?inline'
import type { Scene } from './scene.ts'
import { type Shift, trainingLessonOf } from './training-lesson.ts'

adoptStyle(css)

/** Actions that are shown one by one. */
const MOST_SHOWN = 12

const PHASES = {
  reading: 'Reading the pairs',
  before: 'Judging it before',
  trying: 'Trying',
  fitting: 'Training',
  after: 'Judging it after',
}

export class RroLessonTraining extends PageElement {
  static override properties = { ...PageElement.properties, scene: { attribute: false } }
  declare scene: Scene

  override render(): unknown {
    const { training, shifts } = trainingLessonOf(this.page)
    const { progress } = training
    const { rising } = this.scene.example
    const pairs = rising.step.pairs
    const actionOf = (number: number | undefined) => rising.step.candidates[(number ?? 0) - 1]?.proposed.action
    const chosen = actionOf(pairs[0]?.chosen)
    const rejected = new Set(pairs.map((pair) => actionOf(pair.rejected)))
    const named = (action: string) => action === chosen || rejected.has(action)
    const shown = shifts.filter(({ action }, index) => index < MOST_SHOWN || named(action))
    return html`<section class="pane lesson-training" aria-label="The policy in this state">
      <h2>The policy in this state <small>probability of each next action</small></h2>
      ${progress === undefined ? nothing : html`<p role="status">${PHASES[progress.phase]}… <progress max="1" value=${progress.share}></progress></p>`}
      <div class="scrolled" tabindex="0" role="region" aria-label="Probabilities, as a table"><table>
        <thead><tr><th scope="col">next action</th><th scope="col">in a pair</th><th scope="col" class="num">before</th><th scope="col" class="num">after</th><th scope="col"><span class="hidden">picture</span></th></tr></thead>
        <tbody>${shown.map((shift) => row(shift, shift.action === chosen ? 'chosen' : rejected.has(shift.action) ? 'rejected' : ''))}</tbody>
      </table></div>
      ${shown.length < shifts.length ? html`<p class="soft">And ${shifts.length - shown.length} less likely ones.</p>` : nothing}
    </section>`
  }
}

function row({ action, before, after }: Shift, role: string): TemplateResult {
  const words = actionWords(action)
  return html`<tr class=${role}>
    <th scope="row"><code title=${words}>${words}</code></th><td>${role}</td>
    <td class="num">${share(before)}</td><td class="num">${after === undefined ? '' : share(after)}</td>
    <td class="picture" aria-hidden="true"><meter class="before" max="1" value=${before}></meter>${after === undefined ? nothing : html`<meter class="after" max="1" value=${after}></meter>`}</td>
  </tr>`
}

function share(probability: number): string {
  return `${(100 * probability).toFixed(1)} %`
}

customElements.define('rro-lesson-training', RroLessonTraining)
