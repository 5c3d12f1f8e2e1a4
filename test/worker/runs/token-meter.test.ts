import { expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import { TokenMeter } from '../../../src/worker/runs/token-meter.ts'
import { openTestLab } from '../labs.ts'

test('counts what was read while it explored, and not what others read in between', () => {
  let [now, read] = [0, 100]
  const counts = () => ({ read, saved: 2 * read, written: 0 })
  const meter = new TokenMeter(() => now)
  expect(meter.tokens).toBeUndefined()
  meter.begin(counts)
  read += 50
  now += 500
  expect(meter.tokens).toEqual({ read: 50, saved: 100, perSecond: 100 })
  meter.end()
  read += 1000
  now += 9000
  expect(meter.tokens).toEqual({ read: 50, saved: 100, perSecond: 100 })
  meter.begin(counts)
  read += 10
  now += 1500
  meter.end()
  expect(meter.tokens).toEqual({ read: 60, saved: 120, perSecond: 30 })
})

test('a run of the small language model says what it read, and that branching saved more; others say nothing', async () => {
  const settings = { tasks: 1, rollouts: 3, candidates: 2, stepLimit: 6 }
  const lab = openTestLab()
  unwrap(await lab.create({ ...settings, policy: 'transformer' }))
  const { tokens } = unwrap(await lab.advance('task'))
  expect(tokens?.read).toBeGreaterThan(200)
  expect(tokens?.saved).toBeGreaterThan(tokens?.read ?? 0)
  unwrap(await lab.create(settings))
  expect(unwrap(await lab.advance('task'))).not.toHaveProperty('tokens')
})
