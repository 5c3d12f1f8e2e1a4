/** Where one looks at a run, and where this tab does, so that a reload comes back to it (sessionStorage: for the tab, not longer). */

export interface Place {
  readonly runId: string
  readonly task: number
  /** Events of the task that are shown. */
  readonly count: number
}

/** What is remembered: where the tab looks, and where it looked when its visitor went to act. */
export type Memory = 'place' | 'came-from'

const key = (memory: Memory): string => `rro-lab:${memory}`

export function rememberPlace(place: Place, memory: Memory = 'place'): void {
  try {
    sessionStorage.setItem(key(memory), JSON.stringify(place))
  } catch {
    // Storage is refused here: a reload begins at the recorded run.
  }
}

export function recallPlace(memory: Memory = 'place'): Place | undefined {
  try {
    return parsePlace(JSON.parse(sessionStorage.getItem(key(memory)) ?? 'null'))
  } catch {
    return undefined
  }
}

export function parsePlace(value: unknown): Place | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { runId, task, count } = value as Partial<Record<keyof Place, unknown>>
  const whole = (given: unknown): given is number => Number.isSafeInteger(given) && (given as number) >= 0
  return typeof runId === 'string' && whole(task) && whole(count) ? { runId, task, count } : undefined
}
