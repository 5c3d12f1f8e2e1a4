import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupInGroup, groupRelative, leaveOneOut } from '../../../src/training/objectives/advantages.ts'

const rewards = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 12 })

function closeTo(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length)
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 9)
}

describe('the leave-one-out advantage of RLOO', () => {
  test('by hand', () => {
    // The others of 1 have the mean (0 + 0.5 + 0.5) / 3 = 1/3: 1 - 1/3 = 2/3. Those of 0: (1 + 0.5 + 0.5) / 3 = 2/3: -2/3.
    // Those of a 0.5: (1 + 0 + 0.5) / 3 = 1/2: 0.
    closeTo(leaveOneOut([1, 0, 0.5, 0.5]), [2 / 3, -2 / 3, 0, 0])
    closeTo(leaveOneOut([0.7]), [0])
  })

  test('sums to 0, and is G / (G - 1) times the distance from the mean', () => {
    fc.assert(
      fc.property(rewards, (given) => {
        const mean = given.reduce((sum, reward) => sum + reward, 0) / given.length
        closeTo(
          leaveOneOut(given),
          given.map((reward) => ((reward - mean) * given.length) / (given.length - 1)),
        )
      }),
    )
  })
})

describe('the group-relative advantage of GRPO', () => {
  test('by hand', () => {
    // The mean of 1, 0, 1, 0 is 0.5, their sample deviation sqrt(4 * 0.25 / 3) = 0.5773503: 0.5 / 0.5773503 = 0.8660254.
    const [first, second] = groupRelative([1, 0, 1, 0], true)
    expect(first).toBeCloseTo(0.8660254, 5)
    expect(second).toBeCloseTo(-0.8660254, 5)
    closeTo(groupRelative([1, 0, 1, 0], false), [0.5, -0.5, 0.5, -0.5])
  })

  test('of equal rewards is 0, however it is normalised', () => {
    for (const normalise of [true, false]) closeTo(groupRelative([0.3, 0.3, 0.3], normalise), [0, 0, 0])
  })

  test('does not change with the unit of reward where it is normalised', () => {
    fc.assert(
      fc.property(rewards, fc.double({ min: 1, max: 10, noNaN: true }), (given, unit) => {
        fc.pre(Math.max(...given) - Math.min(...given) > 0.1)
        const scaled = groupRelative(
          given.map((reward) => unit * reward),
          true,
        )
        for (const [i, advantage] of groupRelative(given, true).entries())
          expect(scaled[i]).toBeCloseTo(advantage as number, 3)
      }),
    )
  })
})

describe('the advantage of GiGPO', () => {
  const weights = { stateWeight: 2, discount: 0.5, normalise: false }

  test('by hand', () => {
    // Rewards 1 and 0: episode advantages 0.5 and -0.5. Discounted returns at discount 0.5: the first episode's three steps
    // have 0.25, 0.5, 1; the second's are all 0. State `start` is visited by both (0.25, 0; mean 0.125): +0.125, -0.125. State
    // `list` is visited twice by the first and once by the second (0.5, 1, 0; mean 0.5): 0, +0.5, -0.5. State `item`, once.
    const found = groupInGroup(
      [
        { reward: 1, states: ['start', 'list', 'list'] },
        { reward: 0, states: ['start', 'item', 'list'] },
      ],
      weights,
    )
    closeTo(found[0] ?? [], [0.5 + 2 * 0.125, 0.5, 0.5 + 2 * 0.5])
    closeTo(found[1] ?? [], [-0.5 - 2 * 0.125, -0.5, -0.5 - 2 * 0.5])
  })

  test('without a weight of states is that of GRPO, for every step', () => {
    fc.assert(
      fc.property(rewards, fc.boolean(), (given, normalise) => {
        const episodes = given.map((reward, i) => ({ reward, states: ['start', `s${i % 2}`] }))
        const expected = groupRelative(given, normalise)
        for (const [i, own] of groupInGroup(episodes, { ...weights, stateWeight: 0, normalise }).entries())
          closeTo(own, [expected[i] as number, expected[i] as number])
      }),
    )
  })

  test('of steps sums to 0 over the visits of each state', () => {
    fc.assert(
      fc.property(rewards, fc.boolean(), (given, normalise) => {
        const episodes = given.map((reward, i) => ({ reward, states: ['start', `s${i % 3}`, 'end'] }))
        const found = groupInGroup(episodes, { stateWeight: 1, discount: 0.95, normalise })
        const whole = groupRelative(given, normalise)
        const sums = new Map<string, number>()
        for (const [i, { states }] of episodes.entries())
          for (const [step, state] of states.entries()) {
            const own = ((found[i] ?? [])[step] as number) - (whole[i] as number)
            sums.set(state, (sums.get(state) ?? 0) + own)
          }
        for (const sum of sums.values()) expect(sum).toBeCloseTo(0, 6)
      }),
    )
  })
})
