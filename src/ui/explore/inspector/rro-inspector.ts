/** Why here: the formula with the selected candidate's own numbers, its rollouts, its words, its pairs, and the cost so far. */
import { html, nothing, type TemplateResult } from 'lit'
import { type CandidateState, pairRewards, type StepState, type TaskState } from '../../../core/log/fold-task.ts'
import { type RunConfig, UNSCORED_METHODS } from '../../../core/settings/run-config.ts'
import { copyLink } from '../../parts/copy-link.ts'
import { PageElement } from '../../parts/page-element.ts'
import { word } from '../../parts/word.ts'
import type { Change } from '../../state/changes.ts'
import { COMMANDS, runCommand } from '../../state/commands.ts'
import { candidateAt, stepAt } from '../../state/selection.ts'
import { actionWords } from '../../words/action-words.ts'
import { capital, countText, rewardText, termText } from '../../words/format.ts'
import { barWords, firstBarWords, ruleWords } from '../verdict/bar-words.ts'
import { formulaNote, formulaText } from '../verdict/formula.ts'
import { equalityWords } from '../verdict/rise-words.ts'
import { endWords, verdictSentence } from '../verdict/verdict.ts'
import { rolloutList } from './rollout-list.ts'

export class RroInspector extends PageElement {
  protected override readonly framesLater = 5
  /** Fetched when a task first has such pairs: plain RRO never does. */
  #otherPairs: typeof import('./other-pairs.ts') | undefined
  #fetchedFor: string | undefined
  /** Whether a screen reader is told what comes: nothing while it plays, nor what play ends with. */
  #told = true

  protected override shows(change: Change): boolean {
    return change === 'anything' || change === 'motion'
  }

