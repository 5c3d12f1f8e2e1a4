/** The SQL session, drawn from plain data: query, result, what a submit earned, schema. Every text is rendered as text. */
import { html, nothing, svg, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import { repeat } from 'lit/directives/repeat.js'
import { word } from '../../parts/word.ts'
import { countText, plural, rewardText } from '../../words/format.ts'
import { namesIn, sqlTokens } from './sql-tokens.ts'
import {
  type Comparison,
  comparisonBars,
  isNumeric,
  orderWords,
  rewardWords,
  rowsSentence,
  rowsShown,
  type SqlWorld,
} from './sql-words.ts'

type Result = Exclude<SqlWorld['result'], string | undefined>
type Table = SqlWorld['schema'][number]

export function sqlPage(view: SqlWorld): TemplateResult {
  const { database, hardness, query, schema, comparison, done } = view
  return html`<div class="sql">
    <p class="database">
      <span class="what">database</span> <b>${database}</b>
      ${hardness === undefined ? nothing : html`<span class="hardness"><span class="what">hardness</span> ${hardness}</span>`}
    </p>
    <p class="what">Asked in ${word('MySQL')}, computed by SQLite.</p>
    ${comparison === undefined ? (done ? ended(view) : nothing) : compared(comparison, view.reward ?? 0)}
    ${
      query === undefined
        ? html`<p class="soft">No query yet.</p>`
        : html`<pre class="query-text" tabindex="0" role="region" aria-label="Query"><code>${coloured(query)}</code></pre>
          ${keyed(query, result(view))}`
    }
    <h3>Schema <small>${plural(schema.length, 'table')}</small></h3>
    <div class="schema">${tables(view, query === undefined ? new Set() : namesIn(query), database)}</div>
  </div>`
}

function coloured(sql: string): unknown {
  return sqlTokens(sql).map(({ kind, text }) =>
    kind === 'other' ? text : html`<span class="sql-${kind}">${text}</span>`,
  )
}

function ended({ reward }: SqlWorld): TemplateResult {
  return html`<p class="score">Ended without a submit: reward <b>${rewardText(reward ?? 0)}</b></p>`
}

function result({ result }: SqlWorld): TemplateResult {
  if (result === undefined) return html`<p class="soft">No result: there are no rows to read.</p>`
  if (typeof result === 'string') return html`<p class="error"><b>Error</b> ${result}</p>`
  return resultTable(result)
}

function resultTable({ columns, rows, total }: Result): TemplateResult {
  const numeric = columns.map((_, column) => isNumeric(rows.map((row) => row[column])))
  const side = (column: number): string => (numeric[column] ? 'number' : '')
  return html`<div class="result" tabindex="0" role="region" aria-label="Result">
      <table>
        <thead><tr>${columns.map((name, column) => html`<th scope="col" class=${side(column)}>${name}</th>`)}</tr></thead>
        <tbody>
          ${rows.map(
            (row) => html`<tr>
              ${row.map((cell, column) => (cell === null ? html`<td class="null ${side(column)}">NULL</td>` : html`<td class=${side(column)}>${cell}</td>`))}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="soft count">${rowsShown(rows.length, total)}</p>`
}

function compared(comparison: Comparison, reward: number): TemplateResult {
  const { iou, tau, goldRows, goldTotal } = comparison
  const from = rewardWords(comparison, reward)
  return html`<section class="comparison" aria-label="Compared with the gold result">
    <p class="score">Reward <b>${rewardText(reward)}</b>${from === '' ? nothing : html` <span class="soft">= ${from}</span>`}</p>
    <p>${rowsSentence(comparison)}</p>
    <dl class="bars">
      ${comparisonBars(comparison).map(({ name, count, share }) => bar(name, countText(count), 0, share, name))}
      ${bar('overlap (IoU)', rewardText(iou), 0, iou, 'matching')}
      ${tau === undefined ? bar('order (tau)', orderWords(comparison), 0, 0, 'matching') : bar('order (tau)', html`${rewardText(tau)} <span class="soft">${orderWords(comparison)}</span>`, Math.min(0, tau), Math.max(0, tau), tau < 0 ? 'missing' : 'matching', true)}
    </dl>
    ${
      goldTotal === 0
        ? nothing
        : html`<details>
            <summary>Gold result: ${rowsShown(goldRows.length, goldTotal)}</summary>
            <ol class="gold" tabindex="0" aria-label="Gold rows">${goldRows.map((row) => html`<li><code>${row}</code></li>`)}</ol>
          </details>`
    }
  </section>`
}

/** @param signed whether the axis goes from -1 to 1 */
function bar(
  label: string,
  value: unknown,
  from: number,
  to: number,
  tone: 'matching' | 'missing' | 'extra',
  signed = false,
): TemplateResult {
  const at = (share: number): number => (signed ? (share + 1) / 2 : share) * 60
  return html`<div>
    <dt>${label}</dt>
    <dd>
      <svg width="60" height="9" aria-hidden="true">
        <rect class="track" x="0.5" y="0.5" width="59" height="8" />
        <rect class=${tone} x=${at(from)} y="0" width=${at(to) - at(from)} height="9" />
        ${signed ? svg`<path class="zero" d="M30 0V9" />` : nothing}
      </svg>
      <span>${value}</span>
    </dd>
  </div>`
}

function tables({ schema }: SqlWorld, names: ReadonlySet<string>, database: string): unknown {
  return repeat(
    schema,
    ({ name }) => `${database}.${name}`,
    (table) => schemaTable(table, names),
  )
}

/** Open while the query names it; what the reader turns stays turned until then. */
function schemaTable({ name, columns }: Table, names: ReadonlySet<string>): TemplateResult {
  const named = names.has(name.toLowerCase())
  return html`<details class=${named ? 'named' : ''} .open=${named}>
    <summary><b>${name}</b>${named ? html`<span class="hidden">, in the query</span>` : nothing}
      <span class="soft preview">${columns.map((column) => column.name).join(', ')}</span></summary>
    <ul>
      ${columns.map(
        (column) => html`<li class=${named && names.has(column.name.toLowerCase()) ? 'named' : ''}>
          <span>${column.name}</span> <span class="soft">${column.type}</span>
          ${column.key === '' ? html`<span></span>` : html`<abbr title=${KEY_WORDS[column.key]}>${column.key}</abbr>`}
        </li>`,
      )}
    </ul>
  </details>`
}

const KEY_WORDS = { PRI: 'primary key', UNI: 'unique', MUL: 'key of several rows' } as const
