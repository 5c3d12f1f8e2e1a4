/** A task explored beside an expert: by IPR or ETO; see `core/exploration/methods/ipr.ts` and `core/exploration/methods/eto.ts`. */

import { roundReward } from '../../core/exploration/process-reward.ts'
import type { CandidateProposed, PairMade, RunStarted } from '../../core/log/events.ts'
import { type Check, type EventOf, type Part, peek, take } from './expectation.ts'
import {
  candidateFault,
  close,
  drawnCandidate,
  endsAfter,
  finished,
  notPlain,
  outside,
  rewardsOf,
  rollouts,
  scored,
  stepStarted,
  worthOf,
} from './parts.ts'

/** Reward by which actions must differ to make a pair (IPR). */
const DIFFERENCE = 0.01
const EXPERT = 1
const AGENT = 2

/** What the expert can have earned. IPR's log does not have it, but pairs that are made, and those that are not, tell. */
interface Earned {
  readonly least: number
  readonly most: number
}

export function* iprCheck(run: RunStarted): Check {
  const { config } = run
  if ((yield* peek()) === 'task-finished') return yield* finished(0, 'no-expert', 'step-limit')
  let earned: Earned = { least: run.minReward, most: run.maxReward }
  let bar = 0
  let shown: CandidateProposed | undefined
  let step = 0
  while (shown?.done !== true && (step === 0 || (yield* peek()) !== 'task-finished')) {
    yield* stepStarted(++step, bar)
    shown = yield* shownCandidate(run, step)
    const drawn = yield* drawnCandidate(run, step, AGENT, shown)
    let better: number | undefined
    let final = drawn.outcome ?? 0
    if (shown.action !== drawn.action) {
      const seen = shown.done ? [] : rewardsOf(yield* rollouts(run, step, EXPERT, config.rollouts))
      const experts = yield* scored(run, shown, worthOf(shown, seen), bar)
      const own = drawn.done ? [] : rewardsOf(yield* rollouts(run, step, AGENT, config.rollouts + 1))
      const agents = yield* scored(run, drawn, worthOf(drawn, own.slice(0, config.rollouts)), bar)
      final = own.at(-1) ?? final
      if (experts.reward - agents.reward > DIFFERENCE) better = EXPERT
      if (agents.reward - experts.reward > DIFFERENCE) better = AGENT
      bar = experts.reward
    }

    const { chosen } = yield* take('step-decided', step, (event) => {
      if (event.reason !== 'expert') return `gives the reason ${event.reason} where expert follows from the log`
      if (event.continued !== EXPERT) return `goes on with candidate ${event.continued}, not with the expert's`
      if (event.chosen === EXPERT || event.chosen === better) return undefined
      return `chooses candidate ${event.chosen}, which is not better`
    })
    const paired = better && earnedWhere(earned, better, final, true)
    const unpaired = chosen === AGENT ? undefined : better ? earnedWhere(earned, better, final, false) : earned
    if (unpaired === undefined || (yield* peek()) === 'pair-made') {
      yield* take('pair-made', step, (event) => {
        if (chosen !== better) return 'prefers a candidate whose process reward is not higher'
        return paired === undefined ? 'disagrees with other steps on what the expert earned' : pairFault(event, chosen)
      })
      earned = paired || earned
    } else earned = unpaired
  }
  if (shown?.outcome == null) yield* finished(0, 'step-limit')
  else yield* finished(shown.outcome, ...endsAfter(run, step, shown.outcome))
}

function* shownCandidate(run: RunStarted, step: number): Part<CandidateProposed> {
  return yield* take('candidate-proposed', step, (event) => {
    if (event.source !== 'expert') return "is not the expert's, which comes first"
    if (event.calls !== undefined || event.recycled !== undefined) return notPlain('a candidate')
    return candidateFault(run, event, EXPERT)
  })
}

/**
 * A pair is made where the final rewards, too, differ by enough the same way.
 * @returns undefined where nothing is left that the expert can have earned
 */
function earnedWhere({ least, most }: Earned, better: number, final: number, paired: boolean): Earned | undefined {
  const limit = better === EXPERT ? final + DIFFERENCE : final - DIFFERENCE
  const above = (better === EXPERT) === paired
  const left = above ? { least: Math.max(least, limit), most } : { least, most: Math.min(most, limit) }
  return left.least <= left.most || close(left.least, left.most) ? left : undefined
}

function pairFault(event: PairMade, preferred: number): string | undefined {
  const { chosen, rejected, weight, chosenReward, rejectedReward } = event
  if (weight !== undefined || chosenReward !== undefined || rejectedReward !== undefined) return notPlain('a pair')
  if (chosen !== preferred) return `prefers candidate ${chosen}, which was not chosen`
  return rejected === EXPERT + AGENT - preferred ? undefined : 'is not the pair of the agent and the expert'
}

export function* etoCheck(run: RunStarted): Check {
  if ((yield* peek()) === 'task-finished') return yield* finished(0, 'no-expert')
  let outcome: number | null = null
  let step = 0
  while (outcome === null) {
    yield* stepStarted(++step, 0)
    outcome = (yield* drawnCandidate(run, step, 1)).outcome
    yield* take('step-decided', step, ({ chosen, continued, reason }) => {
      if (reason !== 'only') return `gives the reason ${reason} where only follows from the log`
      return chosen === 1 && continued === 1 ? undefined : 'decides for a candidate that was not drawn'
    })
  }
  const reward = roundReward(outcome)
  if ((yield* peek()) === 'trajectory-pair-made')
    yield* take('trajectory-pair-made', undefined, (event) => trajectoryFault(run, event, reward))
  yield* finished(reward, ...endsAfter(run, step, reward))
}

function trajectoryFault(
  run: RunStarted,
  { chosen, expert, expertReward }: EventOf<'trajectory-pair-made'>,
  reward: number,
): string | undefined {
  const range = outside(run, expertReward)
  if (range !== undefined) return `has the reward ${expertReward}, ${range}`
  if (expertReward === reward) return 'pairs trajectories that earned the same'
  if (chosen !== (expertReward > reward ? 'expert' : 'agent')) return `prefers the ${chosen}, who earned less`
  return expert.at(-1)?.observation === '' ? undefined : 'does not end with the last turn of the expert'
}