  override willUpdate(): void {
    const { task, progress } = this.page.explorer
    const hasOthers = task !== undefined && (task.branchPairs.length > 0 || task.trajectoryPair !== undefined)
    if (!hasOthers || this.#otherPairs !== undefined || this.#fetchedFor === progress?.info.id) return
    this.#fetchedFor = progress?.info.id
    import('./other-pairs.ts').then(
      (module) => {
        this.#otherPairs = module
        this.requestUpdate()
      },
      () =>
        this.page.notices.fail('The list of pairs could not be fetched. Check the connection and open the run again.'),
    )
  }

  /** What stood there when play ended is drawn before it is told of what comes. */
  override updated(): void {
    const told = !this.page.player.playing
    if (told && !this.#told) this.requestUpdate()
    this.#told = told
  }

  override render(): unknown {
    const { task, selection, progress } = this.page.explorer
    if (task === undefined || selection === undefined || progress === undefined) return this.#frame(nothing)
    const step = stepAt(task, selection)
    const candidate = candidateAt(task, selection)
    const { config } = progress.info
    const idle = candidate && this.page.idle?.of(task, selection)
    const content =
      step && candidate
        ? about(step, candidate, selection.candidate, config, idle, this.#told && !this.page.player.playing)
        : aboutStart(task, config)
    const end = endWords(task)
    const { knobs } = this.page
    return this.#frame(html`<div class="inside">
      ${knobs?.open ? html`<rro-knobs .page=${this.page}></rro-knobs>` : nothing} ${content} ${this.#asked(step, candidate, selection.candidate)} ${config.policy === 'transformer' ? this.#spoken(step, candidate, selection.candidate) : nothing} ${this.#otherPairs?.branchPairList(task, selection.step)} ${this.#otherPairs?.trajectoryPair(task)}
      ${end === '' ? nothing : html`<h4>How the task ended</h4><p>${end}</p>`} ${this.#whatIf()} ${knobs?.open ? nothing : this.#otherRule()} ${cost(task)}
    </div>`)
  }

  /** Of a language model; fetched with its first candidate. */
  #asked(
    step: StepState | undefined,
    candidate: CandidateState | undefined,
    number: number,
  ): TemplateResult | typeof nothing {
    if (step === undefined || candidate?.proposed.usage === undefined) return nothing
    if (customElements.get('rro-asked') === undefined) {
      import('../../model/rro-asked.ts').then(
        () => this.requestUpdate(),
        () => {},
      )
      return nothing
    }
    return html`<rro-asked .page=${this.page} .step=${step.step} .candidate=${number}></rro-asked>`
  }

  /** Of our own language model, once a candidate is scored: it is asked again for it; fetched with the first. */
  #spoken(
    step: StepState | undefined,
    candidate: CandidateState | undefined,
    number: number,
  ): TemplateResult | typeof nothing {
    if (step === undefined || candidate?.scored === undefined) return nothing
    if (customElements.get('rro-spoken') === undefined) {
      import('./rro-spoken.ts').then(
        () => this.requestUpdate(),
        () => {},
      )
      return nothing
    }
    return html`<rro-spoken .page=${this.page} .step=${step.step} .candidate=${number}></rro-spoken>`
  }

  #whatIf(): TemplateResult | typeof nothing {
    const { page } = this
    if (!COMMANDS.whatIf.can(page)) return nothing
    if (page.tries?.open) return html`<rro-what-if .page=${page}></rro-what-if>`
    return html`<p data-control="whatif"><button title="Score it here (w)" @click=${() => runCommand(page, 'whatIf')}>What if: an action of your own</button></p>`
  }

  #otherRule(): TemplateResult {
    const { page } = this
    return html`<p data-control="knobs"><button title="Decide this step anew (u)" @click=${() => runCommand(page, 'knobs')}>What if the rule were different</button></p>`
  }

  #frame(content: unknown): TemplateResult {
    return html`<section aria-label="Why here"><h2>Why here
      <button class="quiet" title="Copy a link that leads here: to this run, task, event and candidate" @click=${() => void copyLink(this.page)}>Copy link</button></h2>${content}</section>`
  }
}

/**
 * @param idle why the action was none; undefined where it acted
 * @param told whether a screen reader is told of the verdict
 */
function about(
  step: StepState,
  candidate: CandidateState,
  number: number,
  config: RunConfig,
  idle: string | undefined,
  told: boolean,
): TemplateResult {
  const { proposed } = candidate
  const equality = equalityWords(config, candidate, step.bar)
  return html`
    <h3>Step ${step.step}, ${word('candidate')} ${number}</h3>
    <p class="its-action"><code>${actionWords(proposed.action)}</code></p>
    ${UNSCORED_METHODS.includes(config.method) ? nothing : html`<p class="what">${word('process reward', 'Process reward')} r${proposed.done ? nothing : html`, the mean of its ${word('rollout', 'rollouts')}`}</p>`}
    <p class="formula">${formulaText(config, candidate)}</p>
    <p class="soft">${formulaNote(config, candidate)}</p>
    <p class="bar-line">${UNSCORED_METHODS.includes(config.method) ? nothing : html`${word('bar', 'Bar')} <b>${rewardText(step.bar)}</b>${barWords(config, step)}.`} ${ruleWords(config, step)}</p>
    <p class="verdict ${candidate.scored?.rises ? 'rise' : ''}" aria-live=${told ? 'polite' : 'off'}>${verdictSentence(config, step, number)}</p>
    ${idle === undefined ? nothing : html`<p class="idle"><b>${capital(idle)}.</b> The score is what the agent earns from there all the same.</p>`}
    ${equality === '' ? nothing : html`<p class="soft">${equality}</p>`}
    ${UNSCORED_METHODS.includes(config.method) ? nothing : pairs(step, number)} ${rollouts(candidate)}
    <h4>What ${WHO[proposed.source ?? 'agent'] ?? WHO.agent} said</h4>
    <pre class="said" tabindex="0">${proposed.text}</pre>
  `
}

const WHO: Partial<Record<string, string>> & { agent: string } = {
  agent: 'the agent',
  expert: 'the expert',
  you: 'you',
  file: 'the file’s agent',
}

function aboutStart(task: TaskState, config: RunConfig): TemplateResult {
  return html`<h3>The start of the task</h3>
    <p>No action yet. ${firstBarWords(config)}</p>
    ${task.valueRollouts.length === 0 ? nothing : rolloutList(task.valueRollouts)}`
}

function rollouts({ proposed, rollouts }: CandidateState): TemplateResult | typeof nothing {
  if (proposed.done || rollouts.length === 0) return nothing
  return html`<h4>Rollouts <small>the agent finishes the episode from here</small></h4>
    ${rolloutList(rollouts)}`
}

function pairs(step: StepState, number: number): TemplateResult | typeof nothing {
  if (step.decided === undefined) return nothing
  const own = step.pairs.filter((pair) => pair.chosen === number || pair.rejected === number)
  if (own.length === 0) {
    if (step.decided.reason === 'expert') return nothing // the verdict says why
    const why =
      step.pairs.length === 0
        ? 'This step made no pair: nothing lower to prefer it to.'
        : 'This candidate is in no pair.'
    return html`<p class="soft">${why}</p>`
  }
  const words = (candidate: number, reward: number | undefined) => {
    const { proposed } = step.candidates[candidate - 1] ?? {}
    return html`<code>${actionWords(proposed?.action ?? '')}</code> <b>${rewardText(reward ?? 0)}</b>`
  }
  return html`<h4>${own.length === 1 ? html`The ${word('pair')} that came of it` : html`The ${own.length} ${word('pair', 'pairs')} that came of it`}</h4>
    ${own.map((pair, i) => {
      const { chosen, rejected, weight } = pair
      const rewards = pairRewards(step, pair)
      return html`<dl class="pair">
        <div class=${chosen === number ? 'own' : ''}><dt>${i === 0 ? word('chosen') : 'chosen'}</dt><dd>${words(chosen, rewards?.chosen)}</dd></div>
        <div class=${rejected === number ? 'own' : ''}><dt>${i === 0 ? word('rejected') : 'rejected'}</dt><dd>${words(rejected, rewards?.rejected)}</dd></div>
        ${weight === undefined ? nothing : html`<div><dt>weight</dt><dd>${termText(weight)}</dd></div>`}
      </dl>`
    })}`
}

function cost({ cost }: TaskState): TemplateResult {
  return html`<h4>Cost of this task so far</h4>
    <dl class="cost">
      <div><dt>candidates</dt><dd>${countText(cost.candidates)}</dd></div>
      <div><dt>rollouts</dt><dd>${countText(cost.rollouts)}</dd></div>
      <div><dt>${word('policy call', 'policy calls')}</dt><dd>${countText(cost.policyCalls)}</dd></div>
    </dl>`
}

customElements.define('rro-inspector', RroInspector)
