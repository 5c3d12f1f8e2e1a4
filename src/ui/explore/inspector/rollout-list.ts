/** Episodes that were finished from one candidate: what each earned and did. */
import { html, type TemplateResult } from 'lit'
import type { CandidateState } from '../../../core/log/fold-task.ts'
import { actionWords } from '../../words/action-words.ts'
import { rewardText } from '../../words/format.ts'

export function rolloutList(rollouts: CandidateState['rollouts']): TemplateResult {
  return html`<ol class="rollouts">
    ${rollouts.map(
      ({ actions, reward }) => html`<li>
        <b>${rewardText(reward)}</b>
        <span>${actions.length === 0 ? 'no further action' : actions.map((action, index) => html`${index === 0 ? '' : ' → '}<code>${actionWords(action)}</code>`)}</span>
      </li>`,
    )}
  </ol>`
}
