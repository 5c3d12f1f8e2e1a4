/** What the open run would have drawn with more candidates or rollouts at a step: for the page alone, in no log. */
import { drawMore } from '../../core/exploration/draw-more.ts'
import { recordOf } from '../../core/exploration/record.ts'
import { failure, quote, type Result, success } from '../../core/failure.ts'
import { foldTask } from '../../core/log/fold-task.ts'
import { stream } from '../../core/random.ts'
import { STEPWISE_METHODS } from '../../core/settings/run-config.ts'
import { SETTINGS } from '../../core/settings/settings.ts'
import type { Drawn, DrawRequest } from '../protocol/visits.ts'
import { standIn, type VisitPorts } from './stand-in.ts'

export async function drawn(ports: VisitPorts, request: DrawRequest): Promise<Result<readonly Drawn[]>> {
  const { session } = ports
  const { config, maxReward } = session.header
  const { task: index, step, candidate, rollouts } = request
  if (!STEPWISE_METHODS.includes(config.method))
    return failure('draw-method', 'Only a step of RRO or of fixed-size exploration can be drawn on.')
  if (config.policy !== 'linear' && config.policy !== 'human')
    return failure('draw-model', 'A language model is asked in a run only: start one with these settings.')
  const events = await session.taskEvents(index)
  if (!events.ok) return events
  const task = foldTask(events.value)
  const at = task?.steps[step - 1]
  const known = step === 0 ? candidate === 0 : at !== undefined && within(candidate, 1, SETTINGS.candidates.most)
  if (task === undefined || !known || !within(rollouts, 1, SETTINGS.rollouts.most))
    return failure('step-unknown', `Task ${index + 1} has no such draw at step ${quote(step)}.`)
  if (config.policy === 'human' && candidate > (at?.candidates.length ?? 0) && step > 0)
    return failure('draw-yours', 'You act in this run: another candidate would be yours. Try one as a What if.')
  const stand = await standIn(ports, index)
  if (!stand.ok) return stand
  const { policy, words } = stand.value
  const exploration = {
    ...{ config, actor: policy, maxReward, index, task: words },
    ...{ random: stream(config.seed), record: recordOf(events.value) },
  }
  return success(await drawMore(exploration, task, { step, candidate, rollouts }))
}

function within(number: number, least: number, most: number): boolean {
  return Number.isInteger(number) && number >= least && number <= most
}
