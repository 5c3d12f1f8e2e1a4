/** A run file into a store. It is read twice: once to know that all of it is good, once to store it. */
import { type Result, success } from '../../core/failure.ts'
import type { TextSource } from '../../formats/lines.ts'
import { readRunFile } from '../../formats/run-file.ts'
import type { RunRecord } from '../../store/run-record.ts'
import type { Store } from '../../store/store.ts'
import { macrotask } from '../machine/macrotask.ts'
import { type RunWords, storeEvents } from './store-events.ts'

/** Reads all of a run file and keeps nothing. */
export async function checkRunFile(source: TextSource): Promise<Result<number>> {
  let events = 0
  for await (const event of readRunFile(source)) {
    if (!event.ok) return event
    if (++events % 500 === 0) await macrotask()
  }
  return success(events)
}

/** Stores a run file; on a failure what was stored of it is removed again. */
export function storeRunFile(store: Store, source: TextSource, words: RunWords): Promise<Result<RunRecord>> {
  return storeEvents(store, readRunFile(source), words)
}
