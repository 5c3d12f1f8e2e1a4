/** Beside the results of the language model: the order of the same methods for the log-linear policy. */
import { html, type TemplateResult } from 'lit'
import { DEFAULT_COMPARISON } from '../../../core/comparison/default-comparison.ts'
import type { PageState } from '../../state/page-state.ts'
import { comparerOf } from '../comparer.ts'

export function besideSection(page: PageState): TemplateResult {
  const comparer = comparerOf(page)
  const { environment, arms, firstSeed, seeds } = comparer.progress?.info.comparison ?? comparer.draft
  const same = { ...DEFAULT_COMPARISON, environment, arms, firstSeed, seeds }
  return html`<details class="figures">
    <summary><h3>Does the order hold for the log-linear policy?</h3></summary>
    <p class="soft">The same methods from its weak start, at 5,000 to 20,000 policy calls, in a minute or two. Both are kept: open either again
      among the earlier comparisons. What was measured of both over ten seeds, and that the order holds in part, stands in
      docs/experiments.md, “The language model at equal tokens”.</p>
    <button @click=${() => comparer.adopt(same)}>Set up the same methods for the log-linear policy</button>
  </details>`
}
