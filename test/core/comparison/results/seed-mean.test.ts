import { expect, test } from 'vitest'
import { seedMean } from '../../../../src/core/comparison/results/seed-mean.ts'

test('the mean over seeds leaves out what is not known', () => {
  expect(seedMean([undefined, 1, 3])).toMatchObject({ mean: 2, count: 2 })
  expect(seedMean([undefined])).toBeUndefined()
})
