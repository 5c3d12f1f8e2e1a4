/** What a log already holds of an unfinished task, so that resuming never samples the same thing twice. */

import type { RunEvent } from '../log/events.ts'
import type { Proposal, Rollout } from './actor.ts'

export interface TaskRecord {
  proposal(step: number, candidate: number): Proposal | undefined
  rollout(step: number, candidate: number, rollout: number): Rollout | undefined
}

export const NOTHING_RECORDED: TaskRecord = { proposal: () => undefined, rollout: () => undefined }

/** Indexes the events of one task. */
export function recordOf(events: readonly RunEvent[]): TaskRecord {
  const proposals = new Map<string, Proposal>()
  const rollouts = new Map<string, Rollout>()
  for (const event of events) {
    if (event.type === 'candidate-proposed')
      proposals.set(`${event.step}/${event.candidate}`, {
        ...{ text: event.text, action: event.action },
        ...(event.usage && { usage: event.usage }),
      })
    if (event.type === 'rollout-finished')
      rollouts.set(`${event.step}/${event.candidate}/${event.rollout}`, {
        actions: event.actions,
        reward: event.reward,
        ...(event.texts && { texts: event.texts }),
        ...(event.usages && { usages: event.usages }),
      })
  }
  return {
    proposal: (step, candidate) => proposals.get(`${step}/${candidate}`),
    rollout: (step, candidate, rollout) => rollouts.get(`${step}/${candidate}/${rollout}`),
  }
}
