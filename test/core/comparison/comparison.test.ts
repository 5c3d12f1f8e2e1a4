import { describe, expect, test } from 'vitest'
import { type Comparison, configOf, trainingOf } from '../../../src/core/comparison/comparison.ts'
import { DEFAULT_COMPARISON } from '../../../src/core/comparison/default-comparison.ts'

describe('an arm', () => {
  test('gives the run that it explores, and its own training', () => {
    const comparison: Comparison = { ...DEFAULT_COMPARISON, environment: 'intercode-sql', start: 'sharp' }
    const of = { method: 'fixed-size', settings: { candidates: 3 }, training: { beta: 2 } } as const
    expect(configOf(comparison, of, 4, 17)).toMatchObject({
      ...{ environment: 'intercode-sql', model: 'sharp', method: 'fixed-size', candidates: 3, rollouts: 5 },
      ...{ seed: 4, tasks: 17 },
    })
    expect(trainingOf(comparison, of)).toEqual({ ...comparison.training, beta: 2 })
  })
})
