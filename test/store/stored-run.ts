/** A toy run cut into what a store holds. */
import type { RunEvent, RunStarted } from '../../src/core/log/events.ts'
import { batchesOf } from '../../src/store/batch.ts'
import type { RunRecord } from '../../src/store/run-record.ts'
import type { Store } from '../../src/store/store.ts'
import { Recorder } from '../../src/worker/runs/recorder.ts'
import { emptyRecord } from '../../src/worker/runs/records.ts'
import { collect, toyConfig, toyRun, treeActor } from '../core/toy.ts'

export const toyLog: readonly RunEvent[] = await collect(toyRun(treeActor(), toyConfig({ candidates: 3 })))

export function toyRecord(id: string, createdAtMs = 1): RunRecord {
  const { config } = toyLog[0] as RunStarted
  return emptyRecord(config, { id, name: `Run ${id}`, createdAtMs, origin: 'here' })
}

/** Stores the first `count` events of the toy run, `step` at a time. */
export async function storeToyRun(store: Store, id: string, count = toyLog.length, step = 40): Promise<RunRecord> {
  const recorder = new Recorder((appended, durable) => store.append(appended, durable), toyRecord(id), [])
  for (let at = 0; at < count; at += step) {
    for (const event of toyLog.slice(at, Math.min(at + step, count))) recorder.add(event)
    const written = await recorder.flush(0, false)
    if (!written.ok) throw new Error(written.failure.message)
  }
  return recorder.record
}

/** The text of a whole stored run. */
export async function textOf(store: Store, id: string, end: number): Promise<string> {
  let text = ''
  for await (const batch of store.batches(id, end)) {
    if (!batch.ok) throw new Error(batch.failure.message)
    text += batch.value.text
  }
  return text
}

export const toyText: string = batchesOf(toyLog, 0)
  .map(({ text }) => text)
  .join('')
