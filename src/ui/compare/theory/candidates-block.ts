/** How many candidates a step takes: the closed form with live numbers, and simulated steps beside it. */
import { html, nothing, type TemplateResult } from 'lit'
import {
  exactMeanCandidates,
  expectedCandidates,
  harmonicNumber,
  noRiseProbability,
} from '../../../core/theory/theory.ts'
import type { TheoryReport } from '../../../worker/protocol/lab-api.ts'
import { word } from '../../parts/word.ts'
import { countText } from '../../words/format.ts'
import { countsPicture } from './curves.ts'
import type { Odds } from './rise-odds.ts'
import { STEPS_DRAWN, type TheoryState } from './theory-state.ts'
import { barrenFormula, countFormula, harmonicFormula, shareText, symmetricFormula } from './theory-words.ts'

export function candidatesBlock(state: TheoryState, report: TheoryReport, odds: Odds): TemplateResult {
  const { candidates: K, rollouts: m } = state.rule
  const { draws } = state
  const kinds = [
    { name: 'from many rollouts', p: odds.p, drawn: draws?.exact },
    { name: `m = ${m} rollouts`, p: odds.estimated.probability, drawn: draws?.estimated },
  ]
  return html`<section class="block" aria-label="Candidates">
    <h3>${word('candidate', 'Candidates')} a step <small>draw until one ${word('rise', 'rises')}, ${word('K')} at most</small></h3>
    <p class="formula">${countFormula(odds.p, K)}</p>
    <p class="formula">${barrenFormula(odds.p, K)}</p>
    <p class="formula">${countFormula(odds.estimated.probability, K, 'p̂')}</p>
    <p><button class="go" @click=${() => state.draw()}>Draw ${countText(STEPS_DRAWN)} times</button> <span class="soft" role="status">${draws === undefined ? 'Simulated steps, drawn from the seed.' : `${countText(draws.exact.steps)} steps drawn.`}</span></p>
    <div class="histograms">
      ${kinds.map(({ name, p, drawn }) => html`<figure>${countsPicture(`Steps by number of candidates, ${name}`, p, K, drawn?.counts)}<figcaption>N, ${name}</figcaption></figure>`)}
    </div>
    <div class="scrolled" tabindex="0" role="region" aria-label="Candidates a step, as a table"><table>
      <thead><tr><th scope="col">judged by</th><th scope="col" class="num">P(rises)</th><th scope="col" class="num">E[min(N, K)]</th><th scope="col" class="num">drawn</th><th scope="col" class="num">none</th><th scope="col" class="num">drawn</th></tr></thead>
      <tbody>
        ${kinds.map(
          ({
            name,
            p,
            drawn,
          }) => html`<tr><th scope="row">${name}</th><td class="num">${shareText(p)}</td><td class="num">${expectedCandidates(p, K).toFixed(2)}</td>
            <td class="num">${drawn === undefined ? '–' : `${drawn.candidates.toFixed(2)} ± ${drawn.standardError.toFixed(2)}`}</td>
            <td class="num">${shareText(noRiseProbability(p, K))}</td><td class="num">${drawn === undefined ? '–' : shareText(drawn.noRise)}</td></tr>`,
        )}
        <tr><th scope="row">all alike (H_K)</th><td class="num">–</td><td class="num" title=${harmonicFormula(K)}>${harmonicNumber(K).toFixed(2)}</td><td></td><td class="num">${shareText(1 / (K + 1))}</td><td></td></tr>
        <tr><th scope="row">symmetric</th><td class="num">0.50</td><td class="num" title=${symmetricFormula(K)}>${exactMeanCandidates(K).toFixed(2)}</td><td></td><td class="num">${shareText(0.5 ** K)}</td><td></td></tr>
      </tbody>
    </table></div>
    <p class="soft">For comparison: where the bar is one more draw from the same continuous law, P(N > k) = 1/(k + 1) and E = ${harmonicFormula(K)}; where it is the exact mean of a symmetric one, E = ${symmetricFormula(K)}.</p>
    ${report.next.every(({ done }) => done) ? html`<p class="soft">Every action ends the episode here: estimates are exact.</p>` : nothing}
  </section>`
}
