/** What of an exploration can be held against exact values: actions that it accepted as rising, and its pairs. */
import type { RunEvent } from '../../core/log/events.ts'

/** A state, as the actions that lead to it. */
export interface Place {
  readonly taskId: string
  readonly path: readonly string[]
}

/** An accepted action that rose, as the exploration saw it. */
export interface Accepted extends Place {
  readonly action: string
  readonly estimate: number
}

export interface Compared extends Place {
  readonly chosen: string
  readonly rejected: string
}

/** What there is to check in the events of one task. Whole trajectories are not: their outcomes are exact. */
export function probesOf(events: readonly RunEvent[]): { accepted: Accepted[]; pairs: Compared[] } {
  const accepted: Accepted[] = []
  const pairs: Compared[] = []
  let taskId = ''
  let path: readonly string[] = []
  let after: readonly string[] = []
  let actions: (string | undefined)[] = []
  let risen = new Map<number, number>()
  const compare = (at: readonly string[], chosen: string | undefined, rejected: string | undefined): void => {
    if (chosen !== undefined && rejected !== undefined) pairs.push({ taskId, path: at, chosen, rejected })
  }
  for (const event of events) {
    switch (event.type) {
      case 'task-started':
        taskId = event.taskId
        path = after = []
        break
      case 'step-started':
        path = after
        actions = []
        risen = new Map()
        break
      case 'candidate-proposed':
        actions[event.candidate] = event.action
        break
      case 'candidate-scored':
        if (event.rises) risen.set(event.candidate, event.reward)
        break
      case 'step-decided': {
        const action = actions[event.continued]
        const estimate = risen.get(event.continued)
        if (action === undefined) break
        if (estimate !== undefined && event.reason !== 'expert') accepted.push({ taskId, path, action, estimate })
        after = [...path, action]
        break
      }
      case 'pair-made':
        compare(path, actions[event.chosen], actions[event.rejected])
        break
      case 'branch-pair-made':
        compare([...path, ...event.after.map(({ action }) => action)], event.chosen.action, event.rejected.action)
        break
    }
  }
  return { accepted, pairs }
}
