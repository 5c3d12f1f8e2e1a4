/** What is under way of a training, what was left of one, and what came of the last. */
import { html, nothing, type TemplateResult } from 'lit'
import type { AgentScore, Interval, TrainedAgent, UnfinishedTraining } from '../../worker/protocol/lab-api.ts'
import { adoptStyle } from '../parts/adopt-style.ts'
import type { PageState } from '../state/page-state.ts'
import { ENVIRONMENT_WORDS } from '../words/environment-words.ts'
import { countText, durationText, plural, rewardText, signedText } from '../words/format.ts'
import { momentText } from '../words/sizes-and-times.ts'
import { chooseAgent, isChosen } from './agent-actions.ts'
import type { AgentTraining } from './agent-training.ts'
import { changeText, intervalText, PHASE_WORDS, phaseInSentence, verdictOf } from './agent-words.ts'
import css from './agents.css?inline'
import { learningPicture } from './learning-picture.ts'

adoptStyle(css)

/** What is under way, and what came of the last one. @param judged whether what it earns before and after is told */
export function trainingState(page: PageState, state: AgentTraining, judged = true): TemplateResult {
  const { progress, unfinished, result } = state
  return html`<div class="training">
    ${progress === undefined ? nothing : underWay(state, progress)}
    ${progress !== undefined || unfinished === undefined ? nothing : left(state, unfinished)}
    <div aria-live="polite">${result === undefined ? nothing : judged ? resultOf(page, result) : result.learning && learningPicture(result.learning)}</div>
  </div>`
}

function underWay(
  state: AgentTraining,
  { phase, share, secondsLeft, learning }: NonNullable<AgentTraining['progress']>,
): TemplateResult {
  const rate = phase === 'fitting' ? learning?.tokensPerSecond : undefined
  const end = secondsLeft === undefined ? '' : `about ${durationText(secondsLeft)} left in this part`
  const words = [
    rate === undefined
      ? ''
      : `${countText(Math.round(rate))} tokens a second${learning?.computed?.by === 'webgpu' ? ' by WebGPU' : ''}`,
    end,
  ].filter((part) => part !== '')
  return html`<div class="under-way"><label><span aria-live="polite">${state.pausing ? 'Pausing' : PHASE_WORDS[phase]}</span> <progress max="1" .value=${share}></progress></label>
      <span class="soft">${words.join(', ')}</span>
      ${state.lasting ? html`<button ?disabled=${state.pausing} @click=${() => state.pause()}>Pause</button>` : nothing}
      <button @click=${() => state.stop()}>Stop</button></div>
    ${learning === undefined ? nothing : learningPicture(learning)}`
}

/** One that was paused, or broken off. */
function left(
  state: AgentTraining,
  { name, environment, phase, share, savedAtMs, learning }: UnfinishedTraining,
): TemplateResult {
  return html`<section class="outcome" aria-label="A training that is not finished">
    <p><b>${name}</b> (${ENVIRONMENT_WORDS[environment]}) is not finished: ${phaseInSentence(phase)}, ${Math.round(100 * share)} % done, saved ${momentText(savedAtMs)}.</p>
    ${learning === undefined || learning.tokens === 0 ? nothing : learningPicture(learning)}
    <p><button class="go" @click=${() => state.resume()}>Go on with it</button> <button @click=${() => state.discard()}>Discard</button></p>
  </section>`
}

function resultOf(page: PageState, result: TrainedAgent): TemplateResult {
  const { agent, compared, after, learning } = result
  const rewards = (words: string, of: 'sampled' | 'greedy') =>
    compared === undefined
      ? row(words, intervalText(after[of]))
      : row(
          words,
          intervalText(compared.before[of]),
          intervalText(after[of]),
          changeText(compared.gain[of] satisfies Interval),
        )
  const share = (words: string, of: keyof AgentScore & `${string}Success`) =>
    compared === undefined
      ? row(words, rewardText(after[of]))
      : row(words, rewardText(compared.before[of]), rewardText(after[of]), signedText(after[of] - compared.before[of]))
  const chosen = isChosen(page, agent)
  return html`<section class="outcome" aria-label="What came of it">
    <p><b>${agent.name}</b>: ${verdictOf(result)}</p>
    <div class="scroll"><table>
      <caption>On ${plural(after.tasks, 'dev task')}, with 95 % intervals over tasks</caption>
      <thead><tr><td></td>${compared === undefined ? nothing : html`<th scope="col">Before</th>`}<th scope="col">After</th>${compared === undefined ? nothing : html`<th scope="col">Change</th>`}</tr></thead>
      <tbody>
        ${rewards('Reward, sampled', 'sampled')} ${rewards('Reward, greedy', 'greedy')}
        ${share('Success, sampled', 'sampledSuccess')} ${share('Success, greedy', 'greedySuccess')}
      </tbody>
    </table></div>
    ${learning === undefined ? nothing : learningPicture(learning)}
    <button class="go" ?disabled=${chosen} @click=${() => chooseAgent(page, agent)}>${chosen ? 'The next run has it' : 'Use it for the next run'}</button>
  </section>`
}

function row(words: string, ...cells: readonly string[]): TemplateResult {
  return html`<tr><th scope="row">${words}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`
}
