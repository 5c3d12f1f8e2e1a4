import { sqlReward } from '../../src/environments/intercode-sql/reward.ts'
import { type Comparison, suite } from './conformance.ts'

interface Rows {
  readonly py_str?: readonly string[]
}

interface RewardCase {
  readonly id: number
  readonly cat: string
  /** Rows, a text, or null for None. */
  readonly agent: Rows | null
  /** Null, or without rows, where the gold query failed. */
  readonly gold: Rows | null
  readonly corrupt_gold: boolean
  readonly reward: number
}

suite<{ readonly cases: readonly RewardCase[] }>(
  'intercode-reward',
  'intercode-reward.json',
  1,
  function* ({ cases }): Generator<Comparison> {
    for (const { id, cat, agent, gold, reward } of cases) {
      const ours = sqlReward(agent?.py_str, gold?.py_str ?? [])
      yield {
        agrees: Math.abs(ours.reward - reward) <= 1e-9,
        describe: () => `${id} ${cat}: ${reward}, ours ${JSON.stringify(ours)}`,
      }
    }
  },
)
