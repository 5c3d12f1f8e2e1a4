/** The rising path: steps from left to right, candidates as cards in the order drawn, the reward curve under them. */
import { html, nothing, svg, type TemplateResult } from 'lit'
import type { RunEvent, StepDecided } from '../core/events.ts'
import type { CandidateState, StepState, TaskState } from '../core/fold-task.ts'
import type { RunConfig } from '../core/settings.ts'
import { actionWords, twoLines } from './action-words.ts'
import { DeskElement } from './desk-element.ts'
import { estimateText, rewardText, signedText } from './format.ts'
import { rewardMeter, rolloutMarks } from './meters.ts'
import {
  CARD,
  COLUMN,
  cardHeight,
  cardTop,
  columnLeft,
  curveHeight,
  layoutPath,
  type PathLayout,
} from './path-layout.ts'
import { type Least, leastReward } from './reward-axis.ts'
import { rewardCurve } from './reward-curve.ts'
import { isSame, type Selection } from './selection.ts'
import { verdictOf } from './verdict.ts'

/** What the path shows: by default the open run up to its playhead. */
export interface PathSource {
  /** The heading; `The rising path` when left out. */
  readonly name?: string
  readonly config: RunConfig | undefined
  /** All that are known of the task. */
  readonly events: readonly RunEvent[]
  /** How many of them are shown, folded. */
  readonly count: number
  readonly task: TaskState | undefined
  readonly selection: Selection | undefined
  pick(selection: Selection): void
}

export class RroPath extends DeskElement {
  static override properties = { ...DeskElement.properties, source: { attribute: false } }
  /** Another task than the one under the playhead; it is always shown as cards. */
  declare source: PathSource | undefined
  #seen = ''
  #marked = false
  /** Whether the code of the text tree is here: it is fetched when the tree is first asked for. */
  #hasTree = false
  readonly #resized = (): void => this.requestUpdate()

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('resize', this.#resized)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('resize', this.#resized)
  }

  override willUpdate(): void {
    if (!this.#textual || this.#hasTree) return
    const failed = (): void => {
      if (this.desk.textual) this.desk.toggleText()
      this.desk.notices.fail('The text tree could not be fetched. Check the connection and try again.')
    }
    import('./rro-tree.ts').then(() => {
      this.#hasTree = true
      this.requestUpdate()
    }, failed)
  }

  get #textual(): boolean {
    return this.source === undefined && this.desk.textual
  }

