/** A lab without a worker: it "explores" the toy task over and over, event by event, as strides ask for it. */

import { failure } from '../../src/core/failure.ts'
import type { RunEvent } from '../../src/core/log/events.ts'
import { foldRun } from '../../src/core/log/fold-run.ts'
import { endsStride } from '../../src/core/log/strides.ts'
import { Changes } from '../../src/ui/state/changes.ts'
import { Explorer } from '../../src/ui/state/explorer.ts'
import { Notices } from '../../src/ui/state/notices.ts'
import type { LabApi, RunProgress } from '../../src/worker/protocol/lab-api.ts'
import { CONFIG, toyEvents } from './toy-task.ts'

export interface ToyLab {
  readonly api: Pick<LabApi, 'advance' | 'tasks' | 'taskEvents'>
  /** How often it was asked to explore. */
  readonly advances: () => number
  readonly progress: () => RunProgress
}

export function createToyLab(tasks: number, blocked?: string): ToyLab {
  const all: RunEvent[] = [
    ...Array.from({ length: tasks }, (_, task) => toyEvents(undefined, task)).flat(),
    { type: 'run-finished' },
  ]
  let known = 0
  let advances = 0
  let reports = 0
  const progress = (): RunProgress => {
    const state = foldRun(all.slice(0, known))
    const { cost, pairs, finished, steps, risenSteps } = state
    return {
      revision: ++reports,
      data: { name: 'toy', fingerprint: 'toy' },
      info: {
        ...{ id: 'toy', name: 'Toy', createdAtMs: 1, config: { ...CONFIG, tasks }, events: known, origin: 'here' },
        ...{ tasksFinished: state.tasks.length, pairs, cost, finished },
        rewardSum: state.tasks.reduce((sum, task) => sum + task.reward, 0),
      },
      ...{ status: finished ? 'finished' : 'paused', failure: undefined, blocked, waiting: false, steps, risenSteps },
      openTaskEvents: finished ? 0 : known - state.tasks.length * toyEvents().length,
      ...{ tasksPerSecond: undefined, saved: known },
    }
  }
  return {
    api: {
      async advance(stride) {
        advances++
        if (blocked !== undefined) return failure('blocked', blocked)
        for (let event = all[known++]; event !== undefined; event = all[known++])
          if (endsStride(stride, event, all[known])) break
        known = Math.min(known, all.length)
        return { ok: true, value: progress() }
      },
      tasks: async () => [],
      taskEvents: async (task) => all.slice(0, known).filter((event) => 'task' in event && event.task === task),
    },
    advances: () => advances,
    progress,
  }
}

/** An explorer of the toy run, before its first event. */
export function openToy(tasks = 2, blocked?: string) {
  const lab = createToyLab(tasks, blocked)
  const changes = new Changes()
  const notices = new Notices(changes)
  const explorer = new Explorer(lab.api as LabApi, changes, notices) // it asks for nothing else here
  explorer.take({ progress: lab.progress(), tasks: [] })
  return { lab, explorer, notices }
}
