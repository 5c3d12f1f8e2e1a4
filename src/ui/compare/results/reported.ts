/**
 * What the paper reports (arXiv 2505.20737; its abstract and tables as known second-hand), beside what was measured here.
 * Reported numbers are written down, never computed with.
 */
import type { Comparison } from '../../../core/comparison/comparison.ts'
import type { SeedMean } from '../../../core/comparison/results/seed-mean.ts'
import { type Folded, largest } from './folded.ts'
import { decimalText, NONE, percentText } from './numbers.ts'

export interface ReportedRow {
  readonly measure: string
  readonly reported: Readonly<Record<Comparison['environment'], string>>
  /** Of the paper's RRO, and of the recycled variant, in this comparison; `–` where it is not part of it. */
  readonly here: readonly [paper: string, ours: string]
}

export const DIFFERENCES =
  'Reported with Gemma-2 2B as the policy, on the real WebShop and InterCode-SQL data, trained on 8 × A100. Here a log-linear policy, small enough to be trained in this page, acts on the data that ships with it, and methods get the same number of policy calls. Levels cannot be held against each other; directions can.'

export function reportedRows(folded: Folded): readonly ReportedRow[] {
  const own = largest(folded.results)
  const methods = ['rro', 'rro-recycled'] as const
  const arms = methods.map((method) => folded.comparison.arms.findIndex((arm) => arm.method === method))
  const each = (text: (arm: number) => string): readonly [string, string] => [text(arms[0] ?? -1), text(arms[1] ?? -1)]
  const reward = (arm: number): SeedMean | undefined => own.find((result) => result.arm === arm)?.scores.reward
  return [
    {
      measure: 'Test reward × 100',
      reported: { webshop: '62.91', 'intercode-sql': '55.08' },
      here: each((arm) => scaled(reward(arm))),
    },
    {
      measure: 'Lead over the best other method, × 100',
      reported: { webshop: '+1.52', 'intercode-sql': '+0.40' },
      here: each((arm) => {
        const mine = reward(arm)
        const method = folded.comparison.arms[arm]?.method
        const others = own.flatMap((result) =>
          folded.comparison.arms[result.arm]?.method === method ? [] : result.scores.reward.mean,
        )
        if (mine === undefined || others.length === 0) return NONE
        const lead = 100 * (mine.mean - Math.max(...others))
        return `${lead > 0 ? '+' : ''}${decimalText(lead, 2)}`
      }),
    },
    {
      measure: 'Candidates per step',
      reported: { webshop: '1.86', 'intercode-sql': '1.64' },
      here: each((arm) => {
        const counts = own.find((result) => result.arm === arm)?.candidates
        return counts === undefined ? NONE : decimalText(counts.mean, 2)
      }),
    },
    {
      measure: 'Steps with a rising reward at the end of episodes, before → after',
      reported: { webshop: 'not reported', 'intercode-sql': '40.87 % → 45.29 %' },
      here: each((arm) => {
        const rising = folded.diagnoses.find((diagnosis) => diagnosis.arm === arm)?.rising
        return rising === undefined
          ? NONE
          : `${percentText(rising.before.rising[2])} → ${percentText(rising.after.rising[2])}`
      }),
    },
  ]
}

function scaled(mean: SeedMean | undefined): string {
  if (mean === undefined) return NONE
  const spread = mean.halfWidth === undefined ? '' : ` ± ${decimalText(100 * mean.halfWidth, 2)}`
  return `${decimalText(100 * mean.mean, 2)}${spread}`
}
