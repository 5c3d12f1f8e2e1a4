/** A task explored by RRO or by fixed-size exploration; see `core/exploration/methods/stepwise.ts`. */

import { processReward } from '../../core/exploration/process-reward.ts'
import type { CandidateProposed, PairMade, RunStarted } from '../../core/log/events.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import { type Check, take } from './expectation.ts'
import {
  drawnCandidate,
  endsAfter,
  finished,
  notPlain,
  rewardsOf,
  rollouts,
  type Scored,
  scored,
  stepStarted,
  worthOf,
} from './parts.ts'

type Drawn = Pick<CandidateProposed, 'action' | 'outcome' | 'candidate'> & Scored

export function* stepwiseCheck(run: RunStarted): Check {
  const { config } = run
  let bar = 0
  if (config.firstBar === 'value') bar = processReward(rewardsOf(yield* rollouts(run, 0, 0, config.rollouts))).mean
  for (let step = 1; ; step++) {
    yield* stepStarted(step, bar)
    const drawn: Drawn[] = []
    while (!isComplete(config, drawn)) {
      const candidate = yield* drawnCandidate(run, step, drawn.length + 1)
      const fresh = candidate.done ? [] : yield* rollouts(run, step, drawn.length + 1, config.rollouts)
      const { reward, rises } = yield* scored(run, candidate, worthOf(candidate, rewardsOf(fresh)), bar)
      drawn.push({ ...candidate, reward, rises })
    }

    const risen = drawn.some((candidate) => candidate.rises)
    const reason = config.method === 'fixed-size' ? 'best-of-k' : risen ? 'rise' : 'no-rise'
    const field = drawn.filter((candidate) => reason !== 'rise' || candidate.rises)
    const best = field.reduce((best, candidate) => (candidate.reward > best.reward ? candidate : best))
    const continued = config.continuation === 'first' ? (drawn[0] ?? best) : best
    yield* take('step-decided', step, (event) => {
      if (event.chosen !== best.candidate) return `chooses candidate ${event.chosen}, which is not the best`
      if (event.continued !== continued.candidate)
        return `goes on with candidate ${event.continued}, against the settings`
      if (event.reason !== reason) return `gives the reason ${event.reason} where ${reason} follows from the log`
      return undefined
    })
    const paired = reason !== 'no-rise' || config.noRise !== 'keep-best-unpaired'
    for (const rejected of paired ? rejectedBy(config, best, drawn) : []) {
      yield* take('pair-made', step, (event) => pairFault(event, best, rejected, drawn))
    }

    const endsTask = reason === 'no-rise' && config.noRise === 'end-task'
    const { outcome } = continued
    if (outcome !== null) {
      const ends = endsAfter(run, step, outcome)
      return yield* finished(
        outcome,
        ...(endsTask && ends.includes('step-limit') ? [...ends, 'no-rise' as const] : ends),
      )
    }
    if (endsTask) return yield* finished(0, 'no-rise')
    bar = continued.reward
  }
}

/** Whether the step has as many candidates as its method draws. */
function isComplete(config: RunConfig, drawn: readonly Drawn[]): boolean {
  if (drawn.length >= config.candidates) return true
  if (config.method === 'fixed-size') return false
  const first = drawn.findIndex((candidate) => candidate.rises)
  return first > 0 || (first === 0 && (config.firstRise === 'skip' || drawn.length >= 2))
}

/** Whom the chosen candidate is preferred to. */
function rejectedBy({ pairing }: RunConfig, chosen: Drawn, drawn: readonly Drawn[]): readonly Drawn[] {
  const lower = drawn.filter(({ reward, action }) => reward < chosen.reward && action !== chosen.action)
  if (pairing === 'all-lower') return lower
  if (pairing === 'previous') return lower.filter(({ candidate }) => candidate === chosen.candidate - 1)
  const worst = Math.min(...lower.map(({ reward }) => reward))
  return lower.filter(({ reward }) => reward === worst).slice(0, 1)
}

function pairFault(event: PairMade, best: Drawn, expected: Drawn, drawn: readonly Drawn[]): string | undefined {
  const { weight, chosenReward, rejectedReward } = event
  if (weight !== undefined || chosenReward !== undefined || rejectedReward !== undefined) return notPlain('a pair')
  const rejected = drawn[event.rejected - 1]
  if (event.chosen !== best.candidate) return `prefers candidate ${event.chosen}, which was not chosen`
  if (rejected === undefined) return 'pairs a candidate that was not drawn'
  if (!(rejected.reward < best.reward)) return 'prefers a candidate whose process reward is not higher'
  if (rejected.action === best.action) return 'pairs an action with itself'
  return rejected === expected ? undefined : 'is not the pair that the settings ask for here'
}
