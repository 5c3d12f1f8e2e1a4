/** Small worlds whose process rewards are known, so that the algorithm can be checked without an environment. */
import type { Actor, Rollout, TaskWords } from '../../src/core/exploration/actor.ts'
import { exploreRun, type RunPosition } from '../../src/core/exploration/explore-run.ts'
import type { Expert } from '../../src/core/exploration/explore-task.ts'
import { runHeader } from '../../src/core/exploration/run-plan.ts'
import type { RunEvent } from '../../src/core/log/events.ts'
import { type RandomStream, stream } from '../../src/core/random.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../../src/core/settings/settings.ts'

/** A prefix of the tree world: the actions so far. */
export type TreePrefix = readonly string[]

/**
 * A tree with `branches` actions everywhere and episodes of `depth` actions. A leaf's reward is one of `grades` evenly
 * spaced values in [0, 1], drawn from the leaf's own path and the task, so that it is deterministic.
 */
export function treeActor(branches = 3, depth = 4, grades = 5): Actor<{ task: string; path: TreePrefix }> {
  const leafReward = (task: string, path: TreePrefix): number =>
    stream(1)
      .child('leaf', task, ...path)
      .below(grades) /
    (grades - 1)
  const pick = (random: RandomStream): string => `go[${random.below(branches)}]`
  return {
    begin: (task) => ({ task: task.id, path: [] }),
    propose(_prefix, _temperature, random) {
      const action = pick(random)
      return { text: `Thought: why not.\nAction: ${action}`, action }
    },
    execute: (prefix, proposal) => ({ task: prefix.task, path: [...prefix.path, proposal.action] }),
    outcome: (prefix) => (prefix.path.length >= depth ? { reward: leafReward(prefix.task, prefix.path) } : undefined),
    observe: (prefix) => `at ${prefix.path.join(' > ') || 'the root'}`,
    rollouts(prefix, limit, _temperature, streams) {
      return streams.map((random): Rollout => {
        const actions: string[] = []
        while (prefix.path.length + actions.length < depth) {
          if (actions.length === limit) return { actions, reward: 0 }
          actions.push(pick(random))
        }
        return { actions, reward: leafReward(prefix.task, [...prefix.path, ...actions]) }
      })
    },
  }
}

/**
 * One step, whose candidates end the episode with an independent uniform reward. The value of the empty prefix is
 * another such draw, or exactly the mean.
 */
export function oneStepActor(bar: 'independent' | 'mean'): Actor<string> {
  return {
    begin: () => '',
    propose(_prefix, _temperature, random) {
      const action = `take[${random.next()}]`
      return { text: `Action: ${action}`, action }
    },
    execute: (_prefix, proposal) => proposal.action,
    outcome: (prefix) => (prefix === '' ? undefined : { reward: Number(prefix.slice(5, -1)) }),
    observe: (prefix) => prefix,
    rollouts: (_prefix, _limit, _temperature, streams) =>
      streams.map((random) => ({ actions: ['take'], reward: bar === 'mean' ? 0.5 : random.next() })),
  }
}

export function toyConfig(settings: Partial<RunConfig> = {}): RunConfig {
  return { ...DEFAULT_CONFIG, tasks: 3, ...settings }
}

export function toyTasks(count: number): { id: string; instruction: string }[] {
  return Array.from({ length: count }, (_, i) => ({ id: `toy-${i}`, instruction: `Do toy task ${i}.` }))
}

/** A run over a toy world, from the beginning or from a position. */
export function toyRun<P>(
  actor: Actor<P>,
  config: RunConfig,
  from?: RunPosition,
  expert = (task: TaskWords): Expert | undefined => toyExpert(actor, task),
): AsyncGenerator<RunEvent> {
  const header = runHeader(config, {
    data: { name: 'toy', fingerprint: '0' },
    agent: { name: 'toy', fingerprint: '0' },
    systemPrompt: 'Play.',
    minReward: 0,
    maxReward: 1,
  })
  return exploreRun({ header, actor, tasks: toyTasks(config.tasks), expert, ...(from && { from }) })
}

/** An expert of the tree world who always goes the first way. */
function toyExpert<P>(actor: Actor<P>, task: TaskWords): Expert {
  let prefix = actor.begin(task)
  const actions: string[] = []
  while (actor.outcome(prefix) === undefined && actions.length < 8) {
    actions.push('go[0]')
    prefix = actor.execute(prefix, { text: '', action: 'go[0]' })
  }
  return { actions, reward: actor.outcome(prefix)?.reward ?? 0 }
}

export async function collect<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const event of events) all.push(event)
  return all
}

/** Where a log that was cut after `count` events stops. */
export function positionAfter(log: readonly RunEvent[], count: number): RunPosition {
  const stored = log.slice(0, count)
  const tasksFinished = stored.filter((event) => event.type === 'task-finished').length
  const unfinished = stored.filter((event) => 'task' in event && event.task === tasksFinished)
  return { started: count > 0, tasksFinished, unfinished }
}
