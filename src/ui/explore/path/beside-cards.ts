/** Where what belongs to a card stands beside it: the line down to its rollouts, and the question about it. */
import { html, type TemplateResult } from 'lit'
import type { Selection } from '../../state/selection.ts'
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
