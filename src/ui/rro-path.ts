/** The rising path: steps from left to right, candidates as cards in the order drawn, the reward curve under them. */
import { html, nothing, svg, type TemplateResult } from 'lit'
import type { StepDecided } from '../core/events.ts'
import type { CandidateState, StepState, TaskState } from '../core/fold-task.ts'
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

export class RroPath extends DeskElement {
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
    if (!this.desk.textual || this.#hasTree) return
    const failed = (): void => {
      if (this.desk.textual) this.desk.toggleText()
      this.desk.notices.fail('The text tree could not be fetched. Check the connection and try again.')
    }
    import('./rro-tree.ts').then(() => {
      this.#hasTree = true
      this.requestUpdate()
    }, failed)
  }

  override render(): unknown {
    const { desk } = this
    const { task, selection } = desk.explorer
    return html`<section aria-label="The rising path">
      <h2>
        The rising path
        <span class="views" role="group" aria-label="Show the path as">
          <button aria-pressed=${!desk.textual} @click=${() => desk.textual && desk.toggleText()}>Cards</button>
          <button aria-pressed=${desk.textual} @click=${() => !desk.textual && desk.toggleText()}>Text</button>
        </span>
      </h2>
      ${
        task === undefined || selection === undefined
          ? html`<div class="scroller blank"></div>`
          : desk.textual
            ? this.#hasTree
              ? html`<rro-tree .desk=${desk}></rro-tree>`
              : html`<div class="scroller blank"></div>`
            : this.#cards(task, selection)
      }
    </section>`
  }

  #cards(task: TaskState, selection: Selection): TemplateResult {
    const card = this.#cardHeight()
    const least = leastReward(this.desk.explorer.events)
    const layout = layoutPath(task, card, least)
    return html`<div class="scroller">
      <div class="canvas ${card === CARD.tall ? 'tall' : ''}" .style=${`width:${layout.width}px;min-height:${layout.height}px`}>
        ${riseLines(layout)}
        <ol class="steps">${task.steps.map((step) => this.#step(step, least, selection))}</ol>
      </div>
      ${rewardCurve(task, layout.width, curveHeight(innerWidth, innerHeight), least, selection, (picked) => this.desk.explorer.pick(picked))}
    </div>`
  }

  #cardHeight(): number {
    return cardHeight(this.desk.explorer.progress?.info.config.environment ?? 'webshop')
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
    const { config } = this.desk.explorer.progress?.info ?? {}
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
      @click=${() => this.desk.explorer.pick(at)}>
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
    const { task, selection, playhead } = this.desk.explorer
    if (task === undefined || selection === undefined || this.desk.textual) return
    const scroller = this.querySelector('.scroller')
    const seen = JSON.stringify([playhead, selection])
    if (scroller !== null && seen !== this.#seen) {
      this.#seen = seen
      keepInView(scroller, selection, this.#cardHeight())
    }
    if (!this.#marked && task.steps.some((step) => step.candidates.length > 0)) {
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
