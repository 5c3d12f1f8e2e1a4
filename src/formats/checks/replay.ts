/** A task of a file's trajectories, played again; see `core/exploration/methods/replay.ts`. */
import type { CandidateProposed, RunStarted } from '../../core/log/events.ts'
import { type Check, peek, take } from './expectation.ts'
import { candidateFault, endsAfter, finished, notPlain, stepStarted } from './parts.ts'

export function* replayCheck(run: RunStarted): Check {
  if ((yield* peek()) === 'task-finished') return yield* finished(0, 'no-expert')
  let given: CandidateProposed | undefined
  let step = 0
  while (given?.done !== true && (step === 0 || (yield* peek()) !== 'task-finished')) {
    yield* stepStarted(++step, 0)
    given = yield* take('candidate-proposed', step, (event) => {
      if (event.source !== 'file') return "is not marked as the file's"
      if (event.calls !== undefined || event.recycled !== undefined || event.usage !== undefined)
        return notPlain('a candidate')
      return candidateFault(run, event, 1)
    })
    yield* take('step-decided', step, ({ chosen, continued, reason }) => {
      if (reason !== 'only') return `gives the reason ${reason} where only follows from the log`
      return chosen === 1 && continued === 1 ? undefined : 'decides for a candidate that was not given'
    })
  }
  if (given?.outcome == null) yield* finished(0, 'file-end')
  else yield* finished(given.outcome, ...endsAfter(run, step, given.outcome))
}
