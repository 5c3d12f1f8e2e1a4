/** What is stored of a run beside its events: the totals that the library lists, always equal to the fold of the log. */
import * as v from 'valibot'
import { TASK_ENDS } from '../core/events.ts'
import { type Failure, failure, quote, type Result, success } from '../core/failure.ts'
import type { TaskSummary } from '../core/fold-run.ts'
import { parseConfig, type RunConfig } from '../core/settings.ts'

export const RECORD_VERSION = 1
export const ORIGINS = ['shipped', 'here', 'imported'] as const

export interface RunRecord {
  readonly version: typeof RECORD_VERSION
  readonly id: string
  readonly name: string
  readonly createdAtMs: number
  readonly origin: (typeof ORIGINS)[number]
  readonly config: RunConfig
  /** Stored events; also the sequence number of the next one. */
  readonly events: number
  readonly tasksFinished: number
  readonly steps: number
  readonly risenSteps: number
  readonly pairs: number
  readonly cost: { readonly candidates: number; readonly rollouts: number; readonly policyCalls: number }
  readonly rewardSum: number
  readonly finished: boolean
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const recordSchema = v.object({
  version: v.literal(RECORD_VERSION),
  id: v.pipe(v.string(), v.nonEmpty()),
  name: v.string(),
  createdAtMs: v.pipe(v.number(), v.finite()),
  origin: v.picklist(ORIGINS),
  config: v.record(v.string(), v.unknown()),
  events: count,
  tasksFinished: count,
  steps: count,
  risenSteps: count,
  pairs: count,
  cost: v.object({ candidates: count, rollouts: count, policyCalls: count }),
  rewardSum: v.pipe(v.number(), v.finite()),
  finished: v.boolean(),
})

/** Reads a record from storage; what this version cannot read is left as it is. */
export function parseRecord(stored: unknown): Result<RunRecord> {
  const version: unknown = (stored as { version?: unknown } | null | undefined)?.version
  const id: unknown = (stored as { id?: unknown } | null | undefined)?.id
  const run = `The stored run ${quote(typeof id === 'string' ? id : 'without an id')}`
  if (typeof version === 'number' && version > RECORD_VERSION) {
    return failure(
      'run-newer',
      `${run} was written by a newer RRO Lab. Reload the page to open it; nothing was changed.`,
    )
  }
  const parsed = v.safeParse(recordSchema, stored, { abortEarly: true })
  if (!parsed.success) return damaged(run, v.getDotPath(parsed.issues[0]) ?? 'all of it')
  const { config, corrections } = parseConfig(parsed.output.config)
  if (corrections.length > 0) return damaged(run, 'config')
  return success({ ...parsed.output, config })
}

function damaged(run: string, where: string): { readonly ok: false; readonly failure: Failure } {
  const words = `${run} is damaged (${where}) and cannot be opened.`
  return failure('run-damaged', `${words} It was left as it is, and the other runs are not affected.`)
}

/** A finished task as the overview lists it, kept beside the log so that opening a run need not read all of it. */
export interface TaskEntry extends TaskSummary {
  readonly task: number
}

const entrySchema = v.object({
  task: count,
  taskId: v.string(),
  reward: v.pipe(v.number(), v.finite()),
  end: v.picklist(TASK_ENDS),
  steps: count,
  candidates: count,
  pairs: count,
})

export function parseTaskEntry(stored: unknown): TaskEntry | undefined {
  const parsed = v.safeParse(entrySchema, stored, { abortEarly: true })
  return parsed.success ? parsed.output : undefined
}
