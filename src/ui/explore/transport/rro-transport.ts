/** The transport at the bottom: motions by event, phase, step and task, play, speed, the scrubber, and the run at full speed. */
import { html, nothing, type TemplateResult } from 'lit'
import { phaseOf } from '../../../core/log/strides.ts'
import { type IconName, icon } from '../../parts/icons.ts'
import { PageElement } from '../../parts/page-element.ts'
import { COMMANDS, type Command, type CommandName, keyText, runCommand } from '../../state/commands.ts'
import { SPEEDS } from '../../state/playhead.ts'
import { countText } from '../../words/format.ts'
import { phaseLegend } from './phase-legend.ts'
import { openingLine, runLine } from './run-words.ts'

/** On the button, and told of it: two buttons pause. */
const PLAY_WORDS = {
  play: { word: 'Play', name: 'Play' },
  pause: { word: 'Pause', name: 'Pause playing' },
  replay: { word: 'Replay', name: 'Replay this task' },
} as const

export class RroTransport extends PageElement {
  protected override readonly framesLater = 1

  override render(): unknown {
    const { page } = this
    const { player, explorer } = page
    const now = explorer.events[explorer.playhead.count - 1]
    return html`<footer class="transport" aria-label="Transport">
      <div class="run-line">${this.#runLine()} ${phaseLegend(now && phaseOf(now))}</div>
      ${/* It comes with what stands around the path. */ customElements.get('rro-scrubber') === undefined ? html`<div class="scrubber-room"></div>` : html`<rro-scrubber .page=${page}></rro-scrubber>`}
      <div class="keys-row" role="group" aria-label="Playhead">
        ${this.#button('taskBack', '', 'task-back')}
        ${this.#button('stepBack', '‹ step', undefined, 'wide-only')} ${this.#button('phaseBack', '‹ phase')}
        ${this.#button('eventBack', '‹ event', undefined, 'wide-only')}
        ${this.#play()}
        ${this.#button('eventForward', 'event ›', undefined, 'wide-only')} ${this.#button('phaseForward', 'phase ›')}
        ${this.#button('stepForward', 'step ›')} ${this.#button('taskForward', '', 'task-forward')}
      </div>
      <label class="speed"><span class="what">Speed</span>
        <select name="speed" aria-label="Speed" @change=${this.#speed}>
          ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === player.speed}>${speed}×</option>`)}
        </select>
      </label>
      <div class="run-all">
        ${
          player.runningAll || explorer.running
            ? html`${
                explorer.running
                  ? html`<button @click=${() => player.pauseAll()} title="Pause (r)">${icon('pause')} <span>Pause</span></button>`
                  : html`<button @click=${() => player.runAll()} title="Go on at full speed (r)">${icon('run-all')} <span>Go on</span></button>`
              }
              <button @click=${() => player.stopAll()} title="Stop here and keep the run">${icon('stop')} <span>Stop</span></button>`
            : html`<button ?disabled=${!COMMANDS.runAll.can(page)} title="Run all tasks at full speed (r)" @click=${() => runCommand(page, 'runAll')}>
                ${icon('run-all')} <span>Run all</span>
              </button>`
        }
      </div>
    </footer>`
  }

  #runLine(): TemplateResult {
    const { page } = this
    const { progress } = page.explorer
    if (page.opener.none && progress === undefined)
      return html`<p>There is no recorded run here. Start a fresh one above.</p> ${this.#resumption()}`
    const { library, storage } = page
    if (progress === undefined)
      return html`<p class="soft">${storage?.state === 'opening' ? `Opening the browser’s storage, ${storage.mostMs / 1000} s at most…` : openingLine(library)}</p>`
    const { info } = progress
    const line = runLine(progress, page.player.runningAll, page.storage)
    return html`
      <p>${line}</p>
      ${page.player.runningAll || page.explorer.running ? html`<progress max=${info.config.tasks} value=${info.tasksFinished} aria-label="Tasks done"></progress>` : nothing}
      ${page.explorer.running && !page.explorer.following ? html`<button @click=${this.#follow}>Follow the newest task</button>` : nothing}
      ${info.origin === 'shipped' ? this.#resumption() : nothing}
    `
  }

  /** What was left unfinished in an earlier visit is one press away. */
  #resumption(): unknown {
    const { library } = this.page
    const run = library.runs.find(({ origin, finished }) => origin !== 'shipped' && !finished)
    if (run === undefined) return nothing
    const done = `${countText(run.tasksFinished)} of ${countText(run.config.tasks)} tasks`
    return html`<button title=${`${run.name}: ${done}`} @click=${() => this.page.opener.open(run.id)}>Resume your last run</button>`
  }

  #play(): TemplateResult {
    const { next } = this.page.player
    const { word, name } = PLAY_WORDS[next]
    return html`<button class="play" aria-label=${name} title="${name} (Space)" ?disabled=${!COMMANDS.play.can(this.page)}
      @click=${() => runCommand(this.page, 'play')}>${icon(next)} <span>${word}</span></button>`
  }

  #button(name: CommandName, text: string, picture?: IconName, extra = ''): TemplateResult {
    const command: Command = COMMANDS[name]
    return html`<button class=${extra} aria-label=${command.label} title="${command.label} (${keyText(command.keys[0] ?? '')})"
      ?disabled=${!command.can(this.page)} @click=${() => runCommand(this.page, name)}>${picture === undefined ? text : icon(picture)}</button>`
  }

  #follow(): void {
    this.page.explorer.following = true
    this.page.changes.say()
  }

  #speed(event: Event): void {
    const value = Number((event.target as HTMLSelectElement).value)
    this.page.player.speed = SPEEDS.find((speed) => speed === value) ?? 1
  }
}

customElements.define('rro-transport', RroTransport)
