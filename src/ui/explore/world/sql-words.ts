/** Results in words: how many rows, and after a submit how they stand to gold: overlap (IoU), order (tau), reward. */
import type { WorldView } from '../../../worker/protocol/lab-api.ts'
import { countText, plural, rewardText } from '../../words/format.ts'

export type SqlWorld = Extract<WorldView, { environment: 'intercode-sql' }>
export type Comparison = NonNullable<SqlWorld['comparison']>

/** `131 rows`, `100 of 131 rows`. */
export function rowsShown(shown: number, total: number): string {
  return shown < total ? `${countText(shown)} of ${plural(total, 'row')}` : plural(total, 'row')
}

/** Whether a column holds numbers, and at least one. */
export function isNumeric(cells: readonly (string | null | undefined)[]): boolean {
  const texts = cells.filter((cell) => typeof cell === 'string')
  return texts.length > 0 && texts.every((text) => /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text))
}

/** The rows in a sentence. */
export function rowsSentence({ matching, missing, extra, goldTotal, goldRan, iou }: Comparison): string {
  if (!goldRan) return 'The gold query fails here: the right answer is taken to be no rows.'
  if (matching + missing + extra === 0 && iou === 1) return 'Both results are empty, which counts as equal.'
  if (missing + extra === 0)
    return goldTotal === 1 ? 'The gold row, exactly.' : `All ${countText(goldTotal)} gold rows.`
  const deviations = [
    ...(missing > 0 ? [`${countText(missing)} missing`] : []),
    ...(extra > 0 ? [`${countText(extra)} extra`] : []),
  ]
  return `${countText(matching)} of ${plural(goldTotal, 'gold row')}, ${deviations.join(', ')}.`
}

/** How the common rows are ordered. */
export function orderWords({ tau, matching }: Pick<Comparison, 'tau' | 'matching'>): string {
  if (tau === undefined) return matching === 0 ? 'no row in common' : 'nothing to order'
  if (tau >= 1) return 'the same'
  if (tau <= -1) return 'reversed'
  return tau > 0 ? 'partly the same' : 'mostly another'
}

/**
 * Where the reward comes from. Which of the two factors count is a setting that the view does not hold: it shows.
 * Empty where the numbers do not say.
 */
export function rewardWords({ iou, tau }: Pick<Comparison, 'iou' | 'tau'>, reward: number): string {
  const close = (value: number): boolean => Math.abs(value - reward) < 0.006
  if (tau !== undefined && close(iou * tau)) return `IoU ${rewardText(iou)} × order ${rewardText(tau)}`
  return close(iou) ? `IoU ${rewardText(iou)}` : ''
}

export interface ComparisonBar {
  readonly name: 'matching' | 'missing' | 'extra'
  readonly count: number
  /** Of all rows that are in either result: that of `matching` is the IoU. */
  readonly share: number
}

export function comparisonBars({ matching, missing, extra }: Comparison): ComparisonBar[] {
  const all = Math.max(1, matching + missing + extra)
  return Object.entries({ matching, missing, extra } as const).map(([name, count]) => ({
    name: name as ComparisonBar['name'],
    count,
    share: count / all,
  }))
}
