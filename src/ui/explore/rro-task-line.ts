/** The task under the playhead: which of how many, its whole instruction, the ways back from it, its reward so far; and the strip of all tasks. */
import { html, nothing } from 'lit'
import { PageElement } from '../parts/page-element.ts'
import { isActing } from '../state/acting.ts'
import { COMMANDS, type CommandName, keyText, runCommand } from '../state/commands.ts'
import { countText, rewardText } from '../words/format.ts'
import { openingLine } from './transport/run-words.ts'

export class RroTaskLine extends PageElement {
  protected override readonly framesLater = 1

  override render(): unknown {
    const { explorer, library, opener } = this.page
    const { task, progress } = explorer
    const untold = opener.none ? 'There is no run yet. Start a fresh one.' : openingLine(library)
    const total = explorer.totalTasks
    return html`<section class="task-line" aria-label="Task">
      <h2>Task <b>${total === 0 ? '–' : countText(explorer.playhead.task + 1)}</b>${total === 0 ? '' : ` of ${countText(total)}`}</h2>
      <p class="instruction">${task?.instruction ?? (progress === undefined ? untold : 'The first task has not begun.')}</p>
      <div class="so-far">
        ${isActing(explorer) ? this.#way('stopActing') : nothing}
        ${opener.example === undefined ? nothing : this.#way('example')}
        <p>${this.#reward()}</p>
      </div>
      ${/* It comes with what stands around the path. */ customElements.get('rro-task-strip') === undefined ? html`<div class="strip-room"></div>` : html`<rro-task-strip .page=${this.page}></rro-task-strip>`}
    </section>`
  }

  #way(name: CommandName): unknown {
    const { label, keys } = COMMANDS[name]
    return html`<button title="${label} (${keyText(keys[0])})" @click=${() => runCommand(this.page, name)}>${label}</button>`
  }

  #reward(): unknown {
    const { task } = this.page.explorer
    if (task?.finished !== undefined)
      return html`<span class="what">reward</span> <b>${rewardText(task.finished.reward)}</b>`
    const decided = task?.steps.findLast((step) => step.decided !== undefined)
    const scored = decided?.candidates[(decided.decided?.continued ?? 1) - 1]?.scored
    return html`<span class="what">reward so far</span> <b>${scored === undefined ? '–' : rewardText(scored.reward)}</b>`
  }
}

customElements.define('rro-task-line', RroTaskLine)
