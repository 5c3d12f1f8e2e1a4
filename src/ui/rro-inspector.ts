/** Why here: the formula with the selected candidate's own numbers, its rollouts, its words, its pairs, and the cost so far. */
import { html, nothing, type TemplateResult } from 'lit'
import type { CandidateState, StepState, TaskState } from '../core/fold-task.ts'
import type { RunConfig } from '../core/settings.ts'
import { actionWords } from './action-words.ts'
import { DeskElement } from './desk-element.ts'
import { countText, rewardText } from './format.ts'
import { formulaNote, formulaText } from './formula.ts'
import { candidateAt, stepAt } from './selection.ts'
import { ruleWords, verdictSentence } from './verdict.ts'

export class RroInspector extends DeskElement {
  override render(): unknown {
    const { task, selection, progress } = this.desk.explorer
    if (task === undefined || selection === undefined || progress === undefined) return this.#frame(nothing)
    const step = stepAt(task, selection)
    const candidate = candidateAt(task, selection)
    const { config } = progress.info
    const content =
      step && candidate
        ? about(step, candidate, selection.candidate, config, this.desk.player.playing)
        : aboutStart(task, config)
    return this.#frame(html`<div class="inside">${content} ${cost(task)}</div>`)
  }

  #frame(content: unknown): TemplateResult {
    return html`<section aria-label="Why here"><h2>Why here</h2>${content}</section>`
  }
}

/** @param playing while it plays by itself, a screen reader is not told every event */
function about(
  step: StepState,
  candidate: CandidateState,
  number: number,
  config: RunConfig,
  playing: boolean,
): TemplateResult {
  const { proposed } = candidate
  return html`
    <h3>Step ${step.step}, candidate ${number}</h3>
    <p class="its-action"><code>${actionWords(proposed.action)}</code></p>
    <p class="formula">${formulaText(candidate)}</p>
    <p class="soft">${formulaNote(candidate)}</p>
    <p class="bar-line">Bar <b>${rewardText(step.bar)}</b>. ${ruleWords(config, step.bar)}</p>
    <p class="verdict ${candidate.scored?.rises ? 'rise' : ''}" aria-live=${playing ? 'off' : 'polite'}>${verdictSentence(config, step, number)}</p>
    ${pairs(step, number)} ${rollouts(candidate)}
    <h4>What the agent said</h4>
    <pre class="said" tabindex="0">${proposed.text}</pre>
  `
}

function aboutStart(task: TaskState, config: RunConfig): TemplateResult {
  return html`<h3>The start of the task</h3>
    <p>No action yet. ${config.firstBar === 'zero' ? 'The first bar is 0: any positive reward rises.' : 'The first bar is the value of the empty prefix: the mean of the rollouts below.'}</p>
    ${task.valueRollouts.length === 0 ? nothing : rolloutList(task.valueRollouts)}`
}

function rollouts({ proposed, rollouts }: CandidateState): TemplateResult | typeof nothing {
  if (proposed.done || rollouts.length === 0) return nothing
  return html`<h4>Rollouts <small>the agent finishes the episode from here</small></h4>
    ${rolloutList(rollouts)}`
}

function rolloutList(rollouts: CandidateState['rollouts']): TemplateResult {
  return html`<ol class="rollouts">
    ${rollouts.map(
      ({ actions, reward }) => html`<li>
        <b>${rewardText(reward)}</b>
        <span>${actions.length === 0 ? 'no further action' : actions.map((action, index) => html`${index === 0 ? '' : ' → '}<code>${actionWords(action)}</code>`)}</span>
      </li>`,
    )}
  </ol>`
}

function pairs(step: StepState, number: number): TemplateResult | typeof nothing {
  if (step.decided === undefined) return nothing
  const own = step.pairs.filter((pair) => pair.chosen === number || pair.rejected === number)
  if (own.length === 0) {
    const why =
      step.pairs.length === 0
        ? 'This step made no pair: nothing lower to prefer it to.'
        : 'This candidate is in no pair.'
    return html`<p class="soft">${why}</p>`
  }
  const words = (candidate: number) => {
    const { proposed, scored } = step.candidates[candidate - 1] ?? {}
    return html`<code>${actionWords(proposed?.action ?? '')}</code> <b>${rewardText(scored?.reward ?? 0)}</b>`
  }
  return html`<h4>${own.length === 1 ? 'The pair that came of it' : `The ${own.length} pairs that came of it`}</h4>
    ${own.map(
      ({ chosen, rejected }) => html`<dl class="pair">
        <div class=${chosen === number ? 'own' : ''}><dt>chosen</dt><dd>${words(chosen)}</dd></div>
        <div class=${rejected === number ? 'own' : ''}><dt>rejected</dt><dd>${words(rejected)}</dd></div>
      </dl>`,
    )}`
}

function cost({ cost }: TaskState): TemplateResult {
  return html`<h4>Cost of this task so far</h4>
    <dl class="cost">
      <div><dt>candidates</dt><dd>${countText(cost.candidates)}</dd></div>
      <div><dt>rollouts</dt><dd>${countText(cost.rollouts)}</dd></div>
      <div><dt>policy calls</dt><dd>${countText(cost.policyCalls)}</dd></div>
    </dl>`
}

customElements.define('rro-inspector', RroInspector)
