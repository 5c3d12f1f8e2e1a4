/** Where this tab looks, so that a reload comes back to it. The browser keeps it for the tab (sessionStorage), not longer. */

export interface Place {
  readonly runId: string
  readonly task: number
  /** Events of the task that are shown. */
  readonly count: number
}

const KEY = 'rro-lab:place'

export function rememberPlace(place: Place): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(place))
  } catch {
    // Storage is refused here: a reload begins at the recorded run.
  }
}

export function recallPlace(): Place | undefined {
  try {
    return parsePlace(JSON.parse(sessionStorage.getItem(KEY) ?? 'null'))
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
