/** Where one looks at a run, as it is kept beside an address (history.state) and for the tab (sessionStorage). */
import type { Selection } from './selection.ts'

export interface Place {
  readonly runId: string
  readonly task: number
  /** Events of the task that are shown. */
  readonly count: number
  /** What the visitor has picked, where that is not what the last event is about. */
  readonly pinned?: Selection
}

/** What the tab remembers: where its visitor looked when they went to act, what stood there when the page was left, and which
 * runs of edited worlds came from which. */
type Memory = 'came-from' | 'left' | 'edited'

export function remember(memory: Memory, value: unknown): void {
  try {
    sessionStorage.setItem(`rro-lab:${memory}`, JSON.stringify(value))
  } catch {
    // Storage is refused here: the page comes back to where its address leads.
  }
}

/** It may be anything. */
export function recall(memory: Memory): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(`rro-lab:${memory}`) ?? 'null')
  } catch {
    return null
  }
}

export function parsePlace(value: unknown): Place | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { runId, task, count, pinned } = value as Partial<Record<keyof Place, unknown>>
  if (typeof runId !== 'string' || !isCount(task) || !isCount(count)) return undefined
  const { step, candidate } = (pinned ?? {}) as Partial<Record<keyof Selection, unknown>>
  return { runId, task, count, ...(isCount(step) && isCount(candidate) ? { pinned: { step, candidate } } : {}) }
}

function isCount(given: unknown): given is number {
  return Number.isSafeInteger(given) && (given as number) >= 0
}
