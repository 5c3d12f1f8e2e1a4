/** What this page shows in three sentences, and every key. */
import { html, nothing } from 'lit'
import { METHODS } from '../../core/settings/settings.ts'
import { adoptStyle } from '../parts/adopt-style.ts'
import { PageDialog } from '../parts/page-dialog.ts'
import { METHOD_ABOUT } from '../settings/setting-explanations.ts'
import { COMMANDS, type Command, isHidden, keyText } from '../state/commands.ts'
import { GLOSSARY, type Meaning, PAPER } from '../words/glossary.ts'
import css from './help.css?inline'

adoptStyle(css)

export class RroHelp extends PageDialog {
  readonly dialogName = 'help'
  readonly heading = 'Help: the words and the keys'

  override content(): unknown {
    return html`
      <p>
        <a href=${PAPER.address} target="_blank" rel="noreferrer">Reward Rising Optimization (the paper, arXiv 2505.20737)</a>:
        at each step the agent draws candidate actions one at a time. Each is scored by letting the agent finish the episode
        m times; the mean outcome is its process reward. The first that rises over the step before is kept, the lower ones
        become the rejected halves of preference pairs.
      </p>
      <details class="glossary">
        <summary>The words, each explained</summary>
        <dl>${Object.entries(GLOSSARY).map(
          ([term, { means, source }]: [string, Meaning]) => html`<div>
            <dt>${term}</dt>
            <dd>${means} ${source === undefined ? nothing : html`<a href=${source.address} target="_blank" rel="noreferrer">${source.name}</a>`}</dd>
          </div>`,
        )}</dl>
      </details>
      <details>
        <summary>The other methods</summary>
        <ul class="methods">
          ${METHODS.filter((method) => method !== 'rro').map((method) => html`<li>${METHOD_ABOUT[method]}</li>`)}
        </ul>
      </details>
      <dl class="keys">
        ${(Object.values(COMMANDS) as readonly Command[])
          .filter((command) => !isHidden(this.page, command))
          .map(
            ({ label, keys }) => html`<div>
            <dt>${label}</dt>
            <dd>${keys.map((key) => html`<kbd>${keyText(key)}</kbd> `)}</dd>
          </div>`,
          )}
      </dl>
      <p class="soft">
        In the text tree: arrows move, Home and End go to its ends, Enter selects.
        Made with the work of others: <a href="licences.txt">their licences</a>.
      </p>
    `
  }
}

customElements.define('rro-help', RroHelp)
