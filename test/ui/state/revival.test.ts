/** The lab is started anew in place, with what it had stored and without what it had not. */
import { beforeEach, expect, test } from 'vitest'
import { PageState } from '../../../src/ui/state/page-state.ts'
import { lostWithLab, reviveLab } from '../../../src/ui/state/revival.ts'
import { stubBrowser } from '../browser-stubs.ts'
import { createSlowLab, rested, type SlowLab, toyRun } from '../slow-lab.ts'

const SHOP = toyRun('shop', { environment: 'webshop' }, 'shipped')
const MINE = toyRun('mine')
const GONE = { type: 'storage', state: 'gone', failure: { code: 'storage-deleted', message: 'Gone.' } } as const
const MEMORY = { type: 'storage', state: 'memory', failure: { code: 'storage-denied', message: 'No.' } } as const

beforeEach(() => stubBrowser())

async function standingAt(lab: SlowLab, id: string): Promise<PageState> {
  const page = new PageState(() => lab.api)
  void page.begin('')
  await rested()
  await page.opener.open(id)
  await rested()
  return page
}

test('a run that was stored stands where it stood, and goes on if it was going on', async () => {
  const lab = createSlowLab([MINE, SHOP], [])
  const page = await standingAt(lab, 'mine')
  await page.explorer.openTask(0, 3)
  await page.player.runAll()
  const before = lab.calls.length
  let restarts = 0
  await reviveLab(page, () => restarts++)
  expect(restarts).toBe(1)
  expect(lab.calls.slice(before).filter((call) => /^(runs|open|start)/.test(call))).toEqual([
    'runs',
    'open mine',
    'start',
  ])
  expect(page.explorer.progress?.info.id).toBe('mine')
  expect(page.explorer.playhead).toEqual({ task: 0, count: 3 })
  expect(lostWithLab(page)).toBeUndefined()
})

test('one that was only in memory is gone, and that is said before and after', async () => {
  const lab = createSlowLab([MINE, SHOP], [])
  const page = await standingAt(lab, 'mine')
  lab.tell(MEMORY)
  expect(lostWithLab(page)).toMatch(/only in memory is lost by it: a run and/)
  await reviveLab(page, () => lab.forget('mine'))
  expect(page.explorer.progress?.info.id).toBe('shop')
  expect(page.notices.items.map(({ text }) => text).join(' ')).toMatch(/is gone/)
  expect(page.storage).toBeUndefined()
})

test('a run that was deleted from the disk is called so until the next one stands there', async () => {
  const lab = createSlowLab([MINE, SHOP], [])
  const page = await standingAt(lab, 'mine')
  lab.tell(GONE)
  lab.slow.add('open')
  const revived = reviveLab(page, () => lab.forget('mine'))
  await rested()
  expect([page.explorer.progress?.info.id, page.storage]).toEqual(['mine', GONE])
  await lab.answer('open')
  await revived
  expect([page.explorer.progress?.info.id, page.storage]).toEqual(['shop', undefined])
})

test('what is told of the new storage meanwhile stays', async () => {
  const lab = createSlowLab([MINE, SHOP], [])
  const page = await standingAt(lab, 'mine')
  lab.tell(GONE)
  await reviveLab(page, () => {
    lab.forget('mine')
    lab.tell(MEMORY)
  })
  expect(page.storage).toEqual(MEMORY)
})
