/** Between stored records and what the page lists. */
import type { RunConfig } from '../../core/settings/run-config.ts'
import { RECORD_VERSION, type RunRecord } from '../../store/run-record.ts'
import type { RunInfo } from '../protocol/runs.ts'

/** A run of which nothing is stored yet. */
export function emptyRecord(
  config: RunConfig,
  words: Pick<RunRecord, 'id' | 'name' | 'createdAtMs' | 'origin' | 'labels'>,
): RunRecord {
  return {
    version: RECORD_VERSION,
    ...words,
    config,
    events: 0,
    tasksFinished: 0,
    steps: 0,
    risenSteps: 0,
    pairs: 0,
    cost: { candidates: 0, rollouts: 0, policyCalls: 0 },
    rewardSum: 0,
    finished: false,
  }
}

export function infoOf(record: RunRecord): RunInfo {
  const { version: _version, steps: _steps, risenSteps: _risenSteps, measured: _measured, ...info } = record
  return info
}
