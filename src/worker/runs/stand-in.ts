/** The embedded policy of the open run, as far as it is at hand: for what a visitor wants to know of it beside the log. */

import type { TaskWords } from '../../core/exploration/actor.ts'
import { failure, quote, type Result, success } from '../../core/failure.ts'
import { type RandomStream, stream } from '../../core/random.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import type { World } from '../worlds/world.ts'
import type { RunSession } from './run-session.ts'

/** The open run, and how to get at the embedded agent of a configuration. */
export interface VisitPorts {
  readonly session: RunSession
  worldOf(config: RunConfig): Promise<Result<World>>
}

export interface StandIn {
  readonly world: World
  readonly policy: LinearActor
  readonly words: TaskWords
  readonly start: ReturnType<LinearActor['begin']>
  readonly agent: string
  /** Of the task; apart from all that a run draws from. */
  readonly random: RandomStream
}

/** The embedded policy that finishes the rollouts of the open run; where that is a language model, the shipped one. */
export async function standIn({ session, worldOf }: VisitPorts, task: number): Promise<Result<StandIn>> {
  const { config, data, agent } = session.header
  const embedded = config.policy === 'linear' || config.policy === 'human'
  const world = await worldOf({ ...config, policy: 'linear', ...(!embedded && { model: '' }) })
  if (!world.ok) return world
  const { policy, made } = world.value
  if (made.data.fingerprint !== data.fingerprint) {
    const words = `This run was made with other data (${data.name}; loaded is ${made.data.name}).`
    return failure('world-other-data', `${words} Load that data to act in it.`)
  }
  const words = session.taskWords(world.value, task)
  if (words === undefined) return failure('task-unknown', `The run has no task ${quote(task + 1)}.`)
  if (policy === undefined || (embedded && made.agent.fingerprint !== agent.fingerprint)) {
    const words = `The agent of this run (${agent.name}) is not the one at hand (${made.agent.name}).`
    return failure('agent-elsewhere', `${words} It can be read, but not asked.`)
  }
  const random = stream(config.seed).child('visitor', task)
  return success({ world: world.value, policy, words, start: policy.begin(words), agent: made.agent.name, random })
}
