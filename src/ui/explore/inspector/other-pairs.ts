/** Pairs that are no pairs of a step's candidates: at states off the path (recycled RRO), and of whole trajectories (ETO). */
import { html, nothing, type TemplateResult } from 'lit'
import type { BranchPairMade, Preferred } from '../../../core/log/events.ts'
import type { TaskState } from '../../../core/log/fold-task.ts'
import { actionWords } from '../../words/action-words.ts'
import { plural, rewardText, termText } from '../../words/format.ts'
import { trajectoryWords } from '../verdict/verdict.ts'

/** A step of a long task can have hundreds. */
const MOST_SHOWN = 40

/** Those where rollouts left the path at this step, the weightiest first. */
export function branchPairList(task: TaskState, step: number): TemplateResult | typeof nothing {
  const all = branchPairsOf(task, step)
  if (all.length === 0) return nothing
  return html`<details class="other-pairs">
    <summary>${plural(all.length, 'more pair')} where rollouts from here parted</summary>
    ${all.slice(0, MOST_SHOWN).map(
      ({ after, chosen, rejected, weight }) => html`<dl class="pair">
        <div><dt>after</dt><dd>${after.map(({ action }, i) => html`${i === 0 ? '' : ' → '}<code>${actionWords(action)}</code>`)}</dd></div>
        <div><dt>chosen</dt><dd>${preferred(chosen)}</dd></div>
        <div><dt>rejected</dt><dd>${preferred(rejected)}</dd></div>
        <div><dt>weight</dt><dd>${termText(weight)}</dd></div>
      </dl>`,
    )}
    ${all.length > MOST_SHOWN ? html`<p class="soft">And ${all.length - MOST_SHOWN} that weigh less; an export has all of them.</p>` : nothing}
  </details>`
}

export function branchPairsOf({ branchPairs }: TaskState, step: number): BranchPairMade[] {
  return branchPairs.filter((pair) => pair.step === step).sort((a, b) => b.weight - a.weight)
}

function preferred({ action, reward, rollouts }: Preferred): TemplateResult {
  return html`<code>${actionWords(action)}</code> <b>${rewardText(reward)}</b> <span class="soft">in ${plural(rollouts, 'rollout')}</span>`
}

/** The whole trajectories of the agent and of the expert beside each other, as what was done. */
export function trajectoryPair(task: TaskState): TemplateResult | typeof nothing {
  const { trajectoryPair: pair, steps } = task
  if (pair === undefined) return nothing
  const agents = steps.flatMap(({ candidates }) => candidates[0]?.proposed.action ?? [])
  const experts = pair.expert.map(({ action }) => action)
  const rows = [
    [pair.chosen, pair.chosen === 'expert' ? experts : agents],
    [pair.chosen === 'expert' ? 'agent' : 'expert', pair.chosen === 'expert' ? agents : experts],
  ] as const
  return html`<h4>The pair that came of the task</h4>
    <p>${trajectoryWords(task)}</p>
    <dl class="pair">${rows.map(
      ([who, actions], i) => html`<div>
        <dt>${i === 0 ? 'chosen' : 'rejected'}</dt>
        <dd>the ${who}’s <ol class="turns">${actions.map((action) => html`<li><code>${actionWords(action)}</code></li>`)}</ol></dd>
      </div>`,
    )}</dl>`
}
