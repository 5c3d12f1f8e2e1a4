import { expect, test } from 'vitest'
import type { Diagnosis } from '../../../../src/core/comparison/cell.ts'
import { armDiagnoses } from '../../../../src/core/comparison/results/arm-diagnoses.ts'
import { cellOf, comparisonOf } from '../toy-cells.ts'

const comparison = comparisonOf()

test('a diagnosis counts over seeds, and leaves out seeds in which nothing was checked', () => {
  const share = { rising: [0.5, undefined, 0.1], notFalling: [1, 1, 1] }
  const diagnosis: Diagnosis = {
    ...{ risesChecked: 10, falseRises: 1, acceptedBias: 0.1, pairsChecked: 4, pairsOrdered: 3, before: share },
    after: { ...share, rising: [0.7, 0.2, undefined] },
  }
  const nothing: Diagnosis = { ...diagnosis, risesChecked: 0, falseRises: 0, acceptedBias: undefined }
  const cells = [
    cellOf({ arm: 2, seed: 1, budget: 2000, diagnosis }),
    cellOf({ arm: 2, seed: 2, budget: 2000, diagnosis: { ...diagnosis, falseRises: 3 } }),
    cellOf({ arm: 2, seed: 3, budget: 2000, diagnosis: nothing }),
    cellOf({ arm: 2, seed: 1, budget: 1000 }),
  ]
  const [told, ...others] = armDiagnoses(comparison, cells)
  expect(others).toEqual([])
  expect(told).toMatchObject({ arm: 2, risesChecked: 20, falseRises: 4, pairsChecked: 12, pairsOrdered: 9 })
  expect(told?.falseRiseRate).toMatchObject({ mean: 0.2, count: 2 })
  expect(told?.acceptedBias).toMatchObject({ mean: 0.1, count: 2 })
  expect(told?.rising.before.rising.map((mean) => mean?.mean)).toEqual([0.5, undefined, expect.closeTo(0.1)])
  expect(told?.rising.after.rising[2]).toBeUndefined()
})
