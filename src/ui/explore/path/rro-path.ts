/** The rising path: steps from left to right, candidates as cards in the order drawn, the picture of the rollouts under them. */
import { html, nothing, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import type { StepState, TaskState } from '../../../core/log/fold-task.ts'
import { type RunConfig, UNSCORED_METHODS } from '../../../core/settings/run-config.ts'
import { PageElement } from '../../parts/page-element.ts'
import { word } from '../../parts/word.ts'
import { askedNow } from '../../state/asked-now.ts'
import type { Change } from '../../state/changes.ts'
import { isSame, type Selection } from '../../state/selection.ts'
import { rewardText } from '../../words/format.ts'
import { knowsVerdicts, ruleSentence } from '../verdict/verdict.ts'
import { candidateCard } from './candidate-card.ts'
import type { Drawn } from './cards-at-once.ts'
import { type InView, PathScroller } from './keep-in-view.ts'
import type { PathCards } from './path-cards.ts'
import { hasEnd, layoutPath, type Pane, type PathSizes, pathSizes } from './path-layout.ts'
import type { PathSource } from './path-source.ts'
import { type Least, leastReward } from './reward-axis.ts'

/** What a step is drawn with. */
interface AroundStep {
  readonly task: TaskState
  readonly least: Least
  readonly selection: Selection
  readonly config: RunConfig
}

export class RroPath extends PageElement {
  static override properties = { ...PageElement.properties, source: { attribute: false } }
  /** Another task than the one under the playhead; it is always shown as cards. */
  declare source: PathSource | undefined
  #seen = ''
  /** Whether a task stands there; whether a candidate of it, or its end. */
  #stands = false
  #marked = false
  #room: PathCards | undefined
  /** Whether the code of the text tree is here: it is fetched when the tree is first asked for. */
  #hasTree = false
  /** Whether the words of other methods than RRO are on their way. */
  #asked = false
  #later: typeof import('./path-later.ts') | undefined
  /** Until it has been measured, about that of a small desk. */
  #pane: Pane = { width: 700, height: 490 }
  readonly #scroller = new PathScroller(
    ({ width, height }) => {
      if (width === this.#pane.width && height === this.#pane.height) return
      this.#pane = { width, height }
      this.requestUpdate()
    },
    () => this.#flows && !this.#room?.waits && this.requestUpdate(),
  )

  protected override shows(change: Change): boolean {
    return change === 'anything' || change === 'motion'
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#scroller.take(null)
  }

  /** The first picture has a turn of its own: what has come with it is work enough for another. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.#stands && this.page.explorer.progress !== undefined) await new Promise((resolve) => setTimeout(resolve))
    await super.scheduleUpdate()
  }

  override willUpdate(): void {
    const { config } = this.#shown
    if (config !== undefined && !knowsVerdicts(config.method) && !this.#asked) this.#learn()
    if (this.source === undefined && config !== undefined && config.policy !== 'linear')
      this.#later?.findIdle(this.page)
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
    const { name = 'The rising path', task, selection, config } = this.#shown
    return html`<section aria-label=${name}>
      <div class="path-head">
        <h2>${this.source === undefined ? html`<span>The ${word('rise', 'rising')} path</span>` : name}</h2>
        <p class="rule">${config === undefined ? nothing : ruleSentence(config)}</p>
        ${task === undefined ? nothing : this.#saves(name, task)}
        ${this.source === undefined ? this.#views() : nothing}
      </div>
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

  #saves(name: string, task: TaskState): TemplateResult {
    const save = async (kind: 'svg' | 'png'): Promise<void> => {
      try {
        await (await import('./save-picture.ts')).savePicture(this.page, this.#shown, task, kind)
      } catch {
        this.page.notices.fail('The code for pictures could not be fetched. Check the connection and try again.')
      }
    }
    const button = (kind: 'svg' | 'png'): TemplateResult =>
      html`<button title="Save the path as a picture" @click=${() => void save(kind)}>${kind.toUpperCase()}<span class="hidden"> of ${name}</span></button>`
    return html`<span class="saves">${button('svg')} ${button('png')}</span>`
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
    const sizes = pathSizes(this.#pane, config.environment)
    const least = leastReward(this.#shown.events)
    const layout = layoutPath(task, sizes, least)
    const drawn = this.#drawn(task, selection, sizes)
    const { card, scale, plot } = sizes
    const style = `--card-width:${card.width}px;--card-height:${card.height}px;--scale:${scale};width:${layout.width}px;min-height:${layout.height}px`
    return html`<div class="scroller">
      <div class="canvas ${config.environment === 'intercode-sql' ? 'tall' : ''} ${this.#room?.grows ? 'grows' : ''}" .style=${style}>
        ${this.#later?.riseLines(layout)}
        <ol class="steps">${task.steps.map((step, index) => this.#step(step, drawn[index] ?? [], { task, least, selection, config }))}${this.#later?.pathEnd(task)}</ol>
        ${this.#later === undefined || UNSCORED_METHODS.includes(config.method) || plot === 0 || selection.step === 0 ? nothing : this.#later.stem(selection, sizes)}
        ${this.source === undefined ? this.#later?.question(this.page, sizes) : nothing}
      </div>
      ${UNSCORED_METHODS.includes(config.method) || plot === 0 ? nothing : html`<div class="curve" .style=${`height:${plot}px`}>${this.#later === undefined ? nothing : html`<rro-plot .page=${this.page} .shown=${{ ...this.#shown, sizes, least }}></rro-plot>`}</div>`}
    </div>`
  }

  #step(step: StepState, drawn: readonly Drawn[], around: AroundStep): TemplateResult {
    const { config, least } = around
    return html`<li class="step">
      <h3>Step ${step.step} ${UNSCORED_METHODS.includes(config.method) ? nothing : html`<span class="soft">${step.step === 1 && this.source === undefined ? word('bar') : 'bar'} ${rewardText(step.bar)}</span>`}</h3>
      <ol>${this.#candidates(step, drawn, around)}</ol>
      ${this.source === undefined ? this.page.tries?.cards(step, config, least) : nothing}
    </li>`
  }

  /** Drawn anew where something of the step has changed: most of what a run tells, and most of what is played, is elsewhere. */
  #candidates(step: StepState, drawn: readonly Drawn[], { task, least, selection, config }: AroundStep): unknown {
    const places = step.candidates.map((_, index) => ({ step: step.step, candidate: index + 1 }))
    const idle = places.map((at) => (this.source === undefined ? this.page.idle?.of(task, at) : undefined))
    const selected = places.findIndex((at) => isSame(at, selection))
    return guard([step, config, least, selected, knowsVerdicts(config.method), ...drawn, ...idle], () =>
      places.map((at, index) => {
        const pick = (): void => this.#shown.pick(at)
        const as = drawn[index]
        const told = as === 'words' ? this.#later?.cardWords(step, index + 1, config, idle[index]) : undefined
        const around = { config, least, selected: index === selected, idle: idle[index], told, pick }
        return html`<li>${as === undefined ? nothing : candidateCard(step, index + 1, around)}</li>`
      }),
    )
  }

  /** Whether tasks come and go here by themselves. */
  get #flows(): boolean {
    const { explorer } = this.page
    return this.source === undefined && explorer.following && explorer.running
  }

  /** How the cards of each step are drawn now. */
  #drawn(task: TaskState, selection: Selection, sizes: PathSizes): readonly (readonly Drawn[])[] {
    if (this.#later === undefined) return firstCards(task, selection)
    this.#room ??= new this.#later.PathCards(() => this.requestUpdate())
    const { seen, more } = this.#kept(task, selection, sizes)
    const view = (): InView =>
      seen === this.#seen ? this.#scroller.seen : this.#scroller.ahead(selection, sizes, more)
    const of = [this.page.explorer.progress?.info.id, task.task, task.taskId]
    return this.#room.take(of, task.steps, selection, sizes, this.#flows ? view() : undefined)
  }

  /** What the path is scrolled for, once each; whether something stands after the selected column. */
  #kept(task: TaskState, selection: Selection, sizes: PathSizes): { seen: string; more: boolean } {
    const asking = this.source === undefined && askedNow(this.page) !== undefined
    const last = hasEnd(task) && selection.step === task.steps.length
    const seen = JSON.stringify([task.task, this.#shown.count, selection, sizes, asking])
    return { seen, more: last || asking }
  }

  override updated(): void {
    const { task, selection, config } = this.#shown
    if (task === undefined || selection === undefined || this.#textual) return
    const scroller = this.querySelector('.scroller')
    this.#scroller.take(scroller)
    const sizes = pathSizes(this.#pane, config?.environment)
    const { seen, more } = this.#kept(task, selection, sizes)
    if (scroller !== null && seen !== this.#seen) {
      this.#seen = seen
      const keep = (): void => this.#scroller.keep(selection, sizes, more)
      // To scroll is a layout: where tasks come by themselves it is that of the frame, in another turn than their cards.
      if (this.page.explorer.following) requestAnimationFrame(keep)
      else keep()
    }
    if (this.source !== undefined) return
    if (!this.#stands) this.page.stands()
    this.#stands = true
    const begun = task.finished !== undefined || task.steps.some((step) => step.candidates.length > 0)
    if (begun && !this.#marked) requestAnimationFrame(() => performance.mark('rro:first-candidate'))
    this.#marked ||= begun
  }

  /** The rest comes when something is to be seen. */
  override firstUpdated(): void {
    this.page.painted
      .then(() => import('./path-later.ts'))
      .then(
        (later) => {
          this.#later = later
          this.requestUpdate()
        },
        () =>
          this.page.notices.fail(
            'The picture of the rollouts could not be fetched. Check the connection and reload the page.',
          ),
      )
  }
}

/** Of many, before what draws them in parts has come. */
function firstCards({ steps }: TaskState, { step }: Selection): readonly (readonly Drawn[])[] {
  const many = steps.flatMap(({ candidates }) => candidates).length > 10
  return steps.map((one) => one.candidates.map(() => (many && one.step !== step ? undefined : 'card')))
}

customElements.define('rro-path', RroPath)
