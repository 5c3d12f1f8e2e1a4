/**
 * All next actions as one table that is a picture too: how probable each is, its exact process reward as a bar with its
 * error, the outcomes it comes from as dots, and across all rows the bar to beat and the value before.
 */
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit'
import type { ExactAction, TheoryReport } from '../../../worker/protocol/lab-api.ts'
import { type Least, onAxis } from '../../explore/path/reward-axis.ts'
import { actionWords } from '../../words/action-words.ts'
import { countText, rewardText, termText } from '../../words/format.ts'
import type { Odds } from './rise-odds.ts'
import { closeText, shareText } from './theory-words.ts'

const ROW = 38
const SIGNS = { rises: '▲', 'falls short': '▽', open: '?' } as const

export function axisOf({ next, value }: TheoryReport): Least {
  return [...next, value].some(({ outcomes }) => outcomes.some((outcome) => outcome.value < 0)) ? -1 : 0
}

/** @param busy the actions cannot be walked on while another answer is on its way */
export function actionBars(
  report: TheoryReport,
  odds: Odds,
  busy: boolean,
  walkOn: (action: string) => void,
): TemplateResult {
  const least = axisOf(report)
  const at = (reward: number): string => `${(2 + onAxis(reward, least) * 96).toFixed(2)}%`
  const levels = svg`<line class="level value" x1=${at(odds.tower.reward)} x2=${at(odds.tower.reward)} y1="0" y2="100%" />
    <line class="level bar" x1=${at(odds.bar)} x2=${at(odds.bar)} y1="0" y2="100%" />`
  return html`<div class="scrolled" tabindex="0" role="region" aria-label="Next actions, as a table">
    <table class="chances">
      <caption class="hidden">Process rewards of all next actions, from many rollouts, the likeliest first. Choose one to walk on.</caption>
      <thead><tr>
        <th scope="col">next action</th><th scope="col" class="num" title="Probability under the policy">π(a)</th>
        <th scope="col" class="picture">${axisPicture(least, at, odds)}</th>
        <th scope="col" class="num">r(a)</th><th scope="col" class="num wide-only">rollouts</th><th scope="col">a draw</th>
      </tr></thead>
      <tbody>${report.next.map((action, i) => row(action, odds.risings[i] ?? 'open', at, levels, busy, walkOn))}</tbody>
      <tfoot><tr>
        <th scope="row">Σ π(a) r(a)</th><td class="num">1</td>
        <td class="picture"><svg width="100%" height=${ROW} aria-hidden="true">${levels}${bar(odds.tower, at, 'mean')}</svg></td>
        <td class="num">${closeText(odds.tower.reward)} <span class="soft">± ${closeText(odds.tower.standardError)}</span></td>
        <td class="num wide-only">${countText(report.next.reduce((sum, { rollouts }) => sum + rollouts, 0))}</td><td>p = ${shareText(odds.p)}</td>
      </tr></tfoot>
    </table>
  </div>`
}

function row(
  action: ExactAction,
  rising: Odds['risings'][number],
  at: (reward: number) => string,
  levels: SVGTemplateResult,
  busy: boolean,
  walkOn: (action: string) => void,
): TemplateResult {
  const words = actionWords(action.action).replace(/\s+/g, ' ')
  return html`<tr>
    <th scope="row">${
      action.done
        ? html`<code title=${words}>${shortened(words)}</code> <span class="soft">ends</span>`
        : html`<button class="walk" title=${`Walk on: ${words}`} aria-disabled=${busy} @click=${() => !busy && walkOn(action.action)}><code aria-hidden="true">${shortened(words)}</code><span class="hidden">${words}</span></button>`
    }</th>
    <td class="num">${shareText(action.probability)}<svg class="share" width="48" height="5" aria-hidden="true"><rect x=${48 * (1 - action.probability)} width=${48 * action.probability} height="5" /></svg></td>
    <td class="picture"><svg width="100%" height=${ROW} aria-hidden="true">${levels}${bar(action, at, rising)}${action.outcomes.map(
      ({ value, probability }) =>
        svg`<circle class="outcome" cx=${at(value)} cy=${ROW - 9} r=${(1 + 6 * Math.sqrt(probability)).toFixed(1)} />`,
    )}</svg></td>
    <td class="num">${rewardText(action.reward)}${action.standardError === 0 ? html` <span class="soft">exact</span>` : html` <span class="soft">± ${closeText(action.standardError)}</span>`}</td>
    <td class="num wide-only">${action.rollouts === 0 ? nothing : countText(action.rollouts)}</td>
    <td class="rising ${rising === 'rises' ? 'yes' : ''}"><span class="sign" aria-hidden="true">${SIGNS[rising]}</span> ${rising}</td>
  </tr>`
}

/** From 0 to the reward, with a whisker of one standard error. */
function bar(
  { reward, standardError }: { readonly reward: number; readonly standardError: number },
  at: (reward: number) => string,
  tone: string,
): SVGTemplateResult {
  const [from, to] = reward < 0 ? [reward, 0] : [0, reward]
  const width = `${(Number.parseFloat(at(to)) - Number.parseFloat(at(from))).toFixed(2)}%`
  return svg`<rect class="reward ${tone.replace(' ', '-')}" x=${at(from)} y="5" width=${width} height="11" />
    ${standardError === 0 ? nothing : svg`<line class="whisker" x1=${at(reward - standardError)} x2=${at(reward + standardError)} y1="10.5" y2="10.5" />`}`
}

function axisPicture(least: Least, at: (reward: number) => string, { bar, tower }: Odds): TemplateResult {
  const marks = [least, (least + 1) / 2, 1]
  const near = Math.abs(bar - tower.reward) < 0.12 * (1 - least)
  const side = (reward: number, other: number): string => (near ? (reward < other ? 'end' : 'start') : 'middle')
  const label = (reward: number, other: number, words: string, tone: string): SVGTemplateResult | typeof nothing =>
    svg`<text class=${tone} x=${at(reward)} y="11" text-anchor=${onEdge(reward, least) ?? side(reward, other)}>${words}</text>`
  return html`<span class="hidden">process reward, from ${least} to 1</span><svg width="100%" height="30" aria-hidden="true">
    ${bar === tower.reward || Math.abs(bar - tower.reward) < 1e-6 ? label(bar, bar, `V = bar ${rewardText(bar)}`, 'bar') : svg`${label(tower.reward, bar, `V ${rewardText(tower.reward)}`, 'value')}${label(bar, tower.reward, `bar ${rewardText(bar)}`, 'bar')}`}
    ${marks.map((mark) => svg`<text class="scale" x=${at(mark)} y="26" text-anchor=${onEdge(mark, least) ?? 'middle'}>${termText(mark)}</text>`)}
  </svg>`
}

function onEdge(reward: number, least: Least): 'start' | 'end' | undefined {
  const place = onAxis(reward, least)
  return place < 0.1 ? 'start' : place > 0.9 ? 'end' : undefined
}

/** Characters of an action in the table. */
const SHOWN = 34

/** The beginning and the end: actions that begin alike differ at the end. */
export function shortened(words: string): string {
  if (words.length <= SHOWN) return words
  const half = Math.floor((SHOWN - 1) / 2)
  return `${words.slice(0, half).trimEnd()}…${words.slice(-half).trimStart()}`
}
