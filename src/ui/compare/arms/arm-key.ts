/** An arm's sign, as lists and tables have it beside its name: line, dash and symbol. */
import { html, type TemplateResult } from 'lit'
import { armSign, symbolPath } from './arm-signs.ts'

export function armKey(arm: number): TemplateResult {
  const { symbol, dash } = armSign(arm)
  const colour = `var(--arm-${arm})`
  return html`<svg class="arm-key" viewBox="0 0 34 14" width="34" height="14" aria-hidden="true">
    <path d="M1 7H33" fill="none" stroke=${colour} stroke-width="1.6" stroke-dasharray=${dash} />
    <path d=${symbolPath(symbol, 4.6)} transform="translate(17,7)" fill=${colour} />
  </svg>`
}
