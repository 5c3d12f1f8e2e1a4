/** Two arms of a comparison side by side on one task. */
import type { Comparison } from '../../core/comparison/comparison.ts'
import type { Result } from '../../core/failure.ts'
import type { RunEvent } from '../../core/log/events.ts'

/** Two arms of a comparison on one task. */
export interface DuelRequest {
  readonly comparison: Comparison
  readonly arms: readonly [number, number]
  readonly seed: number
  /** Index of the task in the runs of this seed. */
  readonly task: number
}

/** Events of the task, from `task-started` to `task-finished`, by each arm. */
export type Duel = readonly [readonly RunEvent[], readonly RunEvent[]]

export interface DuelCalls {
  /** Explores one task with two arms of a comparison: same seed, same start policy, on the data that ships with the page. */
  duel(request: DuelRequest): Promise<Result<Duel>>
}
