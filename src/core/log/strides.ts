/** How a log is walked: by event, by phase, by step, by task. */
import type { RunEvent } from './events.ts'

/** The phases of one step, as the transport and the scrubber show them. */
export const PHASES = ['propose', 'roll out', 'compare', 'choose'] as const
export type Phase = (typeof PHASES)[number]

/** Which phase an event belongs to; undefined for the frame around steps. */
export function phaseOf(event: RunEvent): Phase | undefined {
  switch (event.type) {
    case 'candidate-proposed':
      return 'propose'
    case 'rollout-finished':
      return 'roll out'
    case 'candidate-scored':
      return 'compare'
    case 'step-decided':
    case 'pair-made':
    case 'branch-pair-made':
    case 'trajectory-pair-made':
      return 'choose'
    default:
      return undefined
  }
}

/** How far one press of a step key goes: past the next event, or to the end of the phase, step or task. */
export const STRIDES = ['event', 'phase', 'step', 'task'] as const
export type Stride = (typeof STRIDES)[number]

/** Whether a stride that began before `event` ends with it, given the event that follows (if any is known). */
export function endsStride(stride: Stride, event: RunEvent, next: RunEvent | undefined): boolean {
  if (stride === 'event' || event.type === 'task-finished' || event.type === 'run-finished') return true
  if (stride === 'task') return false
  if (next === undefined) return false
  if (stride === 'step') return next.type === 'step-started' || next.type === 'task-finished'
  return phaseOf(next) !== phaseOf(event) && phaseOf(event) !== undefined
}
