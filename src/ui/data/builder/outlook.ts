/** What would be written: counts, what is left out of it and why, lengths, and the first rows. */
import { html, nothing, type TemplateResult } from 'lit'
import type { DatasetOrder, DatasetPreview } from '../../../worker/protocol/lab-api.ts'
import { countText, plural, termText } from '../../words/format.ts'
import { bars } from './bars.ts'
import type { Builder } from './builder.ts'

export function outlook(builder: Builder): TemplateResult {
  const { preview, order, looking } = builder
  if (order.runs.length === 0) return html`<p class="none">Choose a run to see what would be written.</p>`
  if (preview === undefined)
    return html`<p role="status">${looking ? 'Looking into the runs…' : 'This could not be looked at.'}</p>`
  return html`<div class="outlook" aria-busy=${looking}>
    <p class="count" role="status">${countWords(preview)}</p>
    ${preview.summary.rows > 0 ? html`<p class="soft">${lengthWords(preview)}</p>` : nothing}
    ${notes(preview)}
    <div class="pictures">${pictures(builder, preview)}</div>
    ${preview.first.length === 0 ? nothing : firstRows(preview, order)}
  </div>`
}

function countWords({ summary, rows, none }: DatasetPreview): string {
  if (none !== undefined) return none
  const apart = rows.test === 0 ? '' : `: ${countText(rows.train)} to learn from, ${countText(rows.test)} kept apart`
  return `${plural(summary.rows, 'row')} of ${plural(summary.tasks, 'task')}${apart}`
}

function lengthWords({ summary: { tokens } }: DatasetPreview): string {
  const how = tokens.counted ? 'as the model’s server counted' : 'by an estimate that is rather too high'
  return `The longest row has ${countText(tokens.most)} tokens, ${how}.`
}

function notes({ notes: said, none, runs }: DatasetPreview): unknown {
  const part = runs.filter(({ tasks, of }) => tasks < of)
  const unfinished = part.map(
    ({ name, tasks, of }) => `${name}: ${countText(tasks)} of ${plural(of, 'task')}; it has not come to its end.`,
  )
  const all = [...unfinished, ...(none === undefined ? said : [])]
  return all.length === 0 ? nothing : html`<ul class="notes">${all.map((note) => html`<li>${note}</li>`)}</ul>`
}

function pictures({ formats, order }: Builder, { lengths, worth, worthOf }: DatasetPreview): unknown {
  const limit = formats.find(({ name }) => name === order.format)?.limit
  const mark = limit && { at: limit.tokens, word: `where ${limit.trainer} ends unless told otherwise` }
  return html`${bars('Rows by tokens', lengths, countText, mark)}
    ${worthOf === undefined ? nothing : bars(worthOf === 'gap' ? 'Rows by difference of the rewards' : 'Rows by reward', worth, termText)}`
}

/** To the letter; what is in them never becomes markup. */
function firstRows({ first, head }: DatasetPreview, { file }: DatasetOrder): TemplateResult {
  return html`<section aria-labelledby="first-rows">
    <h3 id="first-rows">The first rows, as they will be written${file === 'parquet' ? ', here as JSON' : ''}</h3>
    ${head === '' ? nothing : html`<pre tabindex="0" role="region" aria-label="Head of the file">${head.trimEnd()}</pre>`}
    <ol class="first">${first.map(
      ({ line, split }, i) => html`<li><details ?open=${i === 0}>
        <summary>Row ${i + 1}${split === 'test' ? ', kept apart' : ''} <span class="soft">${plural(line.length - 1, 'character')}</span></summary>
        <pre tabindex="0" role="region" aria-label="Row ${i + 1}">${line.trimEnd()}</pre>
      </details></li>`,
    )}</ol>
  </section>`
}
