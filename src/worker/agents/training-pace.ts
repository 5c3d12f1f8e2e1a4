/** How a training works: in slices, so that calls from the page come in between, and until somebody stops it. */
import { failure } from '../../core/failure.ts'
import { macrotask } from '../machine/macrotask.ts'
import type { TrainingPhase } from '../protocol/agents.ts'

const SLICE_MS = 8

export interface PacePorts {
  /** Milliseconds from any origin. */
  now(): number
  /** @param share of the phase that is done, 0 to 1 */
  report(phase: TrainingPhase, share: number): void
  readonly signal: AbortSignal
}

export interface Pace {
  /** Lets others have their turn where it is time. @returns whether to stop */
  breathe(phase: TrainingPhase, share: number): Promise<boolean>
}

export const STOPPED = failure('training-stopped', 'The training was stopped; no agent was saved.')

export function paceOf({ now, report, signal }: PacePorts): Pace {
  let since = now()
  let last: TrainingPhase | undefined
  return {
    async breathe(phase, share) {
      if (phase !== last || now() - since >= SLICE_MS) {
        last = phase
        report(phase, share)
        await macrotask()
        since = now()
      }
      return signal.aborted
    },
  }
}
