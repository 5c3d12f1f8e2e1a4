/**
 * Two runs side by side: two arms of the comparison on the same task, seed and start policy, one above the other, with one
 * playhead by budget spent. At every moment both show what they had for that many policy calls.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Arm } from '../../../core/comparison/comparison.ts'
import { leastReward } from '../../explore/path/reward-axis.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { heldFocus } from '../../parts/held-focus.ts'
import { icon } from '../../parts/icons.ts'
import { keptByPage } from '../../parts/kept-by-page.ts'
import { PageElement } from '../../parts/page-element.ts'
import { SPEEDS } from '../../state/playhead.ts'
import { actionWords } from '../../words/action-words.ts'
import { countText, rewardText } from '../../words/format.ts'
import { armNames } from '../arms/arm-words.ts'
import { standingOf, totalCalls } from './budget.ts'
import { duelCurve } from './duel-curve.ts'
import { DuelState, fighters, PLACES, type PlaceOf } from './duel-state.ts'
import { laneOf } from './lane.ts'
import '../../explore/path/rro-path.ts'
import { enteredIn } from '../../parts/fields.ts'
import '../trial-style.ts'
import css from './duel.css?inline'
import { sideColour } from './side-colour.ts'

adoptStyle(css)

const stateOf = keptByPage((page) => new DuelState(page))

const SIDES = ['A', 'B'] as const
const OWN_KEYS = 'input:not([type="range"]), select, textarea, dialog[open], [role="tablist"]'
const PRESSED_BY_KEYS = 'button, summary, a[href], label'

export class RroDuel extends PageElement {
  static override properties = { ...PageElement.properties, own: { attribute: false } }
  /** Another duel than that of the comparison being set up. */
  declare own: DuelState | undefined
  #withCards = false
  /** At either end there is no further way. */
  readonly #focus = heldFocus(this, [
    ['.choices', ['.choices button:last-of-type']],
    ['.keys-row', ['.keys-row .play']],
  ])

  get #state(): DuelState {
    return this.own ?? stateOf(this.page)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('keydown', this.#pressed)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('keydown', this.#pressed)
    this.#state.halt()
  }

  /** As in Explore: Space plays, arrows go from one event to the next, Home and End to the ends. */
  readonly #pressed = (event: KeyboardEvent): void => {
    const target = event.target instanceof Element ? event.target : document.body
    const elsewhere = !this.contains(target) && !target.contains(this)
    if (elsewhere || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (target.closest(OWN_KEYS) !== null || document.querySelector('dialog[open]') !== null) return
    const state = this.#state
    const moves: Record<string, () => void> = {
      ' ': () => state.toggle(),
      ArrowRight: () => state.stride(1),
      ArrowLeft: () => state.stride(-1),
      Home: () => this.#take(0),
      End: () => this.#take(state.total),
    }
    const move = moves[event.key]
    if (move === undefined || (event.key === ' ' && (event.repeat || target.closest(PRESSED_BY_KEYS) !== null))) return
    event.preventDefault()
    move()
  }

  override willUpdate(): void {
    this.#state.follow()
    this.#focus.before()
  }

  override updated(): void {
    this.#focus.after()
  }

  override render(): unknown {
    const state = this.#state
    const { draft } = state
    if (fighters(draft).length === 0)
      return html`<p class="trial duel">Add a method that explores to the comparison to watch it here.</p>`
    const { failure, asking, sides } = state
    return html`<section class="trial duel" aria-label="Two runs side by side" aria-busy=${asking}>
      ${this.#choices(state)}
      <p class="instruction">${state.shown(0)?.task?.instruction ?? ''}</p>
      <p class="status" role="status">${asking ? 'Both are exploring the task…' : ''}</p>
      ${failure === undefined ? nothing : html`<p class="why" role="alert">${failure.message}</p>`}
      ${sides === undefined ? nothing : html`${this.#transport(state)}${PLACES.map((place) => this.#lane(state, place))}${this.#numbers(state)}${this.#cards(state)}`}
    </section>`
  }

  get #names(): readonly string[] {
    return armNames(this.#state.comparison?.arms ?? this.#state.draft.arms)
  }

  #choices(state: DuelState): TemplateResult {
    const { draft, seed, task } = state
    const names = armNames(draft.arms)
    return html`<form class="choices" @submit=${(event: Event) => event.preventDefault()}>
      ${PLACES.map(
        (place) => html`<label>${SIDES[place]}, method
        <select name=${`arm-${SIDES[place]}`} @change=${(event: Event) => state.choose(place, Number(enteredIn(event)))}>
          ${fighters(draft).map((arm) => html`<option value=${arm} ?selected=${arm === state.arms[place]}>${names[arm]}</option>`)}
        </select></label>`,
      )}
      <label>Seed <input name="duel-seed" inputmode="numeric" autocomplete="off" .value=${String(seed)} @change=${(event: Event) => state.turnTo(Number(enteredIn(event)), task)} /></label>
      <label>Task <input name="duel-task" type="number" min="1" step="1" .value=${String(task + 1)} @change=${(event: Event) => state.turnTo(seed, Number(enteredIn(event)) - 1)} /></label>
      <button type="button" aria-label="Previous task" ?disabled=${task === 0} @click=${() => state.turnTo(seed, task - 1)}>${icon('task-back')}</button>
      <button type="button" aria-label="Next task" @click=${() => state.turnTo(seed, task + 1)}>${icon('task-forward')}</button>
    </form>`
  }

  #transport(state: DuelState): TemplateResult {
    const { sides, budget, total, playing, speed, arms } = state
    const names = arms.map((arm) => this.#names[arm] ?? '')
    const standings = PLACES.map((place) => state.shown(place)?.task).map((task) => task && standingOf(task))
    const words = standings.map(
      (standing, i) => `${SIDES[i]} ${standing?.reward === undefined ? 'no step yet' : rewardText(standing.reward)}`,
    )
    return html`<div class="clock">
      ${duelCurve(
        sides ?? [],
        arms.map((arm) => this.#armOf(state, arm)),
        names,
        budget,
        leastReward((sides ?? []).flatMap(({ events }) => events)),
      )}
      <input type="range" min="0" max=${total} step="1" aria-label="Policy calls spent" .value=${String(budget)}
        aria-valuetext=${`${budget} of ${total} policy calls: ${words.join(', ')}`} @input=${(event: Event) => this.#take(Number(enteredIn(event)))} />
      <div class="keys-row" role="group" aria-label="Playhead of both">
        <button aria-label="Back one event" title="Back one event (←)" ?disabled=${budget === 0} @click=${() => state.stride(-1)}>‹ event</button>
        <button class="play" aria-label=${playing ? 'Pause playing' : 'Play both'} title="Play or pause (Space)" ?disabled=${total === 0} @click=${() => state.toggle()}>${icon(playing ? 'pause' : 'play')}</button>
        <button aria-label="Forward one event" title="Forward one event (→)" ?disabled=${budget >= total} @click=${() => state.stride(1)}>event ›</button>
        <label>Speed <select name="duel-speed" @change=${(event: Event) => state.setSpeed(Number(enteredIn(event)))}>${SPEEDS.map((choice) => html`<option value=${choice} ?selected=${choice === speed}>${choice}×</option>`)}</select></label>
        <p><b>${countText(budget)}</b> of ${countText(total)} policy calls</p>
      </div>
    </div>`
  }

  #numbers(state: DuelState): TemplateResult {
    return html`<div class="scrolled" tabindex="0" role="region" aria-label="Both in numbers"><table>
      <caption class="hidden">What both have after ${state.budget} policy calls</caption>
      <thead><tr><th scope="col"><span class="hidden">method</span></th><th scope="col" class="num">reward so far</th><th scope="col" class="num">steps</th><th scope="col" class="num">candidates</th><th scope="col" class="num">rollouts</th><th scope="col" class="num">policy calls</th><th scope="col" class="num">pairs</th><th scope="col"><span class="hidden">state</span></th></tr></thead>
      <tbody>${PLACES.map((place) => {
        const shown = state.shown(place)
        if (shown?.task === undefined) return nothing
        const { reward, steps, cost, pairs, finished } = standingOf(shown.task)
        return html`<tr><th scope="row">${this.#sign(state, place)} ${this.#names[state.arms[place]]}</th>
          <td class="num"><b>${reward === undefined ? '–' : rewardText(reward)}</b></td><td class="num">${steps}</td>
          <td class="num">${countText(cost.candidates)}</td><td class="num">${countText(cost.rollouts)}</td><td class="num">${countText(cost.policyCalls)}</td><td class="num">${countText(pairs)}</td>
          <td>${finished ? html`done after ${countText(totalCalls(shown.side))}: ${endWords(shown.task)}` : 'at work'}</td></tr>`
      })}</tbody>
    </table></div>`
  }

  #armOf({ comparison, draft }: DuelState, arm: number): Arm | undefined {
    return (comparison ?? draft).arms[arm]
  }

  #sign(state: DuelState, place: PlaceOf): TemplateResult {
    return html`<span class="side" .style=${`border-color:${sideColour(this.#armOf(state, state.arms[place]))}`}>${SIDES[place]}</span>`
  }

  #lane(state: DuelState, place: PlaceOf): TemplateResult {
    const shown = state.shown(place)
    if (shown === undefined) return html``
    const { side, selection, task } = shown
    const step = selection && task?.steps[selection.step - 1]
    const candidate = selection && step?.candidates[selection.candidate - 1]
    const action = candidate?.proposed.action
    const name = `${SIDES[place]}: ${this.#names[state.arms[place]]}`
    const colour = sideColour(this.#armOf(state, state.arms[place]))
    const pick = (picked: NonNullable<typeof selection>): void => state.pick(place, picked)
    const events = state.sides?.flatMap((one) => one.events) ?? []
    return html`<p class="lane-head">${this.#sign(state, place)} <b>${this.#names[state.arms[place]]}</b> <span class="picked soft">${action === undefined ? 'no step yet' : html`step ${selection?.step}: <code>${actionWords(action)}</code>${candidate?.scored === undefined ? '' : ` ${rewardText(candidate.scored.reward)}`}`}</span></p>
      ${laneOf({ ...{ side, name, colour, selection, pick }, total: state.total, budget: state.budget, least: leastReward(events) })}`
  }

  /** The same two runs as Explore shows them, for who wants to look closely. */
  #cards(state: DuelState): TemplateResult {
    const turned = (event: Event): void => {
      if (!(event.target instanceof HTMLDetailsElement)) return
      this.#withCards = event.target.open
      this.requestUpdate()
    }
    return html`<details class="cards" @toggle=${turned}><summary>With all cards and rollouts, as in Explore</summary>${this.#withCards ? PLACES.map((place) => this.#path(state, place)) : nothing}</details>`
  }

  #path(state: DuelState, place: PlaceOf): TemplateResult {
    const shown = state.shown(place)
    if (shown === undefined) return html``
    const { side, config, count, task, selection } = shown
    const source = {
      ...{ config, events: side.events, count, task, selection },
      name: `Cards of ${SIDES[place]}: ${this.#names[state.arms[place]]}`,
      pick: (picked: NonNullable<typeof selection>) => state.pick(place, picked),
    }
    return html`<rro-path class="pane" .page=${this.page} .source=${source}></rro-path>`
  }

  /** A motion by hand: what moved by itself stops doing so. */
  #take(budget: number): void {
    this.#state.halt()
    this.#state.moveTo(budget)
  }
}

function endWords({ finished }: { readonly finished: { readonly end: string } | undefined }): string {
  const words: Record<string, string> = {
    done: 'the episode ended',
    'step-limit': 'the step limit came first',
    'no-rise': 'none rose',
    'no-difference': 'all rollouts earned the same',
    'no-expert': 'no expert has shown this task',
    group: 'the whole group has played',
    'file-end': 'the file goes no further',
  }
  return words[finished?.end ?? ''] ?? ''
}

customElements.define('rro-duel', RroDuel)
