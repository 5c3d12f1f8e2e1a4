/** What the agent would do where the visitor stands, likeliest first; each can be done by a press. */
import { html, nothing, type TemplateResult } from 'lit'
import { actionWords } from '../../words/action-words.ts'
import { plural } from '../../words/format.ts'
import { percentText } from './act-words.ts'
import type { Turn } from './turn.ts'

/** How many are listed. */
const MOST_LISTED = 12

export function likelyActions(turn: Turn, act: (action: string) => void): TemplateResult {
  const { choices, looking } = turn
  const looked = (event: Event): void => {
    turn.looking = (event.target as HTMLDetailsElement).open
    turn.follow()
  }
  return html`<details class="choices" .open=${looking} @toggle=${looked}>
    <summary>What the agent would do</summary>
    ${
      choices === undefined
        ? html`<p class="soft">Asking the agent…</p>`
        : html`<ol>${choices.slice(0, MOST_LISTED).map(
            ({ action, probability }) => html`<li>
              <svg width="48" height="8" aria-hidden="true"><rect class="track" width="48" height="8" /><rect class="share" width=${48 * probability} height="8" /></svg>
              <span class="number">${percentText(probability)}</span>
              <button @click=${() => act(action)} title="Do this"><code>${actionWords(action)}</code></button>
            </li>`,
          )}</ol>
          ${choices.length > MOST_LISTED ? html`<p class="soft">and ${plural(choices.length - MOST_LISTED, 'less likely action')}</p>` : nothing}`
    }
  </details>`
}