  get #shown(): PathSource {
    const { explorer } = this.desk
    const { events, task, selection } = explorer
    return (
      this.source ?? {
        ...{ config: explorer.progress?.info.config, events, count: explorer.playhead.count, task, selection },
        pick: (picked) => explorer.pick(picked),
      }
    )
  }

  override render(): unknown {
    const { name = 'The rising path', task, selection } = this.#shown
    return html`<section aria-label=${name}>
      <h2>${name} ${this.source === undefined ? this.#views() : nothing}</h2>
      ${
        task === undefined || selection === undefined
          ? html`<div class="scroller blank"></div>`
          : this.#textual
            ? this.#hasTree
              ? html`<rro-tree .desk=${this.desk}></rro-tree>`
              : html`<div class="scroller blank"></div>`
            : this.#cards(task, selection)
      }
    </section>`
  }

  #views(): TemplateResult {
    const { desk } = this
    return html`<span class="views" role="group" aria-label="Show the path as">
      <button aria-pressed=${!desk.textual} @click=${() => desk.textual && desk.toggleText()}>Cards</button>
      <button aria-pressed=${desk.textual} @click=${() => !desk.textual && desk.toggleText()}>Text</button>
    </span>`
  }

  #cards(task: TaskState, selection: Selection): TemplateResult {
    const card = this.#cardHeight()
    const least = leastReward(this.#shown.events)
    const layout = layoutPath(task, card, least)
    return html`<div class="scroller">
      <div class="canvas ${card === CARD.tall ? 'tall' : ''}" .style=${`width:${layout.width}px;min-height:${layout.height}px`}>
        ${riseLines(layout)}
        <ol class="steps">${task.steps.map((step) => this.#step(step, least, selection))}</ol>
      </div>
      ${rewardCurve(task, layout.width, curveHeight(innerWidth, innerHeight), least, selection, this.#shown.pick)}
    </div>`
  }

  #cardHeight(): number {
    return cardHeight(this.#shown.config?.environment ?? 'webshop')
  }

  #step(step: StepState, least: Least, selection: Selection): TemplateResult {
    return html`<li class="step">
      <h3>Step ${step.step} <span class="soft">bar ${rewardText(step.bar)}</span></h3>
      <ol>${step.candidates.map((candidate, index) => html`<li>${this.#card(step, candidate, index + 1, least, selection)}</li>`)}</ol>
    </li>`
  }

  #card(
    step: StepState,
    candidate: CandidateState,
    number: number,
    least: Least,
    selection: Selection,
  ): TemplateResult {
    const { config } = this.#shown
    if (config === undefined) return html``
    const at = { step: step.step, candidate: number }
    const { tone, relation, consequence } = verdictOf(config, step, number)
    const { scored, proposed } = candidate
    const isChosen = step.decided?.chosen === number
    const action = actionWords(proposed.action)
    const shown = config.environment === 'intercode-sql' ? twoLines(action) : action
    const clipped = shown.includes('…')
    const role = step.decided === undefined ? '' : isChosen ? 'chosen' : 'passed'
    const value = scored === undefined ? '' : estimateText(scored.reward, scored.standardError)
    const rejected = step.pairs.some((pair) => pair.rejected === number)
    return html`<button
      class="card ${tone} ${role}" title=${action}
      aria-current=${isSame(at, selection)}
      @click=${() => this.#shown.pick(at)}>
      <span class="hidden">Step ${step.step}, candidate ${number}:${clipped ? ` ${action}` : ''}</span>
      <span class="action" aria-hidden=${clipped ? 'true' : nothing}>${shown}</span>
      <span class="evidence">
        ${proposed.done ? html`<span class="exact">episode ends</span>` : rolloutMarks(candidate, config.rollouts, 90, least)}
        <span class="value">${value}</span>
      </span>
      ${rewardMeter(candidate, step.bar, least)}
      <span class="relation"><span class="sign" aria-hidden="true">${{ rise: '▲', fall: '▽', open: '·' }[tone]}</span> ${shortRelation(proposed.done && scored !== undefined, relation)}</span>
      <span class="consequence">${isChosen ? html`<b>chosen</b>${chosenWords[step.decided?.reason ?? 'rise']}` : consequence}${rejected ? html` <span class="tag"><span class="hidden">rejected in a </span>pair</span>` : nothing}</span>
    </button>`
  }

  override updated(): void {
    const { task, count, selection } = this.#shown
    if (task === undefined || selection === undefined || this.#textual) return
    const scroller = this.querySelector('.scroller')
    const seen = JSON.stringify([task.task, count, selection])
    if (scroller !== null && seen !== this.#seen) {
      this.#seen = seen
      keepInView(scroller, selection, this.#cardHeight())
    }
    if (!this.#marked && this.source === undefined && task.steps.some((step) => step.candidates.length > 0)) {
      this.#marked = true
      requestAnimationFrame(() => {
        performance.mark('rro:first-candidate')
        document.documentElement.dataset.ready = ''
      })
    }
  }
}

const chosenWords: Readonly<Record<StepDecided['reason'], string>> = {
  ...{ rise: ', stop', 'no-rise': ', though none rose', 'best-of-k': ', the best' },
  ...{ 'most-visited': ', most visited', expert: ', the expert’s', only: '' },
}

/** On the card the exact value stands beside already. */
function shortRelation(exact: boolean, relation: string): string {
  return exact ? relation.replace(/^ends here with exactly [^,]+, /, '') : relation
}

function riseLines({ width, height, lines }: PathLayout): TemplateResult {
  return html`<svg class="lines" width=${width} height=${height} aria-hidden="true">
    ${lines.map(
      ({ from, to, next, rise }) => svg`
        ${next && svg`<path class="onward" d=${`M${to[0]} ${to[1]}C${to[0] + 12} ${to[1]} ${next[0] - 12} ${next[1]} ${next[0]} ${next[1]}`} />`}
        <path class="rise" d=${`M${from[0]} ${from[1]}L${to[0]} ${to[1]}`} />
        <circle class="rise-end" cx=${to[0]} cy=${to[1]} r="3" />
        <text x=${from[0] + 25} y=${Math.min(from[1], to[1]) - 8}>${signedText(rise)}</text>`,
    )}
  </svg>`
}

/**
 * Scrolls only when needed and at once: linked motion in several panes makes people sick. The step before, whose reward
 * is the bar, stays in view with the selected one where both fit.
 */
function keepInView(scroller: Element, { step, candidate }: Selection, card: number): void {
  const top = cardTop(Math.max(1, candidate), card)
  const curve = scroller.querySelector('.curve')?.clientHeight ?? 0
  const room = scroller.clientHeight - curve
  const end = columnLeft(Math.max(1, step)) + CARD.width + COLUMN.gap
  const before = columnLeft(Math.max(1, step - 1)) - 12
  const start = end - before <= scroller.clientWidth ? before : end - CARD.width - COLUMN.gap - 12
  if (start < scroller.scrollLeft || end > scroller.scrollLeft + scroller.clientWidth) scroller.scrollLeft = start
  if (candidate <= 1) scroller.scrollTop = 0
  else if (top + card > scroller.scrollTop + room) scroller.scrollTop = top + card + 12 - room
  else if (top < scroller.scrollTop) scroller.scrollTop = top - 12
}

customElements.define('rro-path', RroPath)
