/** What stands beside the cards: the line from one down to its rollouts, the question about it, the end of the task. */
import { html, nothing, type TemplateResult } from 'lit'
import type { TaskState } from '../../../core/log/fold-task.ts'
import type { Selection } from '../../state/selection.ts'
import { endWords, trajectoryWords } from '../verdict/verdict.ts'
import { cardTop, columnLeft, nodeX, type PathSizes } from './path-layout.ts'

/** The line from a card down to where its rollouts begin: out of its side, of the first step's out of its bottom. */
export function stemOf({ step, candidate }: Selection, sizes: PathSizes): { left: number; top: number; width: number } {
  const left = nodeX(step - 1, sizes)
  if (step === 1) return { left, top: cardTop(candidate, sizes) + sizes.card.height, width: 0 }
  return { left, top: cardTop(candidate, sizes) + sizes.card.height / 2, width: columnLeft(step, sizes) - left }
}

/** Where the question about a candidate stands: at its right, where the next step will be, or below it if that is out of view. */
export function questionPlace(step: number, candidate: number, sizes: PathSizes): { left: number; top: number } {
  if (sizes.columns > 1) return { left: columnLeft(step + 1, sizes), top: cardTop(candidate, sizes) }
  return { left: columnLeft(step, sizes) + 24, top: cardTop(candidate + 1, sizes) }
}

export function stem(selection: Selection, sizes: PathSizes): TemplateResult {
  const { left, top, width } = stemOf(selection, sizes)
  return html`<div class="stem ${width > 0 ? 'side' : ''}" .style=${`left:${left}px;top:${top}px;width:${width}px`}></div>`
}

/** What there is to say after the last step: an end that is not the episode's own, a pair of whole trajectories. */
export function pathEnd(task: TaskState): TemplateResult | typeof nothing {
  const words = [endWords(task), trajectoryWords(task)].filter((sentence) => sentence !== '')
  if (words.length === 0) return nothing
  return html`<li class="step end"><h3>End</h3>${words.map((sentence) => html`<p>${sentence}</p>`)}</li>`
}
