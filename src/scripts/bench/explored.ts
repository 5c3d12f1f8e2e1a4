/** How fast an agent explores: tasks and steps of rollouts a second, one exploration after the other. In Node and in a page. */
import type { Actor } from '../../core/exploration/actor.ts'
import { exploreRun } from '../../core/exploration/explore-run.ts'
import { drawTasks, runHeader } from '../../core/exploration/run-plan.ts'
import type { RunEvent } from '../../core/log/events.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../../core/settings/settings.ts'
import type { World } from '../../worker/worlds/world.ts'
import { measured } from './measure.ts'

export interface Explored {
  readonly events: readonly RunEvent[]
  readonly elapsedMs: number
  /** Of which inside the actor's rollouts. */
  readonly rolloutMs: number
  readonly rolloutSteps: number
}

export async function explored(world: World, settings: Partial<RunConfig>): Promise<Explored> {
  const config = { ...DEFAULT_CONFIG, ...settings }
  let rolloutMs = 0
  let rolloutSteps = 0
  const actor: Actor = {
    ...world.actor,
    async rollouts(...call) {
      const start = performance.now()
      const rollouts = await world.actor.rollouts(...call)
      rolloutMs += performance.now() - start
      for (const { actions } of rollouts) rolloutSteps += actions.length
      return rollouts
    },
  }
  const tasks = drawTasks(config, world.tasks(config.split))
  const events: RunEvent[] = []
  const start = performance.now()
  for await (const event of exploreRun({ header: runHeader(config, world.made), actor, tasks })) events.push(event)
  return { events, elapsedMs: performance.now() - start, rolloutMs, rolloutSteps }
}

/** Of one exploration after the other, from the first of a process on. */
export interface Speeds {
  readonly tasksPerSecond: readonly number[]
  readonly stepsPerSecond: readonly number[]
}

/** @param settings those of each exploration, but the seed, which is 1, 2, ... */
export async function speedsOf(world: World, settings: Partial<RunConfig>, explorations: number): Promise<Speeds> {
  const tasksPerSecond: number[] = []
  const stepsPerSecond: number[] = []
  for (let seed = 1; seed <= explorations; seed++) {
    const { events, elapsedMs, rolloutMs, rolloutSteps } = await explored(world, { ...settings, seed })
    const tasks = events.filter(({ type }) => type === 'task-finished').length
    tasksPerSecond.push((1000 * tasks) / elapsedMs)
    stepsPerSecond.push((1000 * rolloutSteps) / rolloutMs)
  }
  return { tasksPerSecond, stepsPerSecond }
}

/** Speeds while a process is still being compiled, the very first left out, and afterwards. @param first explorations until then */
export function firstAndLater(speeds: readonly number[], first: number) {
  return { first: measured(speeds.slice(1, first)), later: measured(speeds.slice(first)) }
}
