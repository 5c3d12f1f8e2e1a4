/** Where the rewards of a task lie: from 0 to 1, or from -1 where one is negative (rows in the wrong order, InterCode). */
import type { RunEvent } from '../../../core/log/events.ts'

export type Least = 0 | -1

/** Asked at each frame of what plays. */
const KNOWN = new WeakMap<readonly RunEvent[], Least>()

/** @param events all that are known of the task, so that the axis stands still while the playhead moves */
export function leastReward(events: readonly RunEvent[]): Least {
  const known = KNOWN.get(events) ?? leastOf(events)
  KNOWN.set(events, known)
  return known
}

function leastOf(events: readonly RunEvent[]): Least {
  return events.some((event) => {
    if ('reward' in event && event.reward < 0) return true
    if (event.type === 'step-started') return event.bar < 0
    return event.type === 'candidate-proposed' && (event.outcome ?? 0) < 0
  })
    ? -1
    : 0
}

/** 0 at the axis' lower end, 1 at its upper end. */
export function onAxis(reward: number, least: Least): number {
  return (Math.min(1, Math.max(least, reward)) - least) / (1 - least)
}
