/** Exploration of one task by the method of the run. All methods have one signature; see `methods/`. */

import type { RunConfig } from '../settings/settings.ts'
import { eto } from './methods/eto.ts'
import { groups } from './methods/groups.ts'
import { ipr } from './methods/ipr.ts'
import type { Method, TaskEvents, TaskExploration } from './methods/method.ts'
import { recycled } from './methods/recycled.ts'
import { replay } from './methods/replay.ts'
import { stepwise } from './methods/stepwise.ts'
import { treeSearch } from './methods/tree-search.ts'

export type { Expert, TaskExploration } from './methods/method.ts'

const METHOD: Readonly<Record<RunConfig['method'], Method>> = {
  rro: stepwise,
  'rro-recycled': recycled,
  'fixed-size': stepwise,
  uct: treeSearch,
  ipr,
  eto,
  groups,
  replay,
}

export async function* exploreTask<P>(exploration: TaskExploration<P>): TaskEvents {
  const { actor, config, index: task } = exploration
  const { id: taskId, instruction } = exploration.task
  const start = actor.begin(exploration.task)
  yield { type: 'task-started', task, taskId, instruction, observation: actor.observe(start) }
  yield* METHOD[config.method](exploration, start)
}
