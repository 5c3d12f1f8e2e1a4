/** Two arms of a comparison side by side: the same task, seed and start policy, each explored to the task's end. */
import type { Arm } from '../../core/comparison/comparison.ts'
import { configOf } from '../../core/comparison/comparison.ts'
import { exploreTask } from '../../core/exploration/explore-task.ts'
import { drawTasks } from '../../core/exploration/run-plan.ts'
import { failure, quote, type Result, success } from '../../core/failure.ts'
import type { RunEvent } from '../../core/log/events.ts'
import { stream } from '../../core/random.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import { macrotask } from '../machine/macrotask.ts'
import type { Duel, DuelRequest } from '../protocol/duel.ts'
import type { World } from '../worlds/world.ts'
import type { WorldSource } from '../worlds/world-source.ts'
import { sourceOf } from './ground.ts'

export interface DuelPorts {
  readonly loader: DataLoader
  /** The data at hand. */
  sourceOf(environment: RunConfig['environment']): WorldSource
  /** With the agent that the settings name. */
  worldOn(source: WorldSource, config: RunConfig): Promise<Result<World>>
}

/** Events between two breaths. */
const HANDFUL = 64

export async function duelOf(request: DuelRequest, ports: DuelPorts): Promise<Result<Duel>> {
  const sides: RunEvent[][] = []
  for (const number of request.arms) {
    const arm = request.comparison.arms[number]
    if (arm === undefined) return failure('arm-unknown', `The comparison has no method ${quote(number + 1)}.`)
    const events = await explored(request, arm, ports)
    if (!events.ok) return events
    sides.push(events.value)
  }
  const [first = [], second = []] = sides
  return success([first, second])
}

async function explored(
  { comparison, seed, task: index }: DuelRequest,
  arm: Arm,
  ports: DuelPorts,
): Promise<Result<RunEvent[]>> {
  if (arm.method === 'sft') return failure('duel-nothing', 'Without exploration there is nothing to watch.')
  const config = configOf(comparison, arm, seed, index + 1)
  const source = await sourceOf({ loader: ports.loader, known: ports.sourceOf }, comparison)
  const world = source.ok ? await ports.worldOn(source.value, config) : source
  if (!world.ok) return world
  const { actor, made } = world.value
  const task = drawTasks(config, world.value.tasks(config.split))[index]
  if (task === undefined) return failure('task-unknown', `There is no task ${quote(index + 1)}.`)
  const expert = world.value.expert?.(task, index)
  const events: RunEvent[] = []
  const exploration = {
    ...{ config, actor, maxReward: made.maxReward, index, task, random: stream(config.seed) },
    ...(expert && { expert }),
  }
  for await (const event of exploreTask(exploration)) {
    events.push(event)
    if (events.length % HANDFUL === 0) await macrotask()
  }
  return success(events)
}
