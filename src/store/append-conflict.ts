/** Events that do not follow on what is stored. Comes with the first change, or the first conflict. */
import { failure } from '../core/failure.ts'
import type { RunRecord } from './run-record.ts'

export function appendConflict(record: RunRecord, stored: number): ReturnType<typeof failure> {
  const words = `The run ${record.name} has ${stored} stored events, and the next ones do not follow on them.`
  return failure(
    'append-conflict',
    `${words} Nothing was overwritten. Open the run again to go on from what is stored.`,
  )
}
