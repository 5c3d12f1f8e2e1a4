/** The rule that decides what rises, to turn at will, and the odds that follow; above it the tower property. */
import { html, nothing, type TemplateResult } from 'lit'
import { RISE_RULES, SETTINGS } from '../../../core/settings/settings.ts'
import type { TheoryReport } from '../../../worker/protocol/lab-api.ts'
import { enteredIn, select, slider } from '../../parts/fields.ts'
import { rewardText } from '../../words/format.ts'
import { BARS, type Bar, MOST_ROLLOUTS, type Odds } from './rise-odds.ts'
import type { TheoryState } from './theory-state.ts'
import {
  chanceFormula,
  differenceFormula,
  differenceWords,
  guaranteeWords,
  towerFormula,
  valueFormula,
} from './theory-words.ts'

const BAR_WORDS: Record<Bar, string> = {
  value: 'the value before (from many rollouts)',
  explored: 'as Explore had it',
  previous: 'a fresh estimate of m rollouts',
  zero: 'zero',
  own: 'my own',
}

export function towerBlock(report: TheoryReport, odds: Odds): TemplateResult {
  return html`<section class="block" aria-label="Tower property">
    <h3>Tower property <small>the mean of what follows is the value before</small></h3>
    <p class="formula">${towerFormula(report)}</p>
    <p class="formula">${valueFormula(report)}</p>
    <p class="formula">${differenceFormula(odds)}</p>
    <p class="verdict ${odds.difference.within ? 'good' : ''}">${differenceWords(odds)}</p>
  </section>`
}

export function ruleBlock(state: TheoryState, report: TheoryReport, odds: Odds): TemplateResult {
  const { rule } = state
  const bars = BARS.filter((bar) => bar !== 'explored' || rule.explored !== undefined)
  return html`<section class="block" aria-label="The rule">
    <h3>The rule <small>turn it and watch</small></h3>
    <div class="controls">
      <label>Rises if ${select(
        'riseRule',
        RISE_RULES.map((name) => [name, name === '>=' ? 'r ≥ bar' : 'r > bar']),
        rule.riseRule,
        (event) => state.change({ riseRule: enteredIn(event) === '>' ? '>' : '>=' }),
      )}</label>
      <label>Bar ${select(
        'bar',
        bars.map((bar) => [bar, barWords(bar, report, odds, rule.explored)]),
        rule.bar,
        (event) => state.change({ bar: BARS.find((bar) => bar === enteredIn(event)) ?? 'value' }),
      )}</label>
      ${rule.bar === 'own' ? slider('My bar', rule.own, report.minReward, report.maxReward, 0.01, (own) => state.change({ own })) : nothing}
      ${slider('Margin', rule.margin, SETTINGS.margin.least, SETTINGS.margin.most, 0.01, (margin) => state.change({ margin }))}
      ${slider('K, most candidates', rule.candidates, SETTINGS.candidates.least, SETTINGS.candidates.most, 1, (candidates) => state.change({ candidates }))}
      ${slider('m, rollouts a candidate', rule.rollouts, 1, MOST_ROLLOUTS, 1, (rollouts) => state.change({ rollouts }))}
    </div>
    <p class="formula">${chanceFormula(report, odds)}</p>
    <p>${guaranteeWords(report, odds, rule)}</p>
  </section>`
}

function barWords(bar: Bar, report: TheoryReport, odds: Odds, explored: number | undefined): string {
  const value = {
    value: odds.tower.reward,
    explored,
    previous: report.previous.reward,
    zero: undefined,
    own: undefined,
  }[bar]
  return value === undefined ? BAR_WORDS[bar] : `${BAR_WORDS[bar]}: ${rewardText(value)}`
}
