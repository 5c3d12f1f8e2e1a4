/** Cells of nothing, and pools that give them when they like, break down, or wait to be told. */
import type { Cell } from '../../../src/core/comparison/cell.ts'
import type { Comparison } from '../../../src/core/comparison/comparison.ts'
import { type Failure, success } from '../../../src/core/failure.ts'
import { stream } from '../../../src/core/random.ts'
import type { StudyJob } from '../../../src/worker/comparisons/study-jobs.ts'
import type { StudyPool } from '../../../src/worker/comparisons/study-pool.ts'

export function toyCell(comparison: Comparison, place: { arm: number; seed: number; budget: number }): Cell {
  const { arm, seed, budget } = place
  const random = stream(seed).child('toy', arm, budget)
  const score = { reward: random.next(), success: random.next(), greedyReward: random.next(), greedySuccess: 0 }
  const thirds = { rising: [0.5, undefined, 1], notFalling: [1, undefined, 1] }
  const numbers = { risesChecked: 3, falseRises: 1, acceptedBias: undefined, pairsChecked: 0, pairsOrdered: 0 }
  const diagnosed = budget === comparison.budgets.at(-1) && {
    diagnosis: { ...numbers, before: thirds, after: thirds },
  }
  return {
    ...{ arm, seed, budget, score, rounds: [{ policyCalls: budget - 1, score }], tasks: 3, steps: 9, pairs: 4 },
    cost: { candidates: 20, rollouts: 100, policyCalls: budget - 1 },
    candidates: { counts: [0, 5, 4], byDepth: [[9, 20]] },
    ...{ weights: [random.next(), -0, 1e-300], ...diagnosed },
  }
}

export function toyCells(comparison: Comparison): readonly Cell[] {
  const { arms, budgets, firstSeed, seeds } = comparison
  return arms.flatMap((_, arm) =>
    Array.from({ length: seeds }, (_, i) =>
      budgets.map((budget) => toyCell(comparison, { arm, seed: firstSeed + i, budget })),
    ).flat(),
  )
}

export interface ToyPool extends StudyPool {
  /** Every job that a worker began, in order. */
  readonly jobs: readonly StudyJob[]
  /** At work now. */
  readonly open: () => ReturnType<StudyPool['open']>
  readonly opened: () => number
}

export interface ToyTroubles {
  readonly size?: number
  /** Before each cell. */
  wait?(job: StudyJob, budget: number): Promise<void>
  /** Whether the worker dies before a cell. */
  dies?(job: StudyJob, budget: number, times: number): boolean
  /** What any worker says of the job. */
  fails?(job: StudyJob): Failure | undefined
}

export function toyPool({ size = 2, wait, dies, fails }: ToyTroubles = {}): ToyPool {
  const jobs: StudyJob[] = []
  const times = new Map<string, number>()
  let opened = 0
  return {
    size,
    jobs,
    opened: () => opened,
    open() {
      opened++
      let end: (why: Error) => void = () => {}
      let ended = false
      return {
        async run(job, found) {
          jobs.push(job)
          const key = `${job.arm}/${job.seed}`
          times.set(key, (times.get(key) ?? 0) + 1)
          const stopped = new Promise<never>((_, reject) => {
            end = reject
          })
          for (const budget of job.comparison.budgets) {
            await Promise.race([stopped, wait?.(job, budget) ?? new Promise((resolve) => setImmediate(resolve))])
            const failed = fails?.(job)
            if (failed !== undefined) return { ok: false, failure: failed }
            if (dies?.(job, budget, times.get(key) ?? 0)) throw new Error('a toy broke')
            if (!ended) found(toyCell(job.comparison, { arm: job.arm, seed: job.seed, budget }))
          }
          return success(true)
        },
        end() {
          if (!ended) opened--
          ended = true
          end(new Error('ended'))
        },
      }
    },
  }
}
