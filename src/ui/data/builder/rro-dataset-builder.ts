/** Builds a data set: which runs, which rows of them, how they are written; what would come of it stands beside. */
import { html, nothing, type TemplateResult } from 'lit'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { download } from '../../parts/download.ts'
import { PageElement } from '../../parts/page-element.ts'
import { countText, plural } from '../../words/format.ts'
import { bytesText } from '../../words/sizes-and-times.ts'
import css from './builder.css?inline'
import { type Builder, builderOf } from './builder.ts'
import { filterFields, formatFields } from './choice-fields.ts'
import { commandWords } from './command-words.ts'
import { outlook } from './outlook.ts'
import { runChoice } from './run-choice.ts'

adoptStyle(css)

export class RroDatasetBuilder extends PageElement {
  #leave: (() => void) | undefined

  get #builder(): Builder {
    return builderOf(this.page)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#leave = this.#builder.stand()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#leave?.()
  }

  override willUpdate(): void {
    this.#builder.follow()
  }

  override render(): unknown {
    const builder = this.#builder
    return html`<div class="builder">
      <h2 class="hidden">Build a data set</h2>
      <form aria-label="What is written" @submit=${(event: Event) => event.preventDefault()}>
        ${runChoice(builder, this.page.library.runs)} ${formatFields(builder)} ${filterFields(builder)}
      </form>
      <section aria-label="What comes of it">
        ${this.#write(builder)} ${outlook(builder)} ${builder.order.runs.length === 0 ? nothing : this.#command(builder)}
      </section>
    </div>`
  }

  #write(builder: Builder): TemplateResult {
    const { preview, looking, order, writing, written } = builder
    const rows = looking ? undefined : preview?.summary.rows
    return html`<div class="write">
      ${
        writing === undefined
          ? html`<button type="button" class="go" ?disabled=${order.runs.length === 0 || rows === 0} @click=${() => builder.write()}>${rows === undefined || rows === 0 ? 'Write' : `Write ${plural(rows, 'row')}`}</button>`
          : html`<button type="button" @click=${() => builder.stop()}>Stop</button>
            <progress aria-label="Tasks read" max=${Math.max(1, writing.of)} .value=${writing.done}></progress>
            <span>${writing.of === 0 ? 'Writing…' : `${countText(writing.done)} of ${plural(writing.of, 'task')}`}</span>`
      }
    </div>
    ${
      written === undefined
        ? nothing
        : html`<ul class="written" aria-label="Files">${written.files.map(
            ({ file, name, lines }) => html`<li>
              <button type="button" @click=${() => download(file, name)}>Save ${name}</button>
              <span class="soft">${/\.(zip|parquet)$/.test(name) ? plural(lines, 'row') : plural(lines, 'line')}, ${bytesText(file.size)}</span>
            </li>`,
          )}</ul>
          <p class="soft">${written.files.length > 1 ? 'The first one was saved just now; the others wait for their button.' : 'It was saved just now.'}</p>`
    }`
  }

  #command({ order }: Builder): TemplateResult {
    const files = order.runs.map((_, i) => (order.runs.length === 1 ? 'run.jsonl' : `run-${i + 1}.jsonl`))
    return html`<details class="command">
      <summary>The same from a terminal</summary>
      <p class="soft">From the exported runs, in this order; the files are equal, byte for byte.</p>
      <pre tabindex="0" role="region" aria-label="Command">${commandWords(order, files)}</pre>
    </details>`
  }
}

customElements.define('rro-dataset-builder', RroDatasetBuilder)
