/** Consecutive events of one task (or of the frame around tasks) as JSON Lines text: the unit of storage. */
import type { RunEvent } from '../core/log/events.ts'

/** Stands for the frame: run-started, run-finished, run-failed. */
export const FRAME = -1

export interface Batch {
  /** Sequence number of the first event in the run, from 0. */
  readonly firstSeq: number
  readonly count: number
  /** Index of the task, or `FRAME`. */
  readonly task: number
  /** `count` lines, each ended by a line feed. */
  readonly text: string
}

export function taskOf(event: RunEvent): number {
  return 'task' in event ? event.task : FRAME
}

/** Cuts consecutive events into batches of one task each. */
export function batchesOf(events: readonly RunEvent[], firstSeq: number): Batch[] {
  const batches: Batch[] = []
  let lines: string[] = []
  let from = 0
  const close = (end: number): void => {
    const first = events[from]
    if (first !== undefined && end > from) {
      batches.push({ firstSeq: firstSeq + from, count: end - from, task: taskOf(first), text: `${lines.join('\n')}\n` })
    }
    lines = []
    from = end
  }
  events.forEach((event, i) => {
    const first = events[from]
    if (first !== undefined && taskOf(first) !== taskOf(event)) close(i)
    lines.push(JSON.stringify(event))
  })
  close(events.length)
  return batches
}
