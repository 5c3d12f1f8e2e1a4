/**
 * Theory on the visitor's own task: what follows a prefix under the embedded policy, with process rewards from enough
 * rollouts to call them exact. Deterministic: every draw is named by seed, task, prefix and what it is for.
 */

import { exactReward, processReward } from '../../core/exploration/process-reward.ts'
import { drawTasks } from '../../core/exploration/run-plan.ts'
import { failure, quote, type Result, success } from '../../core/failure.ts'
import { stream } from '../../core/random.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import { type RunConfig, SETTINGS } from '../../core/settings/settings.ts'
import type { EnumerablePolicy } from '../../policies/policy.ts'
import { exactValues } from '../../training/exact-values.ts'
import { macrotask } from '../machine/macrotask.ts'
import type { TheoryReport, TheoryRequest } from '../protocol/theory.ts'
import type { World } from '../worlds/world.ts'

/** Rollouts of one action at most; beyond, its standard error says how far it came. */
const MOST_ROLLOUTS = 10_000
const ERRORS = { least: 0.002, most: 0.5 } as const

/**
 * @param worldOf the data and agent of a configuration
 * @returns `theory-dropped` when the signal is aborted
 */
export async function theoryOf(
  request: TheoryRequest,
  worldOf: (config: RunConfig) => Promise<Result<World>>,
  signal: AbortSignal,
): Promise<Result<TheoryReport>> {
  const { config, corrections } = parseConfig(request.settings)
  const { task: index, actions } = request
  const world = await worldOf(config)
  if (!world.ok) return world
  const { actor, made } = world.value
  if (!isEnumerable(actor)) {
    const words = `${made.agent.name} does not say how probable its actions are.`
    return failure('theory-agent', `${words} Choose an embedded agent.`)
  }
  const split = world.value.tasks(config.split)
  const known = Number.isSafeInteger(index) && index < SETTINGS.tasks.most
  const task = known ? drawTasks({ ...config, tasks: index + 1 }, split)[index] : undefined
  if (task === undefined) return failure('task-unknown', `There is no task ${quote(index + 1)}.`)

  const { stepLimit, temperature, rollouts } = config
  const prefix = actions.reduce((prefix, action) => actor.execute(prefix, { text: '', action }), actor.begin(task))
  const limit = stepLimit - actions.length
  if (actor.outcome(prefix) !== undefined || limit <= 0)
    return failure('theory-over', 'The episode is over after these actions. Take the last one back.')

  const random = stream(config.seed).child('theory', index, ...actions)
  const standardError = Math.min(ERRORS.most, Math.max(ERRORS.least, Number(request.standardError) || ERRORS.least))
  try {
    const { actions: next, value } = await exactValues(actor, prefix, {
      ...{ temperature, limit, minReward: made.minReward, maxReward: made.maxReward },
      ...{ standardError, most: MOST_ROLLOUTS, random, breathe: macrotask, signal },
    })
    const measured = actions.length > 0 || config.firstBar === 'value'
    const streams = Array.from({ length: rollouts }, (_, i) => random.child('before', i))
    const before = measured ? await actor.rollouts(prefix, limit, temperature, streams) : []
    const previous = measured ? processReward(before.map(({ reward }) => reward)) : exactReward(0)
    return success({
      ...{ config, corrections, task: { index, ...task }, tasks: split.length, actions, agent: made.agent.name },
      ...{ observation: actor.observe(prefix), minReward: made.minReward, maxReward: made.maxReward, next, value },
      previous: { reward: previous.mean, standardError: previous.standardError, rollouts: before.length },
    })
  } catch (thrown) {
    if (!signal.aborted) throw thrown
    return failure('theory-dropped', 'Another question was asked before this one was answered.')
  }
}

function isEnumerable(actor: World['actor']): actor is EnumerablePolicy {
  return 'logProbability' in actor && 'actions' in actor
}
