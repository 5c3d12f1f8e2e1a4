/** Expected numbers of candidates that the theory gives in closed form. */
import { expect, test } from 'vitest'
import { foldRun } from '../../../src/core/log/fold-run.ts'
import { collect, oneStepActor, toyConfig, toyRun } from '../toy.ts'

const TASKS = 6000

/** Mean and standard error of the number of candidates in the single step of many tasks. */
async function candidatesPerStep(bar: 'independent' | 'mean', candidates: number) {
  const config = toyConfig({ tasks: TASKS, candidates, firstBar: 'value', rollouts: 1, riseRule: '>', stepLimit: 2 })
  const { tasks } = foldRun(await collect(toyRun(oneStepActor(bar), config)))
  const mean = tasks.reduce((sum, task) => sum + task.candidates, 0) / tasks.length
  const variance = tasks.reduce((sum, task) => sum + (task.candidates - mean) ** 2, 0) / (tasks.length - 1)
  const beyond = (k: number) => tasks.filter((task) => task.candidates > k).length / tasks.length
  return { mean, standardError: Math.sqrt(variance / tasks.length), beyond }
}

test.each([
  [3, 1 + 1 / 2 + 1 / 3],
  [5, 1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5],
])('bar and candidates independent and alike: E[min(N, %i)] is the harmonic number %f', async (k, expected) => {
  const { mean, standardError, beyond } = await candidatesPerStep('independent', k)
  expect(Math.abs(mean - expected)).toBeLessThan(4 * standardError)
  for (let j = 1; j < k; j++) {
    const p = 1 / (j + 1)
    expect(Math.abs(beyond(j) - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / TASKS))
  }
})

test.each([
  [3, 1.75],
  [5, 1.9375],
])('the bar is the exact mean of a symmetric law: E[min(N, %i)] = 2 (1 - 2^-K) = %f', async (k, expected) => {
  const { mean, standardError } = await candidatesPerStep('mean', k)
  expect(Math.abs(mean - expected)).toBeLessThan(4 * standardError)
})
