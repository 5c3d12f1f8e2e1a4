/** An arm's sign, as lists and tables have it beside its name: line, dash and symbol. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Arm } from '../../../core/comparison/comparison.ts'
import { armColour, armSign } from './arm-signs.ts'
import { symbolPath } from './symbols.ts'

export function armKey(arm: Arm | undefined): TemplateResult | typeof nothing {
  if (arm === undefined) return nothing
  const { symbol, dash, hollow } = armSign(arm)
  const colour = armColour(arm)
  return html`<svg class="arm-key" viewBox="0 0 34 14" width="34" height="14" aria-hidden="true">
    <path d="M1 7H33" fill="none" stroke=${colour} stroke-width="1.6" stroke-dasharray=${dash} />
    <path d=${symbolPath(symbol, 4.6)} transform="translate(17,7)" fill=${hollow ? 'var(--panel)' : colour} stroke=${colour} stroke-width="1.3" />
  </svg>`
}
