/** Judges the policies that come of an exploration: scores on the held-out tasks, and the diagnosis. */
import type { Diagnosis, RisingShare, Score } from '../../core/comparison/cell.ts'
import { type Arm, type Comparison, configOf } from '../../core/comparison/comparison.ts'
import { stream } from '../../core/random.ts'
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import { evaluate } from '../evaluation.ts'
import { checkPairs, checkRises } from './diagnosis.ts'
import type { Explored } from './explored.ts'
import { risingShare } from './rising-share.ts'
import { type StudyWorld, sharedOf } from './study-world.ts'

const RISING_TASKS = 60
/** Behind an exact value. */
const EXACT_ROLLOUTS = 200

/** Scores policies on the test tasks, the same ones alike. */
export function judgeOf<S, M>(world: StudyWorld<S, M>, comparison: Comparison, arm: Arm, seed: number) {
  const tests = world.tasks(comparison.split)
  const random = stream(seed)
  const { forest, rising: known } = sharedOf(world)
  const { stepLimit, temperature } = configOf(comparison, arm, seed, 1)
  const options = { stepLimit, maxReward: world.maxReward }
  const rising = (weights: Readonly<Float64Array>) =>
    risingShare(
      forest.policy(weights),
      random.child('rising-tasks').shuffled(tests).slice(0, RISING_TASKS),
      random.child('rising'),
      { temperature: 1, stepLimit, rollouts: 5 },
    )
  const start = world.actor.parameters
  const risingAtStart = (): Promise<RisingShare> => {
    const asked = [comparison.split, stepLimit, seed].join(' ')
    const share = known.get(asked) ?? rising(start)
    known.set(asked, share)
    return share
  }
  return {
    async score(weights: Readonly<Float64Array>): Promise<Score> {
      const policy = forest.policy(weights)
      const sampling = { ...options, temperature: 1, episodesPerTask: comparison.episodes }
      const sampled = await evaluate(policy, tests, random.child('score'), sampling)
      const best = { ...options, temperature: 0, episodesPerTask: 1 }
      const greedy = await evaluate(policy, tests, random.child('score'), best)
      return {
        ...{ reward: sampled.mean, success: sampled.successRate },
        ...{ greedyReward: greedy.mean, greedySuccess: greedy.successRate },
      }
    },
    /** @param actor who explored what was brought */
    async diagnosis(
      actor: LinearActor<S, M>,
      weights: Readonly<Float64Array>,
      found: Pick<Explored, 'accepted' | 'pairs'> = { accepted: [], pairs: [] },
    ): Promise<Diagnosis> {
      const values = { temperature, stepLimit, rollouts: EXACT_ROLLOUTS }
      // Hundreds of rollouts from one state, to which nobody comes back: their trees go at once.
      const passing = { ...actor, begin: world.actor.begin }
      return {
        ...checkRises(passing, found.accepted, random.child('exact', 'rises'), values),
        ...checkPairs(passing, found.pairs, random.child('exact', 'pairs'), values),
        before: await risingAtStart(),
        after: await (weights.every((weight, i) => weight === start[i]) ? risingAtStart() : rising(weights)),
      }
    },
  }
}
