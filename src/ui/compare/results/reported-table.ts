/** What the paper reports, beside ours, as a table. */
import { html, type TemplateResult } from 'lit'
import { ENVIRONMENT_WORDS } from '../../words/environment-words.ts'
import type { Folded } from './folded.ts'
import { DIFFERENCES, reportedRows } from './reported.ts'

export function reportedTable(folded: Folded): TemplateResult {
  const { environment, start } = folded.comparison
  const own = ENVIRONMENT_WORDS[environment]
  return html`
    <p class="soft">${DIFFERENCES}</p>
    <div class="wide-table" role="region" aria-label="Reported numbers beside ours" tabindex="0"><table class="numbers">
      <caption>Reported by the authors (arXiv 2505.20737), and measured here on ${own}, start policy ${start === '' ? 'shipped default' : start}</caption>
      <thead><tr><th scope="col">Measure</th><th scope="col">Reported: WebShop</th><th scope="col">Reported: InterCode-SQL</th><th scope="col">Here, ${own}: RRO, the paper’s</th><th scope="col">Here, ${own}: RRO, recycled</th></tr></thead>
      <tbody>${reportedRows(folded).map(({ measure, reported, here }) => html`<tr><th scope="row">${measure}</th><td>${reported.webshop}</td><td>${reported['intercode-sql']}</td><td>${here[0]}</td><td>${here[1]}</td></tr>`)}</tbody>
    </table></div>`
}
