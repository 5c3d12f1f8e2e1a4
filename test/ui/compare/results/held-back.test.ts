import { expect, test } from 'vitest'
import {
  DEFAULT_ARMS,
  DEFAULT_COMPARISON,
  ONE_ROLLOUT_ARMS,
} from '../../../../src/core/comparison/default-comparison.ts'
import { heldBack } from '../../../../src/ui/compare/results/held-back.ts'

const told = (arms: typeof DEFAULT_COMPARISON.arms): string | undefined => heldBack({ ...DEFAULT_COMPARISON, arms })

test('one with the published settings says that its baselines do better with fewer rollouts, the default has no need to', () => {
  expect(told(DEFAULT_ARMS)).toContain('m = 1')
  expect(told(DEFAULT_COMPARISON.arms)).toBeUndefined()
  expect(told(ONE_ROLLOUT_ARMS)).toBeUndefined()
})

test('so does none without our variant, without baselines, or with a strong one among them', () => {
  const arms = DEFAULT_ARMS
  expect(told(arms.filter(({ method }) => method !== 'rro-recycled'))).toBeUndefined()
  expect(told(arms.filter(({ method }) => method !== 'fixed-size' && method !== 'uct'))).toBeUndefined()
  expect(told([...arms, { method: 'uct', settings: { rollouts: 1 } }])).toBeUndefined()
})
