/** The third workspace: on one side what is told and asked, on the other the parts of the page that it is told with. */
import { html, nothing, type TemplateResult } from 'lit'
import '../compare/arms/arm-colours.ts'
import '../explore/inspector/rro-inspector.ts'
import '../explore/knobs/rro-knobs.ts'
import '../explore/path/rro-path.ts'
import '../explore/world/rro-world.ts'
import { adoptStyle } from '../parts/adopt-style.ts'
import { copyLink } from '../parts/copy-link.ts'
import { PageElement } from '../parts/page-element.ts'
import type { Ask, Chapter, Part } from './chapter.ts'
import { priceDuel } from './chapters/price.ts'
import { CHAPTERS } from './chapters.ts'
import css from './learn.css?inline'
import { formatLearnHash } from './learn-hash.ts'
import { type Lesson, lessonOf } from './lesson.ts'
import type { Scene } from './scene.ts'

adoptStyle(css)

/** Parts whose code is fetched with their chapter; the others are Explore's. */
const FETCHED: Partial<Record<Part, () => Promise<unknown>>> = {
  duel: () => import('../compare/duel/rro-duel.ts'),
  training: () => import('./rro-lesson-training.ts'),
  contest: () => import('../compare/results/rro-results.ts'),
  theory: () => import('../compare/theory/rro-theory.ts'),
  spoken: () => import('./rro-lesson-spoken.ts'),
  probabilities: () => import('./rro-lesson-spoken.ts'),
  moved: () => import('./rro-lesson-spoken.ts'),
  learning: () => import('./rro-lesson-learning.ts'),
  outcome: () => import('./rro-lesson-learning.ts'),
}

/** Who has these wants the keys for themselves. */
const OWN_KEYS = 'input, select, textarea, dialog[open], [role="tablist"]'
const PRESSED_BY_KEYS = 'button, summary, a[href], label'

export class RroLearn extends PageElement {
  readonly #here = new Set<Part>(['world', 'path', 'inspector'])
  readonly #asked = new Set<Part>()
  /** The beat whose text has had the focus. */
  #read = ''
  /** The answer of the beat as it is drawn now, and whether it had one when it was last drawn. */
  #heard: unknown
  #answered = false
  /** The beat for which what it talks about was brought into view. */
  #viewed = ''

  get #lesson(): Lesson {
    return lessonOf(this.page)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('keydown', this.#pressed)
    void this.#lesson.enter()
    this.page.stands()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('keydown', this.#pressed)
    this.#lesson.leave()
  }

  /** One key goes on; those of a presenter’s remote control do, too. */
  readonly #pressed = (event: KeyboardEvent): void => {
    const target = event.target instanceof Element ? event.target : document.body
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
    if (target.closest(OWN_KEYS) !== null || document.querySelector('dialog[open]') !== null) return
    if ((event.key === ' ' || event.key === 'Enter') && target.closest(PRESSED_BY_KEYS) !== null) return
    const moves: Record<string, () => void> = {
      ...{ ' ': () => this.#lesson.goOn(), Enter: () => this.#lesson.goOn(), PageDown: () => this.#lesson.goOn() },
      ...{
        ArrowRight: () => this.#lesson.goOn(),
        ArrowLeft: () => this.#lesson.back(),
        PageUp: () => this.#lesson.back(),
      },
    }
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    move()
  }

  override willUpdate(): void {
    this.#lesson.read(this.page.address.hashes.learn)
    this.#heard = this.#lesson.heard
    for (const part of [...this.#parts, ...this.#whole])
      if (!this.#here.has(part) && !this.#asked.has(part)) this.#fetch(part)
  }

  #fetch(part: Part): void {
    this.#asked.add(part)
    FETCHED[part]?.().then(
      () => {
        this.#here.add(part)
        this.requestUpdate()
      },
      () => {
        this.#asked.delete(part)
        this.page.notices.fail(
          'A part of this chapter could not be fetched. Check the connection, then open the chapter again.',
        )
      },
    )
  }

  override render(): unknown {
    const lesson = this.#lesson
    const { chapter, scene, failure } = lesson
    return html`<div class="learn">
      <section class="narration" aria-label="Learn">
        ${this.#contents(lesson)}
        <article class="beat" tabindex="-1" aria-labelledby="beat-title">
          <h2 id="beat-title">${chapter.title} <small>${lesson.at + 1} of ${chapter.beats.length}</small></h2>
          ${lesson.foreign ? this.#foreign(lesson) : nothing}
          ${failure === undefined ? (scene === undefined ? html`<p role="status">Opening the example…</p>` : this.#beat(lesson, scene)) : html`<p role="alert">${failure}</p>`}
        </article>
        ${this.#onward(lesson)}
      </section>
      <div class="stage parts-${this.#parts.length}" role="group" aria-label="The example">${scene === undefined ? nothing : this.#parts.map((part) => (this.#here.has(part) ? this.#part(part, scene) : html`<p role="status">Fetching…</p>`))}</div>
    </div>`
  }

  get #parts(): readonly Part[] {
    const { beat, scene } = this.#lesson
    const open = scene === undefined || (scene.said === undefined && !scene.shown)
    return (open ? beat.before : undefined) ?? this.#whole
  }

  /** Also those that come with the answer. */
  get #whole(): readonly Part[] {
    return this.#lesson.beat.parts ?? this.#lesson.chapter.parts
  }

  #contents({ chapter, done }: Lesson): TemplateResult {
    const { page } = this
    const link = ({ name, title }: Chapter, index: number) => {
      const words = `Chapter ${index + 1}: ${title}${done.includes(name) ? ', done' : ''}`
      return html`<li><a href=${page.address.within(formatLearnHash(name))} title=${title} class=${done.includes(name) ? 'done' : ''}
        aria-current=${name === chapter.name ? 'step' : nothing}><span aria-hidden="true">${index + 1}</span><span class="hidden">${words}</span></a></li>`
    }
    return html`<nav class="contents" aria-label="Chapters">
      <ol>${CHAPTERS.map(link)}</ol>
      <button title="Copy a link to this chapter" @click=${() => copyLink(page, formatLearnHash(chapter.name))}>Copy link</button>
    </nav>`
  }

