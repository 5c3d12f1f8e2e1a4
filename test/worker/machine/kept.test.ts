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

test('is made once more after a failure, however many had waited for what failed', async () => {
  let made = 0
  const answers: ((good: boolean) => void)[] = []
  const kept = keptOnceGood(async () => {
    const number = ++made
    const good = await new Promise<boolean>((resolve) => answers.push(resolve))
    return good ? success(number) : failure('part-unavailable', 'It could not be fetched.')
  })
  const again = kept.get().then(() => kept.get())
  const late = kept.get().then(() => kept.get())
  answers[0]?.(false)
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  for (const answer of answers) answer(true)
  expect(await again).toEqual(success(2))
  expect(await late).toEqual(success(2))
  expect(made).toBe(2)
})
