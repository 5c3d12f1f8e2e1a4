/** What only a simulator can know of each arm: false rises, pairs in order, rising steps before and after training. */
import type { Cell, RisingShare } from '../cell.ts'
import type { Comparison } from '../comparison.ts'
import { type SeedMean, seedMean } from './seed-mean.ts'

export const THIRDS = ['start', 'middle', 'end'] as const
export const RISE_KINDS = ['rising', 'notFalling'] as const satisfies readonly (keyof RisingShare)[]

/** Shares of steps of an arm's policy, before and after its training, by third of the episode. */
export interface RisingMeans {
  readonly before: Readonly<Record<(typeof RISE_KINDS)[number], readonly (SeedMean | undefined)[]>>
  readonly after: RisingMeans['before']
}

/** What only a simulator can know of an arm; over the seeds that have a diagnosis (cells at the largest budget). */
export interface ArmDiagnosis {
  readonly arm: number
  readonly cells: readonly Cell[]
  readonly risesChecked: number
  readonly falseRises: number
  /** Share of accepted rises whose exact value is below the exact bar. */
  readonly falseRiseRate: SeedMean | undefined
  /** Estimate minus exact value of what was accepted. */
  readonly acceptedBias: SeedMean | undefined
  readonly pairsChecked: number
  readonly pairsOrdered: number
  readonly orderedShare: SeedMean | undefined
  readonly rising: RisingMeans
}

export function armDiagnoses({ arms }: Comparison, cells: readonly Cell[]): readonly ArmDiagnosis[] {
  return arms.flatMap((_, arm) => {
    const own = cells.filter((cell) => cell.arm === arm && cell.diagnosis !== undefined).sort((a, b) => a.seed - b.seed)
    const all = own.flatMap(({ diagnosis }) => diagnosis ?? [])
    if (all.length === 0) return []
    const sum = (value: (diagnosis: (typeof all)[number]) => number): number =>
      all.reduce((total, diagnosis) => total + value(diagnosis), 0)
    const thirds = (moment: 'before' | 'after'): RisingMeans['before'] => {
      const of = (kind: keyof RisingShare): readonly (SeedMean | undefined)[] =>
        THIRDS.map((_, third) => seedMean(all.map((diagnosis) => diagnosis[moment][kind][third])))
      return { rising: of('rising'), notFalling: of('notFalling') }
    }
    return {
      ...{ arm, cells: own },
      risesChecked: sum(({ risesChecked }) => risesChecked),
      falseRises: sum(({ falseRises }) => falseRises),
      falseRiseRate: seedMean(all.map(({ falseRises, risesChecked }) => share(falseRises, risesChecked))),
      acceptedBias: seedMean(all.map(({ acceptedBias }) => acceptedBias)),
      pairsChecked: sum(({ pairsChecked }) => pairsChecked),
      pairsOrdered: sum(({ pairsOrdered }) => pairsOrdered),
      orderedShare: seedMean(all.map(({ pairsOrdered, pairsChecked }) => share(pairsOrdered, pairsChecked))),
      rising: { before: thirds('before'), after: thirds('after') },
    }
  })
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole
}
