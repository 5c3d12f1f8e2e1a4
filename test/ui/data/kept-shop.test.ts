import { afterEach, expect, test, vi } from 'vitest'
import { keptShopOf } from '../../../src/ui/data/kept-shop.ts'
import type { PageState } from '../../../src/ui/state/page-state.ts'
import type { LabUpdate } from '../../../src/worker/protocol/lab-api.ts'

afterEach(() => vi.useRealTimers())

test('how far a shop has come stands in the place of what was said, changes now and then, and goes with the reading', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  vi.advanceTimersByTime(10_000)
  const library: { busy?: string | undefined } = { busy: 'Reading the data files' }
  const hearers = new Set<(update: LabUpdate) => void>()
  const page = { library, hearers, changes: { say: () => undefined } } as unknown as PageState // what a desk needs of it
  const desk = keptShopOf(page)
  const hear = (products: number, share: number): void => {
    for (const hearer of hearers) hearer({ type: 'shop', doing: 'reading', products, share, leftMs: 65_000 })
  }
  hear(1200, 0.119)
  const first =
    'Reading the shop while you go on (look into it in Explore, under "Data:"): 1,200 products, 11 %, about 1 min 5 s left'
  expect(library.busy).toBe(first)
  vi.advanceTimersByTime(1500)
  hear(2000, 0.2)
  expect(library.busy).toBe(first)
  vi.advanceTimersByTime(1500)
  hear(3000, 0.3)
  expect(library.busy).toMatch(/3,000 products, 30 %/)
  desk.end()
  expect(library.busy).toBe(undefined)

  library.busy = 'Backing up the library'
  desk.end()
  expect(library.busy).toBe('Backing up the library')
})
