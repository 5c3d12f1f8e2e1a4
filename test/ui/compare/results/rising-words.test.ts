import { expect, test } from 'vitest'
import type { ArmDiagnosis } from '../../../../src/core/comparison/results/arm-diagnoses.ts'
import { risingWords } from '../../../../src/ui/compare/results/rising-words.ts'

const mean = (value: number) => ({ mean: value, halfWidth: undefined, count: 1 })

/** Of an arm whose last third rises, and does not fall, so often before and after. */
function diagnosis(arm: number, rising: [number, number], notFalling: [number, number]): ArmDiagnosis {
  const shares = (moment: 0 | 1) => ({
    rising: [undefined, undefined, mean(rising[moment])],
    notFalling: [undefined, undefined, mean(notFalling[moment])],
  })
  return { arm, rising: { before: shares(0), after: shares(1) } } as unknown as ArmDiagnosis // the parts that are read
}

const names = ['SFT only', 'RRO', 'ours']
const start = diagnosis(0, [0.25, 0.25], [0.68, 0.68])

test('a share that falls where the paper’s rises is said, and why: there is less left to rise by', () => {
  const [first, second] = risingWords(
    [start, diagnosis(1, [0.25, 0.01], [0.68, 0.97]), diagnosis(2, [0.25, 0], [0.68, 0.96])],
    names,
  )
  expect(first).toContain('from 40.87 % to 45.29 %')
  expect(first).toContain(
    'Here it falls, for all 2 methods that learnt: ours, for one, from 25.0 % to 0.0 % in the last third.',
  )
  expect(second).toContain('little left to rise by')
  expect(second).toContain('the steps that do not fall go from 68.0 % to 96.0 % there.')
})
test('one that rises needs no reason, and some that fall are counted', () => {
  expect(risingWords([diagnosis(1, [0.1, 0.2], [0.5, 0.6])], names)).toHaveLength(1)
  expect(risingWords([diagnosis(1, [0.1, 0.2], [0.5, 0.6]), diagnosis(2, [0.2, 0.1], [0.5, 0.4])], names)[0]).toContain(
    'falls for 1 of 2 methods',
  )
  expect(risingWords([start], names)[0]).toMatch(/^The paper reports[^:]*: [^:]*$/)
})
