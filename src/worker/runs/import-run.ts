/** A run file into a store. It is read twice: once to know that all of it is good, once to store it. */
import { type Result, success } from '../../core/failure.ts'
import type { TextSource } from '../../formats/lines.ts'
import { readRunFile } from '../../formats/run-file.ts'
import type { RunRecord } from '../../store/run-record.ts'
import { macrotask } from '../machine/macrotask.ts'
import { publishTogether, type TogetherPorts } from './publish-together.ts'
import type { RunWords } from './store-events.ts'

/** Reads all of a run file and keeps nothing. */
export async function checkRunFile(source: TextSource): Promise<Result<number>> {
  let events = 0
  for await (const event of readRunFile(source)) {
    if (!event.ok) return event
    if (++events % 500 === 0) await macrotask()
  }
  return success(events)
}

/** Stores a run file; on a failure nothing of it stays. */
export function storeRunFile(ports: TogetherPorts, source: TextSource, words: RunWords): Promise<Result<RunRecord>> {
  return publishTogether(ports, (draft) => draft(readRunFile(source), words))
}
