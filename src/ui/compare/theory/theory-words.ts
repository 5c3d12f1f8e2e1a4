/** The theory's formulas with the visitor's own numbers in them, and sentences that say what they mean there. */
import {
  exactMeanCandidates,
  expectedCandidates,
  harmonicNumber,
  noRiseProbability,
  towerMean,
} from '../../../core/theory/theory.ts'
import type { TheoryReport } from '../../../worker/protocol/lab-api.ts'
import { countText, rewardText, signedText, termText } from '../../words/format.ts'
import type { Odds, Rule } from './rise-odds.ts'

/** More terms than this are summed up. */
const MOST_TERMS = 5

/** Three decimals, for what is compared closely. */
export function closeText(value: number): string {
  return value.toFixed(3).replace('-', '−').replace('−0.000', '0.000')
}

/** `0.37`, `0.004`, `<0.001`; 0 and 1 only where it is so. */
export function shareText(share: number): string {
  if (share === 0 || share === 1) return String(share)
  if (share < 0.001) return '<0.001'
  if (share > 0.999) return '>0.999'
  return share < 0.0995 || share > 0.9905 ? share.toFixed(3) : share.toFixed(2)
}

function within(reward: number, standardError: number): string {
  return `${closeText(reward)} ± ${closeText(standardError)}`
}

export function towerFormula({ next }: TheoryReport): string {
  const weighty = next.toSorted((a, b) => b.probability - a.probability)
  const shown = weighty.slice(0, MOST_TERMS).map((action) => {
    return `${shareText(action.probability)} × ${action.reward < 0 ? `(${rewardText(action.reward)})` : rewardText(action.reward)}`
  })
  const rest = weighty.slice(MOST_TERMS)
  const left = rest.length === 0 ? [] : [`${closeText(towerMean(rest).reward)} of ${rest.length} more`]
  const { reward, standardError } = towerMean(next)
  return `Σ π(a) r(a) = ${[...shown, ...left].join(' + ')} = ${within(reward, standardError)}`
}

export function valueFormula({ value }: TheoryReport): string {
  return `V = mean of ${countText(value.rollouts)} rollouts from here = ${within(value.reward, value.standardError)}`
}

export function differenceFormula({ difference: { reward, standardError } }: Odds): string {
  return `Σ π(a) r(a) − V = ${reward > 0 ? '+' : ''}${within(reward, standardError)}`
}

export function differenceWords({ difference: { reward, standardError, within } }: Odds): string {
  const far = standardError === 0 ? '' : ` (${(Math.abs(reward) / standardError).toFixed(1)} standard errors)`
  return within
    ? `Within the error${far}: the value before is the mean of what follows.`
    : `Outside of the 95 % error${far}. Both sides are estimates, and a 95 % interval misses one time in twenty though they are equal: that is what it means. Ask for a smaller error and see.`
}

export function chanceFormula(report: TheoryReport, { risings, p, least, most, question }: Odds): string {
  const rising = report.next.filter((_, i) => risings[i] === 'rises')
  const open = risings.filter((rising) => rising === 'open').length
  const sum = rising.slice(0, MOST_TERMS).map(({ probability }) => shareText(probability))
  if (rising.length > MOST_TERMS) sum.push(`${rising.length - MOST_TERMS} more`)
  if (open > 0) sum.push(`what of ${open} open ${open === 1 ? 'one' : 'ones'} rises`)
  const needed = `${question.riseRule === '>=' ? '≥' : '>'} ${closeText(question.bar)}${question.margin > 0 ? ` + ${termText(question.margin)}` : ''}`
  const terms = sum.length === 0 ? '' : `${sum.join(' + ')} = `
  const bounds = least === most ? '' : ` (${shareText(least)} to ${shareText(most)}, given the errors)`
  return `p = P(r ${needed}) = ${terms}${shareText(p)}${bounds}`
}

export function countFormula(p: number, K: number, name = 'p'): string {
  const value = expectedCandidates(p, K).toFixed(2)
  if (p === 0) return `E[min(N, K)] = K = ${K}, since ${name} = 0`
  return `E[min(N, K)] = (1 − (1 − ${name})^K) / ${name} = (1 − ${shareText(1 - p)}^${K}) / ${shareText(p)} = ${value}`
}

export function barrenFormula(p: number, K: number, name = 'p'): string {
  return `P(none of K rises) = (1 − ${name})^K = ${shareText(1 - p)}^${K} = ${shareText(noRiseProbability(p, K))}`
}

export function harmonicFormula(K: number): string {
  const terms = Array.from({ length: K }, (_, i) => (i === 0 ? '1' : `1/${i + 1}`))
  const sum = K <= 6 ? terms.join(' + ') : `${terms.slice(0, 3).join(' + ')} + … + ${terms.at(-1)}`
  return `H_K = ${sum} = ${harmonicNumber(K).toFixed(2)}`
}

export function symmetricFormula(K: number): string {
  return `2 (1 − 2^−K) = 2 (1 − 1/${2 ** K}) = ${exactMeanCandidates(K).toFixed(2)}`
}

export function biasFormula({ estimated: { m, bias, probability, standardError } }: Odds): string {
  if (bias === undefined) return `bias(${m}): no estimate of ${m} ever rises`
  const error = standardError === 0 ? '' : ` ± ${closeText(standardError)}`
  return `bias(${m}) = Σ π(a) E[r̂ − r; r̂ rises] / P(r̂ rises) = ${closeText(bias * probability)} / ${shareText(probability)} = ${signedText(bias) === '0.00' ? '' : bias > 0 ? '+' : ''}${closeText(bias)}${error}`
}

export function falseFormula({ estimated: { m, falseRise, missedRise } }: Odds): string {
  const wrong = falseRise === undefined ? 'never' : shareText(falseRise)
  const missed = missedRise === undefined ? 'nothing there to miss' : shareText(missedRise)
  return `m = ${m}: P(r does not rise | r̂ does) = ${wrong}; P(r̂ does not rise | r does) = ${missed}`
}

/** Whether the paper's guarantee holds here, in words. */
export function guaranteeWords(report: TheoryReport, { tower, p, bar, question }: Odds, { bar: kind }: Rule): string {
  const best = report.next.reduce((a, b) => (b.reward > a.reward ? b : a))
  const reach = `The best action has ${rewardText(best.reward)}, drawn with probability ${shareText(best.probability)}.`
  if (kind === 'value' && question.riseRule === '>=' && question.margin === 0)
    return `A maximum is never below its mean: at least one action holds the bar ${rewardText(bar)}. ${reach}`
  if (p > 0) return reach
  if (bar > tower.reward + 0.005)
    return `No action rises: the bar ${rewardText(bar)} is above the value before, ${rewardText(tower.reward)}. The guarantee asks for exact values. ${reach}`
  return `No action rises, and none has to: the theory promises ≥ the value before, not more. ${reach}`
}
