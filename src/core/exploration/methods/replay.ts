/**
 * What somebody did elsewhere, played again in the environment: no agent is asked, no step is scored, and the outcome is the
 * environment's own. Trajectories from other people's files come in so (docs/decisions/0042-foreign-trajectories.md).
 */
import { endAfter, replyOf, type TaskEvents, type TaskExploration } from './method.ts'

/** A task that nobody has a trajectory for ends at once, as it does for IPR and ETO. */
export async function* replay<P>(exploration: TaskExploration<P>, start: P): TaskEvents {
  const { actor, index: task, expert: given } = exploration
  if (given === undefined) {
    yield { type: 'task-finished', task, reward: 0, end: 'no-expert' }
    return
  }
  let prefix = start
  for (const [i, action] of given.actions.entries()) {
    const step = i + 1
    yield { type: 'step-started', task, step, bar: 0 }
    const text = given.texts?.[i]
    const proposal = text === undefined ? replyOf(actor, prefix, action) : { text, action }
    prefix = actor.execute(prefix, proposal)
    const end = endAfter(exploration, prefix, step)
    const said = { text: proposal.text, action, done: end !== undefined, outcome: end?.reward ?? null }
    yield { type: 'candidate-proposed', task, step, candidate: 1, ...said, source: 'file' }
    const observation = actor.observe(prefix)
    yield { type: 'step-decided', task, step, chosen: 1, continued: 1, reason: 'only', observation }
    if (end === undefined) continue
    const finished = actor.outcome(prefix) !== undefined
    yield { type: 'task-finished', task, reward: end.reward, end: finished ? 'done' : 'step-limit' }
    return
  }
  yield { type: 'task-finished', task, reward: 0, end: 'file-end' }
}
