/** Episodes that were finished from one candidate: what each earned and did. */
import { html, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import type { CandidateState } from '../../../core/log/fold-task.ts'
import { actionWords } from '../../words/action-words.ts'
import { rewardText } from '../../words/format.ts'

type Rollout = CandidateState['rollouts'][number]

/** One that has come is drawn once, however many come after it. */
export function rolloutList(rollouts: readonly Rollout[]): TemplateResult {
  return html`<ol class="rollouts">${rollouts.map((rollout) => guard([rollout], () => line(rollout)))}</ol>`
}

function line({ actions, reward }: Rollout): TemplateResult {
  return html`<li>
    <b>${rewardText(reward)}</b>
    <span>${actions.length === 0 ? 'no further action' : actions.map((action, index) => html`${index === 0 ? '' : ' → '}<code>${actionWords(action)}</code>`)}</span>
  </li>`
}