  #foreign(lesson: Lesson): TemplateResult {
    return html`<p class="foreign" role="alert">Learn is told with the shop that ships with the page, and new runs use your files
      now: nothing of it can be drawn or trained anew. <button @click=${() => lesson.takeShipped()}>Use the shipped shop</button></p>`
  }

  #beat({ beat }: Lesson, scene: Scene): TemplateResult {
    return html`<div class="tell">${beat.tell(scene)}</div>
      ${beat.ask === undefined ? nothing : this.#ask(beat.ask, scene)}
      <div class="heard" role="status">${this.#heard || nothing}</div>`
  }

  #ask({ words, choices }: Ask, scene: Scene): TemplateResult {
    return html`<div class="ask" role="group" aria-label="Your turn">
      <p><b>${words(scene)}</b></p>
      ${choices?.(scene).map(({ value, words }) => html`<button class="answer" aria-pressed=${scene.said === value} @click=${() => this.#lesson.say(value)}>${words}</button>`)}
    </div>`
  }

  #onward(lesson: Lesson): TemplateResult {
    const { next, isLastBeat, scene, at, chapter } = lesson
    const asked = this.#waits(lesson)
    const words = asked ? 'Show me' : isLastBeat ? onwardWords(next) : 'Go on'
    const first = at === 0 && chapter === CHAPTERS[0]
    return html`<div class="learn-keys">
      <button ?disabled=${first} title="Back (←)" @click=${() => lesson.back()}>Back</button>
      <button class="go" ?disabled=${scene === undefined || (isLastBeat && next === undefined && !asked)} title="${words} (Space)" @click=${() => lesson.goOn()}>${words}</button>
    </div>`
  }

  /** Whether the visitor is asked for something that they have not done yet. */
  #waits({ beat, scene }: Lesson): boolean {
    return beat.ask !== undefined && this.#heard === undefined && scene?.shown === false
  }

  #part(part: Part, scene: Scene): TemplateResult {
    const { page } = this
    switch (part) {
      case 'world':
        return html`<rro-world class="pane" .page=${page} .unsaid=${this.#lesson.beat.unsaid && this.#waits(this.#lesson)}></rro-world>`
      case 'path':
        return html`<rro-path class="pane" .page=${page}></rro-path>`
      case 'inspector':
        return html`<rro-inspector class="pane" .page=${page}></rro-inspector>`
      case 'duel':
        return html`<rro-duel class="part" .page=${page} .own=${priceDuel(scene)}></rro-duel>`
      case 'training':
        return html`<rro-lesson-training class="part" .page=${page} .scene=${scene}></rro-lesson-training>`
      case 'contest':
        return html`<rro-results class="part" .page=${page}></rro-results>`
      case 'theory':
        return html`<rro-theory class="part" .page=${page}></rro-theory>`
      case 'spoken':
      case 'probabilities':
      case 'moved':
        return html`<rro-lesson-spoken class="part" .page=${page} .whole=${part === 'probabilities'} .judged=${part === 'moved'}></rro-lesson-spoken>`
      case 'learning':
      case 'outcome':
        return html`<rro-lesson-learning class="part" .page=${page} .judged=${part === 'outcome'}></rro-lesson-learning>`
    }
  }

  /**
   * What is told next is read next: the focus goes there, for whoever does not see it change; and from an answer that was
   * pressed to the way on.
   */
  override updated(): void {
    const answered = Boolean(this.#heard)
    if (answered && !this.#answered) {
      if (this.querySelector('.answer:focus') !== null) this.querySelector<HTMLElement>('.learn-keys .go')?.focus()
      this.querySelector('.heard')?.scrollIntoView({ block: 'nearest' })
    }
    this.#answered = answered
    const { chapter, at, scene } = this.#lesson
    const now = scene === undefined ? '' : `${chapter.name} ${at}`
    if (now === '') return
    if (now !== this.#viewed) requestAnimationFrame(() => this.#bringIntoView(now)) // the parts draw themselves after this
    if (now === this.#read) return
    const first = this.#read === ''
    this.#read = now
    const beat = this.querySelector<HTMLElement>('.beat')
    beat?.scrollTo(0, 0)
    if (!first) beat?.focus({ preventScroll: true })
  }

  /** Where the parts stand beside the text; on a phone they come after it, and the text is read first. */
  #bringIntoView(now: string): void {
    const { view } = this.#lesson.beat
    if (view === undefined || now === this.#viewed || matchMedia('(max-width: 720px)').matches) return
    const target = this.querySelector(`.stage ${view}`)
    if (target === null) return
    this.#viewed = now
    target.scrollIntoView({ block: 'start' })
  }
}

function onwardWords(next: Chapter | undefined): string {
  return next === undefined ? 'The end' : `Next: ${next.title}`
}

customElements.define('rro-learn', RroLearn)
