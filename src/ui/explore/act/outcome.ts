/** What came of a task in which the visitor acted: their reward beside the agent's, the pairs, and where to go from there. */
import { html, nothing, type TemplateResult } from 'lit'
import { pairRewards, type TaskState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import type { AgentAverage } from '../../../worker/protocol/lab-api.ts'
import { runCommand } from '../../state/commands.ts'
import type { PageState } from '../../state/page-state.ts'
import { actionWords } from '../../words/action-words.ts'
import { plural, rewardText } from '../../words/format.ts'
import { actHere } from './act-here.ts'
import { againstWords } from './act-words.ts'

/** @param average how the embedded agent fares in the task; undefined until it is known */
export function outcome(
  page: PageState,
  task: TaskState,
  config: RunConfig,
  average: AgentAverage | undefined,
): TemplateResult {
  const { explorer } = page
  const reward = task.finished?.reward ?? 0
  const pairs = task.steps.flatMap((step) => step.pairs.map((pair) => ({ step, pair })))
  const action = (step: TaskState['steps'][number], number: number) =>
    actionWords(step.candidates[number - 1]?.proposed.action ?? '')
  return html`<section class="result-card" aria-label="What came of it" aria-live="polite">
    <p class="score">Your reward <b>${rewardText(reward)}</b>${task.finished?.end === 'step-limit' ? ', for the step limit came first' : ''}</p>
    <p>${againstWords(reward, average)}</p>
    <details>
      <summary>${pairs.length === 0 ? 'No pairs came of it' : `${plural(pairs.length, 'pair')} came of it`}</summary>
      ${pairs.length === 0 ? html`<p class="soft">A pair needs two candidates of a step with different rewards.</p>` : html`<p class="soft">They can be exported like any others. The embedded agent itself learns only from actions that it might take.</p>`}
      ${pairs.map(({ step, pair }) => {
        const rewards = pairRewards(step, pair)
        return html`<dl class="pair">
          <div><dt>chosen</dt><dd><code>${action(step, pair.chosen)}</code> <b>${rewardText(rewards?.chosen ?? 0)}</b></dd></div>
          <div><dt>rejected</dt><dd><code>${action(step, pair.rejected)}</code> <b>${rewardText(rewards?.rejected ?? 0)}</b></dd></div>
        </dl>`
      })}
    </details>
    <p class="buttons">
      ${explorer.atRunEnd ? html`<button @click=${() => void actHere(page)}>Act once more</button>` : html`<button class="go" @click=${() => runCommand(page, 'taskForward')}>Next task</button>`}
      <button @click=${() => void watchAgent(page, config)}>Watch the agent do it</button>
      ${wayBack(page)}
    </p>
  </section>`
}

function wayBack(page: PageState): TemplateResult | typeof nothing {
  const place = page.opener.cameFrom
  const run = place && page.library.runs.find(({ id }) => id === place.runId)
  if (run === undefined || place === undefined) return nothing
  return html`<button @click=${() => runCommand(page, 'stopActing')}>Back to “${run.name}”</button>`
}

async function watchAgent(page: PageState, config: RunConfig): Promise<void> {
  const firstTask = config.firstTask + page.explorer.playhead.task
  await page.opener.startFresh({ ...config, policy: 'linear', tasks: 1, firstTask })
}
