/** The bias of an accepted estimate and the chance of a false rise, against the rollouts a candidate is given. */
import { html, nothing, type TemplateResult } from 'lit'
import { expectedCandidates } from '../../../core/theory/theory.ts'
import { word } from '../../parts/word.ts'
import { linePicture } from './curves.ts'
import { MOST_ROLLOUTS, type Odds } from './rise-odds.ts'
import type { TheoryState } from './theory-state.ts'
import { biasFormula, closeText, falseFormula, shareText } from './theory-words.ts'

const TABLE_OF = [1, 2, 3, 5, 8, 16, 32, 64] as const

export function biasBlock(state: TheoryState, odds: Odds): TemplateResult {
  const { rollouts: m, candidates: K } = state.rule
  const { curve } = odds
  const simulated = curve.some(({ standardError }) => standardError > 0)
  const drawn = state.draws?.estimated.bias
  const shown = [...new Set([...TABLE_OF, m])].toSorted((a, b) => a - b)
  return html`<section class="block wide" aria-label="Bias of an accepted estimate">
    <h3>What an accepted estimate is worth <small>it was accepted because it came out high</small></h3>
    <p class="formula">${biasFormula(odds)}${drawn === undefined ? nothing : html` <span class="soft">(drawn: ${closeText(drawn)})</span>`}</p>
    <p class="formula">${falseFormula(odds)}</p>
    <p class="soft">${simulated ? 'Some outcomes lie on no small lattice: their estimates are simulated, 4,000 a point, with the 95 % band.' : 'Enumerated: the law of the mean of m outcomes, convolved exactly.'} The frequencies found above are taken for the law. The next bar is such an estimate, so it stands too high by its bias.</p>
    <div class="curves">
      <figure>${linePicture({
        label: `Bias of an accepted estimate by rollouts a candidate; at m = ${m} it is ${odds.estimated.bias === undefined ? 'undefined' : closeText(odds.estimated.bias)}`,
        lines: [
          {
            name: 'bias',
            tone: 'main',
            values: curve.map(({ bias }) => bias),
            errors: curve.map(({ standardError }) => 1.96 * standardError),
          },
        ],
        ...{ most: MOST_ROLLOUTS, m },
      })}<figcaption>Bias of an accepted estimate</figcaption></figure>
      <figure>${linePicture({
        label: `Chance of a false rise and of a rise by rollouts a candidate; at m = ${m} ${odds.estimated.falseRise === undefined ? 'none rises' : `${shareText(odds.estimated.falseRise)} of rises are false`}`,
        lines: [
          {
            name: 'accepted, though its value does not rise',
            tone: 'main',
            values: curve.map(({ falseRise }) => falseRise),
          },
          { name: 'P(an estimate rises)', tone: 'other', values: curve.map(({ probability }) => probability) },
        ],
        ...{ most: MOST_ROLLOUTS, m, top: 1, level: { value: odds.p, name: `p = ${shareText(odds.p)}` } },
      })}<figcaption>${word('false rise', 'False rises')}</figcaption></figure>
    </div>
    <details><summary>As a table</summary><div class="scrolled" tabindex="0" role="region" aria-label="Bias by m, as a table"><table>
      <thead><tr><th scope="col" class="num">m</th><th scope="col" class="num">P(r̂ rises)</th><th scope="col" class="num">E[min(N, K)]</th><th scope="col" class="num">bias</th><th scope="col" class="num">false rises</th><th scope="col" class="num">missed rises</th></tr></thead>
      <tbody>${shown.map((at) => {
        const of = curve[at - 1]
        if (of === undefined) return nothing
        return html`<tr aria-current=${at === m ? 'true' : nothing}><th scope="row" class="num">${at}</th><td class="num">${shareText(of.probability)}</td><td class="num">${expectedCandidates(of.probability, K).toFixed(2)}</td>
          <td class="num">${of.bias === undefined ? '–' : closeText(of.bias)}${of.standardError > 0 ? html` <span class="soft">± ${closeText(of.standardError)}</span>` : nothing}</td>
          <td class="num">${of.falseRise === undefined ? '–' : shareText(of.falseRise)}</td><td class="num">${of.missedRise === undefined ? '–' : shareText(of.missedRise)}</td></tr>`
      })}</tbody>
    </table></div></details>
  </section>`
}
