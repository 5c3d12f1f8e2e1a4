import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { candidateCounts, candidatesByDepth } from '../../../../src/core/comparison/results/candidate-counts.ts'
import { quantile } from '../../../../src/core/statistics.ts'
import { cellOf } from '../toy-cells.ts'

describe('candidates per step', () => {
  test('are pooled over seeds', () => {
    expect(
      candidateCounts([
        [0, 10, 5],
        [0, 4, 0, 1],
      ]),
    ).toEqual({ steps: 20, mean: 27 / 20, p95: 2, max: 3 })
    expect(candidateCounts([[], [0, 0]])).toBeUndefined()
    expect(candidateCounts([[0, 0, 0, 7]])).toEqual({ steps: 7, mean: 3, p95: 3, max: 3 })
  })
  test('have the mean, maximum and 95th percentile of the steps they stand for', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(9), { maxLength: 8 }), { minLength: 1, maxLength: 4 }), (counts) => {
        const steps = counts.flatMap((own) => own.flatMap((count, n) => Array.from({ length: count }, () => n)))
        const told = candidateCounts(counts)
        if (steps.length === 0) {
          expect(told).toBeUndefined()
          return
        }
        expect(told?.steps).toBe(steps.length)
        expect(told?.mean).toBeCloseTo(steps.reduce((sum, n) => sum + n, 0) / steps.length, 9)
        expect(told?.max).toBe(Math.max(...steps))
        const p95 = told?.p95 ?? -1
        expect(steps.filter((n) => n <= p95).length).toBeGreaterThanOrEqual(0.95 * steps.length)
        expect(steps.filter((n) => n < p95).length).toBeLessThan(0.95 * steps.length)
        expect(p95).toBeGreaterThanOrEqual(Math.floor(quantile(steps, 0.95)))
      }),
    )
  })
  test('by depth are weighted by the steps that got there', () => {
    const deep = cellOf({ arm: 2, seed: 1, budget: 1000 })
    const flat = { ...deep, seed: 2, candidates: { counts: [], byDepth: [[6, 24]] as const } }
    expect(candidatesByDepth([deep, flat])).toEqual([
      { depth: 1, steps: 10, mean: 3 },
      { depth: 2, steps: 6, mean: 10 / 6 },
    ])
  })
})
