import { expect, test } from 'vitest'
import { during } from '../../../src/ui/data/during.ts'
import { PageState } from '../../../src/ui/state/page-state.ts'
import { createSlowLab } from '../slow-lab.ts'

test('of two things that go on, the second is told of until it ends', async () => {
  const page = new PageState(() => createSlowLab([], []).api)
  let end = (): void => {}
  const first = during(page, 'Reading a', Promise.resolve())
  const second = during(
    page,
    'Reading b',
    new Promise<void>((resolve) => {
      end = resolve
    }),
  )
  await first
  expect(page.library.busy).toBe('Reading b')
  end()
  await second
  expect(page.library.busy).toBeUndefined()
})
