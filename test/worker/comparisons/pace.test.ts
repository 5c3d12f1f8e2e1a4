import { expect, test } from 'vitest'
import { recordedComparison } from '../../../src/core/comparison/default-comparison.ts'
import { warmUpOf } from '../../../src/core/comparison/expected-work.ts'
import { failure } from '../../../src/core/failure.ts'
import { paceOf } from '../../../src/worker/comparisons/pace.ts'
import { toyPool } from './toy-study.ts'

const comparison = recordedComparison('webshop')

/** A clock that moves on by so much at every look. */
function clock(ms: number): () => number {
  let at = 0
  return () => {
    at += ms
    return at
  }
}

test('a pace is the time from the first cell of a short job to the second, over what it takes usually; then its worker ends', async () => {
  const { seconds } = warmUpOf(comparison)
  const pool = toyPool()
  const quick = await paceOf(pool, comparison, { own: undefined }, clock(100))
  const slow = await paceOf(pool, comparison, { own: undefined }, clock(300))
  if (!quick.ok || !slow.ok) throw new Error('no pace')
  expect(slow.value / quick.value).toBeCloseTo(3)
  expect(quick.value).toBeLessThan(1 / seconds)
  expect(pool.jobs.map((job) => [job.comparison.arms.length, job.comparison.seeds])).toEqual([
    [1, 1],
    [1, 1],
  ])
  expect(pool.jobs[0]?.comparison.environment).toBe('webshop')
})

test('a job that fails or breaks off has no pace, and says why', async () => {
  const failing = toyPool({ fails: () => failure('data-unavailable', 'No data.').failure })
  expect(await paceOf(failing, comparison, { own: undefined }, clock(1))).toMatchObject({
    ok: false,
    failure: { message: 'No data.' },
  })
  const dying = toyPool({ dies: () => true })
  expect(await paceOf(dying, comparison, { own: undefined }, clock(1))).toMatchObject({
    ok: false,
    failure: { code: 'pace-unknown' },
  })
})
