/** Who computes the training of a small language model: to choose, and in words. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Computed, Computer } from '../../worker/protocol/lab-api.ts'
import { enteredIn } from '../parts/fields.ts'
import type { PageState } from '../state/page-state.ts'
import { countText } from '../words/format.ts'
import type { AgentTraining } from './agent-training.ts'

const WORDS: Readonly<Record<Computer, string>> = { wasm: 'WebAssembly', webgpu: 'WebGPU' }

/** Nothing where the browser has no WebGPU at all. */
export function computerField(page: PageState, state: AgentTraining): TemplateResult | typeof nothing {
  if (!('gpu' in navigator)) return nothing
  const changed = (event: Event): void => {
    const value = enteredIn(event)
    state.by = value === 'wasm' || value === 'webgpu' ? value : undefined
    page.changes.say()
  }
  return html`<label>Computed by <select name="by" @change=${changed}>
    <option value="" .selected=${state.by === undefined}>whichever is faster here</option>
    ${(['wasm', 'webgpu'] as const).map((by) => html`<option value=${by} .selected=${state.by === by}>${WORDS[by]}</option>`)}
  </select></label>`
}

/** Nothing where there was nothing to choose. */
export function computedLine({ by, begunBy, speeds, device, trouble }: Computed): string {
  if (by === 'wasm' && speeds === undefined && trouble === undefined) return ''
  const tried =
    speeds === undefined
      ? ''
      : ` (tried: WebGPU ${perSecond(speeds.webgpu)}, WebAssembly ${perSecond(speeds.wasm)} tokens a second)`
  const who = begunBy === undefined ? `Computed by ${WORDS[by]}` : `Computed by ${WORDS[begunBy]}, then by ${WORDS[by]}`
  const where = by === 'webgpu' && device !== undefined ? `, ${device}` : ''
  return `${who}${where}${tried}.${trouble === undefined ? '' : ` ${trouble}`}`
}

const perSecond = (speed: number): string => countText(Math.round(speed))
