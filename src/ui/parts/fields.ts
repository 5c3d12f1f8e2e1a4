/** Fields that change what stands beside them at once: a choice, a slider. */
import { html, type TemplateResult } from 'lit'

export function select(
  name: string,
  choices: readonly (readonly [string, string])[],
  chosen: string,
  changed: (event: Event) => void,
): TemplateResult {
  return html`<select name=${name} @change=${changed}>
    ${choices.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
  </select>`
}

export function slider(
  label: string,
  value: number,
  least: number,
  most: number,
  step: number,
  change: (value: number) => void,
): TemplateResult {
  return html`<label class="slider">${label} <b>${step < 1 ? value.toFixed(2) : value}</b>
    <input type="range" min=${least} max=${most} step=${step} .value=${String(value)} @input=${(event: Event) => change(Number(enteredIn(event)))} />
  </label>`
}

export function enteredIn(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value // only on these
}
