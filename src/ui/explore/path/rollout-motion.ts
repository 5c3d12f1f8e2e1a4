/**
 * The motion of the picture: a rollout that has just finished travels out along its branch, and when a candidate is scored
 * its outcomes flow together into the mean. Only where one step on is what happened, and only by transforms; what is shown
 * without motion is always the whole state.
 */
import type { RunEvent } from '../../../core/log/events.ts'
import { dwellMs } from '../../state/playhead.ts'
import type { PathSource } from './path-source.ts'

/** What moves takes longer than a frame: in a shorter time it would only be seen a frame late. By hand, no longer than the other. */
const FRAME_MS = 1000 / 60
const LONGEST_MS = 620
/** Each of several rollouts that finished at once begins a part of its own motion after the one before. */
const STAGGER = 0.35

export interface Motions {
  /** Numbers of the rollouts that travel. */
  readonly travel: readonly number[]
  /** Whether outcomes flow into the mean. */
  readonly flow: boolean
  readonly durationMs: number
}

export const STILL: Motions = { travel: [], flow: false, durationMs: 0 }

/**
 * What moves when the playhead comes from `before` to `after`.
 * @param events of the task; both count them
 * @param speed of play; undefined by hand
 */
export function motionsBetween(
  events: readonly RunEvent[],
  before: number,
  after: number,
  { step, candidate }: { readonly step: number; readonly candidate: number },
  speed: number | undefined,
): Motions {
  if (after <= before) return STILL
  const passed = events.slice(before, after)
  const own = passed.filter((event) => 'candidate' in event && event.step === step && event.candidate === candidate)
  const finished = own.filter((event) => event.type === 'rollout-finished')
  const last = passed.at(-1)
  const flow = own.some((event) => event.type === 'candidate-scored')
  // In one stride past a whole candidate only the end is told.
  const travel = flow ? [] : finished.map(({ rollout }) => rollout)
  if (!flow && travel.length === 0) return STILL
  const dwell = passed.length === 1 || speed !== undefined ? dwellMs(last) / (speed ?? 1) : LONGEST_MS
  return dwell > FRAME_MS ? { travel, flow, durationMs: Math.min(LONGEST_MS, dwell) } : STILL
}

export class RolloutMotion {
  #before: { readonly events: readonly RunEvent[]; readonly count: number; readonly seen: string } | undefined
  #running: readonly Animation[] = []

  /** Called when the picture has been drawn. What still moves from before gives way to the new state. */
  follow(plot: Element, { events, count, task, selection }: PathSource, speed: number | undefined): void {
    if (task === undefined || selection === undefined) return
    const before = this.#before
    const seen = JSON.stringify([count, selection])
    this.#before = { events, count, seen }
    if (before === undefined || before.seen === seen) return
    for (const motion of this.#running) motion.cancel()
    this.#running = []
    // The same task, with no more than new events at its end.
    if (events[0] !== before.events[0] || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    this.#running = move(plot, motionsBetween(events, before.count, count, selection, speed))
  }
}

function move(plot: Element, { travel, flow, durationMs }: Motions): Animation[] {
  const fan = plot.querySelector('.fan.full')
  if (fan === null || durationMs === 0) return []
  const own = durationMs / (1 + STAGGER * Math.max(0, travel.length - 1))
  const out = travel.map((rollout, place) =>
    fan.querySelector(`[data-rollout="${rollout}"]`)?.animate([{ transform: 'scale(0)' }, { transform: 'scale(1)' }], {
      ...{ duration: own, delay: own * STAGGER * place, easing: 'cubic-bezier(.2,.7,.3,1)', fill: 'backwards' },
    }),
  )
  const home = flow ? flowTogether(plot, fan, durationMs) : []
  return [...out, ...home].filter((motion) => motion !== undefined)
}

function flowTogether(plot: Element, fan: Element, durationMs: number): (Animation | undefined)[] {
  const duration = durationMs * 0.65
  const dots = [...fan.querySelectorAll<SVGElement>('.flow')].map((dot) => {
    const to = `translate(${dot.style.getPropertyValue('--dx')}, ${dot.style.getPropertyValue('--dy')})`
    const keyframes = [
      { transform: 'none', opacity: 1 },
      { transform: to, opacity: 1 },
    ]
    return dot.animate(keyframes, { duration, easing: 'cubic-bezier(.5,0,.6,1)' })
  })
  const lines = [...fan.querySelectorAll('.homeward')].map((line) => line.animate([{ opacity: 0 }, {}], { duration }))
  const mean = plot
    .querySelector('.mean.selected')
    ?.animate([{ transform: 'scale(0)' }, { transform: 'scale(1.5)', offset: 0.7 }, { transform: 'scale(1)' }], {
      ...{ duration: durationMs * 0.35, delay: durationMs * 0.6, fill: 'backwards' },
    })
  return [...dots, ...lines, mean]
}
