/** The rising path: steps from left to right, candidates as cards in the order drawn, the reward curve under them. */
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit'
import type { RunEvent } from '../../../core/log/events.ts'
import type { StepState, TaskState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import { PageElement } from '../../parts/page-element.ts'
import { word } from '../../parts/word.ts'
import { isSame, type Selection } from '../../state/selection.ts'
import { rewardText } from '../../words/format.ts'
import { riseLabel } from '../verdict/rise-words.ts'
import { endWords, knowsVerdicts, trajectoryWords } from '../verdict/verdict.ts'
import { candidateCard } from './candidate-card.ts'
import { keepInView } from './keep-in-view.ts'
import { CARD, cardHeight, curveHeight, hasEnd, layoutPath, type PathLayout } from './path-layout.ts'
import { type Least, leastReward } from './reward-axis.ts'
import { rewardCurve } from './reward-curve.ts'

/** What the path shows: by default the open run up to its playhead. */
export interface PathSource {
  /** The heading; `The rising path` when left out. */
  readonly name?: string
  readonly config: RunConfig | undefined
  /** Pixels of height for the reward curve; by default what the window has room for. */
  readonly curve?: number
  /** All that are known of the task. */
  readonly events: readonly RunEvent[]
  /** How many of them are shown, folded. */
  readonly count: number
  readonly task: TaskState | undefined
  readonly selection: Selection | undefined
  pick(selection: Selection): void
}

export class RroPath extends PageElement {
  static override properties = { ...PageElement.properties, source: { attribute: false } }
  /** Another task than the one under the playhead; it is always shown as cards. */
  declare source: PathSource | undefined
  #seen = ''
  #marked = false
  /** Whether the code of the text tree is here: it is fetched when the tree is first asked for. */
  #hasTree = false
  /** Whether the words of other methods than RRO are on their way. */
  #asked = false
  /** Whether what finds out which actions were none is on its way. */
  #idleAsked = false
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
    const { config } = this.#shown
    if (config !== undefined && !knowsVerdicts(config.method) && !this.#asked) this.#learn()
    if (this.source === undefined && config !== undefined && config.policy !== 'linear') this.#findIdle()
    if (!this.#textual || this.#hasTree) return
    const failed = (): void => {
      if (this.page.view.textual) this.page.view.toggle('textual')
      this.page.notices.fail('The text tree could not be fetched. Check the connection and try again.')
    }
    import('./rro-tree.ts').then(() => {
      this.#hasTree = true
      this.requestUpdate()
    }, failed)
  }

  /** Whoever else shows the run waits for the same words. */
  #learn(): void {
    this.#asked = true
    import('../verdict/method-verdicts.ts').then(
      () => this.page.changes.say(),
      () => {
        this.page.notices.fail(
          'The words for this method could not be fetched. Check the connection and reload the page.',
        )
      },
    )
  }

  #findIdle(): void {
    if (this.#idleAsked) return
    this.#idleAsked = true
    import('../act/idle-actions.ts').then(
      ({ idleActionsOf }) => {
        this.page.idle = idleActionsOf(this.page)
        this.page.changes.say()
      },
      () => {}, // without it the page is as it was
    )
  }

  get #textual(): boolean {
    return this.source === undefined && this.page.view.textual
  }

  get #shown(): PathSource {
    const { explorer } = this.page
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
    const heading =
      this.source === undefined ? html`<span>The ${word('rise', 'rising')} path</span> ${this.#views()}` : name
    return html`<section aria-label=${name}>
      <h2>${heading}</h2>
      ${
        task === undefined || selection === undefined
          ? html`<div class="scroller blank"></div>`
          : this.#textual
            ? this.#hasTree
              ? html`<rro-tree .page=${this.page}></rro-tree>`
              : html`<div class="scroller blank"></div>`
            : this.#cards(task, selection)
      }
    </section>`
  }

  #views(): TemplateResult {
    const { page } = this
    return html`<span class="views" role="group" aria-label="Show the path as">
      <button aria-pressed=${!page.view.textual} @click=${() => page.view.textual && page.view.toggle('textual')}>Cards</button>
      <button aria-pressed=${page.view.textual} @click=${() => !page.view.textual && page.view.toggle('textual')}>Text</button>
    </span>`
  }

  #cards(task: TaskState, selection: Selection): TemplateResult {
    const { config } = this.#shown
    if (config === undefined) return html``
    const card = this.#cardHeight()
    const least = leastReward(this.#shown.events)
    const layout = layoutPath(task, card, least)
    return html`<div class="scroller">
      <div class="canvas ${card === CARD.tall ? 'tall' : ''}" .style=${`width:${layout.width}px;min-height:${layout.height}px`}>
        ${riseLines(layout)}
        <ol class="steps">${task.steps.map((step) => this.#step(task, step, least, selection, config))}${pathEnd(task)}</ol>
      </div>
      ${config.method === 'eto' ? nothing : rewardCurve(task, layout.width, this.#shown.curve ?? curveHeight(innerWidth, innerHeight), least, selection, this.#shown.pick)}
    </div>`
  }

  #cardHeight(): number {
    return cardHeight(this.#shown.config?.environment ?? 'webshop')
  }

  #step(task: TaskState, step: StepState, least: Least, selection: Selection, config: RunConfig): TemplateResult {
    return html`<li class="step">
      <h3>Step ${step.step} ${config.method === 'eto' ? nothing : html`<span class="soft">${step.step === 1 && this.source === undefined ? word('bar') : 'bar'} ${rewardText(step.bar)}</span>`}</h3>
      <ol>${step.candidates.map((_, index) => {
        const at = { step: step.step, candidate: index + 1 }
        const idle = this.source === undefined ? this.page.idle?.of(task, at) : undefined
        const around = { config, least, selected: isSame(at, selection), idle, pick: () => this.#shown.pick(at) }
        return html`<li>${candidateCard(step, index + 1, around)}</li>`
      })}</ol>
      ${this.source === undefined ? this.page.tries?.cards(step, config, least) : nothing}
    </li>`
  }

  override updated(): void {
    const { task, count, selection } = this.#shown
    if (task === undefined || selection === undefined || this.#textual) return
    const scroller = this.querySelector('.scroller')
    const seen = JSON.stringify([task.task, count, selection])
    if (scroller !== null && seen !== this.#seen) {
      this.#seen = seen
      keepInView(scroller, selection, this.#cardHeight(), hasEnd(task) && selection.step === task.steps.length)
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

/** What there is to say after the last step: an end that is not the episode's own, a pair of whole trajectories. */
function pathEnd(task: TaskState): TemplateResult | typeof nothing {
  const words = [endWords(task), trajectoryWords(task)].filter((sentence) => sentence !== '')
  if (words.length === 0) return nothing
  return html`<li class="step end"><h3>End</h3>${words.map((sentence) => html`<p>${sentence}</p>`)}</li>`
}

function riseLines({ width, height, lines }: PathLayout): TemplateResult {
  return html`<svg class="lines" width=${width} height=${height} aria-hidden="true">
    ${lines.map(
      ({ from, to, next, rise }) => svg`
        ${next && svg`<path class="onward" d=${`M${to[0]} ${to[1]}C${to[0] + 12} ${to[1]} ${next[0] - 12} ${next[1]} ${next[0]} ${next[1]}`} />`}
        ${rise === undefined ? nothing : riseLine(from, to, rise)}`,
    )}
  </svg>`
}

function riseLine(from: readonly [number, number], to: readonly [number, number], rise: number): SVGTemplateResult {
  return svg`<path class="rise" d=${`M${from[0]} ${from[1]}L${to[0]} ${to[1]}`} />
    <circle class="rise-end" cx=${to[0]} cy=${to[1]} r="3" />
    <text x=${from[0] + 25} y=${Math.min(from[1], to[1]) - 8}>${riseLabel(rise)}</text>`
}

customElements.define('rro-path', RroPath)
