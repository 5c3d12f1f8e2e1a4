/** How much each run takes, while the library changes. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { success } from '../../../src/core/failure.ts'
import { shelfOf } from '../../../src/ui/data/library/shelf.ts'
import { PageState } from '../../../src/ui/state/page-state.ts'
import { stubBrowser } from '../browser-stubs.ts'
import { createSlowLab, rested, toyRun } from '../slow-lab.ts'

beforeEach(() => {
  stubBrowser()
  vi.stubGlobal('navigator', {})
})
afterEach(() => vi.unstubAllGlobals())

test('runs that are listed while others are measured are measured, too, each once', async () => {
  const lab = createSlowLab([toyRun('shop', {}, 'shipped')], [])
  let go: (() => void) | undefined
  const held = new Promise<void>((resolve) => {
    go = resolve
  })
  const measured: string[] = []
  const library = async (call: string, id: string) => {
    if (call !== 'size') return success([])
    measured.push(id)
    await held
    return success(7)
  }
  Object.assign(lab.api, { library })
  const page = new PageState(() => lab.api)
  await page.begin('')
  const shelf = shelfOf(page)
  await shelf.follow()
  await page.opener.startFresh()
  await page.library.refresh()
  await shelf.follow()
  go?.()
  await rested()
  expect(measured).toEqual(page.library.runs.map(({ id }) => id).toReversed())
  expect(page.library.runs.map(({ id }) => shelf.sizes.get(id))).toEqual([7, 7])
})
