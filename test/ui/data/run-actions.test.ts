/** Runs that are deleted where the disk is full. */
import { beforeEach, expect, test } from 'vitest'
import { failure, success } from '../../../src/core/failure.ts'
import { discardRuns } from '../../../src/ui/data/run-actions.ts'
import { PageState } from '../../../src/ui/state/page-state.ts'
import { stubBrowser } from '../browser-stubs.ts'
import { createSlowLab, rested, toyRun } from '../slow-lab.ts'

beforeEach(() => stubBrowser())

test('that takes no mark any more nothing is deleted, and what frees room is one press away', async () => {
  const [mine, other] = [toyRun('mine'), toyRun('other')]
  const lab = createSlowLab([mine, other, toyRun('shop', {}, 'shipped')], [])
  const removed: string[] = []
  const remove = async (id: string) => {
    removed.push(id)
    lab.forget(id)
    return id === 'other' ? failure('run-elsewhere', 'Another tab writes it.') : success(true as const)
  }
  Object.assign(lab.api, { library: async () => failure('storage-full', 'Full.'), remove })
  const page = new PageState(() => lab.api)
  await page.begin('')
  await page.opener.open('mine')
  await discardRuns(page, [mine, other])
  expect([removed, page.explorer.progress?.info.id]).toEqual([[], 'mine'])
  const [notice] = page.notices.items
  expect(notice?.text).toMatch(/no room left .* Nothing was deleted/)
  notice?.acts[0]?.act()
  await rested()
  expect([removed, page.explorer.progress?.info.id]).toEqual([['mine', 'other'], 'shop'])
  expect(page.notices.items.map(({ text }) => text)).toContain('Another tab writes it.')
})
