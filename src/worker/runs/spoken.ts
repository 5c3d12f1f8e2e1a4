/** A candidate of the open run token by token, where a small language model wrote it, as that model or another one judges it. */
import { failure, type Result, success } from '../../core/failure.ts'
import { foldTask } from '../../core/log/fold-task.ts'
import type { TransformerActor } from '../../policies/transformer/transformer-actor.ts'
import type { Spelled } from '../protocol/visits.ts'
import type { VisitPorts } from './stand-in.ts'

export interface SpokenCandidate {
  /** Index of the task. */
  readonly task: number
  /** From 1. */
  readonly step: number
  readonly candidate: number
  /** The setting `model` of another model; the one that explored where it is left out. */
  readonly judge?: string | undefined
}

export async function spoken(
  { session, worldOf }: VisitPorts,
  { task: index, step, candidate, judge }: SpokenCandidate,
): Promise<Result<Spelled>> {
  const { config, agent } = session.header
  if (config.policy !== 'transformer')
    return failure('spoken-agent', 'Only what the small language model wrote can be read token by token.')
  const world = await worldOf(judge === undefined ? config : { ...config, model: judge })
  if (!world.ok) return world
  const { language, made } = world.value
  if (language === undefined || (judge === undefined && made.agent.fingerprint !== agent.fingerprint)) {
    const words = 'This run was made by another version of the small language model:'
    return failure('agent-elsewhere', `${words} it can be read, but not asked.`)
  }
  const events = await session.taskEvents(index)
  if (!events.ok) return events
  const task = foldTask(events.value)
  const words = session.taskWords(world.value, index)
  const action = task?.steps[step - 1]?.candidates[candidate - 1]?.proposed.action
  if (task === undefined || words === undefined || action === undefined)
    return failure('step-unknown', `Task ${index + 1} has no such candidate at step ${step}.`)
  let prefix = language.begin(words)
  for (const { candidates, decided } of task.steps.slice(0, step - 1)) {
    const taken = candidates[(decided?.continued ?? 0) - 1]?.proposed
    if (taken !== undefined) prefix = language.execute(prefix, taken) as ReturnType<TransformerActor['begin']>
  }
  const found = language.spell(prefix, action)
  return found === undefined
    ? failure('spoken-long', 'The conversation had no room left for this action.')
    : success(found)
}
