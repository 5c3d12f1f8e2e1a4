/** A comparison in a part of the shipped shop: small, but the real thing. */
import type { Arm, Comparison } from '../../../src/core/comparison/comparison.ts'
import { DEFAULT_COMPARISON } from '../../../src/core/comparison/default-comparison.ts'
import { exploreTask } from '../../../src/core/exploration/explore-task.ts'
import { unwrap } from '../../../src/core/failure.ts'
import type { TaskEvent } from '../../../src/core/log/events.ts'
import { stream } from '../../../src/core/random.ts'
import { parseConfig } from '../../../src/core/settings/parse-config.ts'
import { diskLoader } from '../../../src/node/disk-loader.ts'
import { expertAt } from '../../../src/training/expert.ts'
import type { StudyWorld } from '../../../src/training/study/study-world.ts'
import { studyWorld } from '../../../src/worker/comparisons/study-jobs.ts'

/** With nothing in memory of any other: its loader is its own. */
export async function smallWorld(start = 'weak'): Promise<StudyWorld> {
  const world = unwrap(await studyWorld({ ...diskLoader() }, { environment: 'webshop', start }, undefined))
  const train = world.tasks('train').slice(0, 12)
  const test = world.tasks('test').slice(0, 15)
  return { ...world, tasks: (split) => (split === 'test' ? test : train) }
}

/** One of every method. */
export const ARMS: readonly Arm[] = [
  { method: 'sft', settings: {} },
  { method: 'eto', settings: {} },
  { method: 'ipr', settings: { rollouts: 2 } },
  { method: 'fixed-size', settings: { candidates: 2, rollouts: 2 } },
  { method: 'uct', settings: { candidates: 3, rollouts: 2 } },
  { method: 'rro', settings: { rollouts: 3 } },
  { method: 'rro-recycled', settings: { rollouts: 2, candidates: 2, startRollouts: 6 } },
]

export const SMALL: Comparison = {
  ...DEFAULT_COMPARISON,
  ...{ arms: ARMS, budgets: [150, 400], seeds: 2, episodes: 1 },
  training: { ...DEFAULT_COMPARISON.training, epochs: 5 },
}

/** The events of one task. */
export async function taskEvents(world: StudyWorld, { method, settings }: Arm, seed: number): Promise<TaskEvent[]> {
  const task = world.tasks('train')[seed % world.tasks('train').length]
  if (task === undefined) throw new Error('no task')
  const { config } = parseConfig({ ...settings, method, seed })
  const expert = expertAt(world.experts, task.id, 0)
  const exploration = { config, actor: world.actor, maxReward: world.maxReward, index: 0, task, random: stream(seed) }
  const events: TaskEvent[] = []
  for await (const event of exploreTask({ ...exploration, ...(expert && { expert }) })) events.push(event)
  return events
}
