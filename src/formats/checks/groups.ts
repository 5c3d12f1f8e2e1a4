/** A group of whole episodes; see `core/exploration/methods/groups.ts`. */
import { processReward } from '../../core/exploration/process-reward.ts'
import type { RunStarted } from '../../core/log/events.ts'
import type { Check } from './expectation.ts'
import { finished, rewardsOf, rollouts } from './parts.ts'

export function* groupsCheck(run: RunStarted): Check {
  const rewards = rewardsOf(yield* rollouts(run, 0, 0, run.config.startRollouts))
  yield* finished(processReward(rewards).mean, 'group')
}
