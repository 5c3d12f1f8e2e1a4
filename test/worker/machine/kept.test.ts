import { expect, test } from 'vitest'
import { failure, success } from '../../../src/core/failure.ts'
import { keptOnceGood } from '../../../src/worker/machine/kept.ts'

test('is made once for all who ask', async () => {
  let made = 0
  const kept = keptOnceGood(async () => success(++made))
  expect(await kept.known()).toBeUndefined()
  expect(await Promise.all([kept.get(), kept.get(), kept.use(async (value) => success(10 * value))])).toEqual([
    success(1),
    success(1),
    success(10),
  ])
  expect(await kept.known()).toBe(1)
})

test('that could not be made says so to whoever asked, and is made again for the next', async () => {
  let tries = 0
  const kept = keptOnceGood(async () => (++tries === 1 ? failure('part-unavailable', 'No network.') : success('here')))
  expect(await kept.use(async () => success('used'))).toMatchObject({
    ok: false,
    failure: { code: 'part-unavailable' },
  })
  expect(await kept.known()).toBeUndefined()
  expect(await kept.get()).toEqual(success('here'))
})
