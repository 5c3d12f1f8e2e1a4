/**
 * Arithmetic of the playhead: a task, and how many of its events are shown. It knows nothing of the worker; where the
 * known events end before a stride does, it says so.
 */

import type { RunEvent } from '../../core/log/events.ts'
import { endsStride, type Phase, phaseOf, type Stride } from '../../core/log/strides.ts'

export interface Playhead {
  /** Index of the task in the run. */
  readonly task: number
  /** Events of the task that are shown. */
  readonly count: number
}

export interface Motion {
  readonly count: number
  /** False where more events are needed to know the stride's end. */
  readonly complete: boolean
}

type Events = readonly RunEvent[]

/** Whether a task's events reach its end. */
export function isWhole(events: Events): boolean {
  return events.at(-1)?.type === 'task-finished'
}

export function strideForward(events: Events, count: number, stride: Stride): Motion {
  for (let to = count + 1; to <= events.length; to++) {
    if (endsHere(events, to, stride)) return { count: to, complete: true }
  }
  return { count: events.length, complete: false }
}

/** The greatest stride end before `count`; the task's first event where there is none. */
export function strideBack(events: Events, count: number, stride: Stride): number {
  for (let to = count - 1; to > 1; to--) {
    if (endsHere(events, to, stride)) return to
  }
  return Math.min(1, events.length)
}

/** The first moment of a task where there is something to ask: a candidate has been proposed, and no rollout shows its worth. */
export function firstQuestion(events: Events): number {
  const proposed = events.findIndex(({ type }) => type === 'candidate-proposed')
  return proposed < 0 ? events.length : proposed + 1
}

function endsHere(events: Events, count: number, stride: Stride): boolean {
  const event = events[count - 1]
  return event !== undefined && endsStride(stride, event, events[count])
}

/** A run of neighbouring events of one phase: those numbered from + 1 to `to`. */
export interface PhaseSpan {
  readonly phase: Phase
  readonly from: number
  readonly to: number
}

/** The phases of a task along the scrubber; events of no phase leave gaps. */
export function phaseSpans(events: Events): PhaseSpan[] {
  const spans: PhaseSpan[] = []
  events.forEach((event, index) => {
    const phase = phaseOf(event)
    const last = spans.at(-1)
    if (phase === undefined) return
    if (last?.phase === phase && last.to === index) spans[spans.length - 1] = { ...last, to: index + 1 }
    else spans.push({ phase, from: index, to: index + 1 })
  })
  return spans
}

/** How long an event stays before the next one at speed 1: rollouts pass quickly, decisions may be read. */
const DWELL_MS = { propose: 700, 'roll out': 180, compare: 900, choose: 900, frame: 400 } as const

export function dwellMs(event: RunEvent | undefined): number {
  if (event === undefined) return 0
  if (event.type === 'task-finished') return 1600
  // Candidates that earlier rollouts have shown come all together, and pairs of a tree by the dozen.
  if (event.type === 'candidate-proposed' && event.source === 'recycled') return 120
  if (event.type === 'branch-pair-made' || (event.type === 'pair-made' && event.weight !== undefined)) return 60
  return DWELL_MS[phaseOf(event) ?? 'frame']
}

export const SPEEDS = [0.5, 1, 2, 4, 8, 16] as const
