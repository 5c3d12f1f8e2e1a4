/**
 * The shapes of what is stored of runs, and their readers: what comes from storage may be damaged, newer, or changed by
 * anybody. Fetched with the first run that is read (docs/decisions/0007-first-load.md).
 */
import * as v from 'valibot'
import { type Failure, failure, quote, type Result, success } from '../core/failure.ts'
import { TASK_ENDS } from '../core/log/events.ts'
import { parseConfig } from '../core/settings/parse-config.ts'
import { type Batch, FRAME } from './batch.ts'
import { ORIGINS, RECORD_VERSION, type RunRecord, type TaskEntry } from './run-record.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** Of `RunRecord.labels`. */
export const LABELS_SCHEMA = v.object({
  pinned: v.boolean(),
  tags: v.pipe(v.array(v.string()), v.readonly()),
  note: v.string(),
})

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
  // What is put on a run does not keep anybody from reading it.
  labels: v.fallback(v.optional(LABELS_SCHEMA), undefined),
  discardedAtMs: v.fallback(v.optional(v.pipe(v.number(), v.finite())), undefined),
  measured: v.fallback(v.optional(v.object({ events: count, bytes: count })), undefined),
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

const batchSchema = v.object({
  firstSeq: count,
  count: v.pipe(count, v.minValue(1)),
  task: v.pipe(v.number(), v.safeInteger(), v.minValue(FRAME)),
  text: v.string(),
})

/** Undefined when what was stored is no batch, or has another number of lines than it says. */
export function parseBatch(stored: unknown): Batch | undefined {
  const parsed = v.safeParse(batchSchema, stored, { abortEarly: true })
  if (!parsed.success) return undefined
  const { text, count } = parsed.output
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines === count && text.endsWith('\n') ? parsed.output : undefined
}
