/** What is told many times a second is told apart from what changes what stands on the page. */
import { beforeEach, expect, test, vi } from 'vitest'
import type { Change } from '../../../src/ui/state/changes.ts'
import { PageState } from '../../../src/ui/state/page-state.ts'
import { SPEEDS } from '../../../src/ui/state/playhead.ts'
import type { RunProgress } from '../../../src/worker/protocol/lab-api.ts'
import { stubBrowser } from '../browser-stubs.ts'
import { createSlowLab, rested, toyRun } from '../slow-lab.ts'

beforeEach(() => {
  stubBrowser()
  vi.useFakeTimers({ toFake: ['setTimeout'] }) // what waits to write the address outlives no test
})

async function openPage() {
  const lab = createSlowLab([toyRun('mine')], [])
  const page = new PageState(() => lab.api)
  await page.begin('')
  await page.opener.open('mine')
  await rested()
  const said: Change[] = []
  page.changes.subscribe((change) => said.push(change))
  const at = page.explorer.progress
  if (at === undefined) throw new Error('No run stands there.')
  let { revision } = at
  const tell = (news: Partial<RunProgress>) =>
    lab.tell({ type: 'progress', progress: { ...at, ...news, revision: ++revision }, newTasks: [], from: 0 })
  return { page, lab, said, at, tell }
}

test('a run that goes on changes nothing but numbers; one that begins, ends or is blocked changes more', async () => {
  const { said, at, tell } = await openPage()
  void tell({ status: 'running' })
  expect(said.splice(0)).toContain('anything')
  for (const events of [20, 30, 40]) void tell({ status: 'running', steps: events, info: { ...at.info, events } })
  expect(new Set(said.splice(0))).toEqual(new Set(['progress']))
  for (const news of [
    { blocked: 'Open in another tab.' },
    { status: 'failed' } as const,
    { info: { ...at.info, name: 'Other' } },
  ]) {
    void tell({ status: 'running', ...news })
    expect(said.splice(0)).toContain('anything')
  }
})

test('the playhead that moves within its task changes nothing of the tasks; one that comes to another does', async () => {
  const { page, said } = await openPage()
  const { explorer } = page
  await explorer.openTask(0, Number.POSITIVE_INFINITY)
  said.length = 0
  for (const count of [1, 2, 3]) explorer.moveTo(count)
  explorer.back('event')
  expect(said.splice(0)).toEqual(['motion', 'motion', 'motion', 'motion'])
  explorer.pick({ step: 1, candidate: 1 })
  explorer.take({ progress: page.explorer.progress as RunProgress }) // one stands there
  expect(said.splice(0)).toEqual(['anything', 'anything'])
})

test('what else goes on beside it changes nothing of the path', async () => {
  const { said, lab } = await openPage()
  void lab.tell({ type: 'dataset', done: 1, of: 2 })
  expect(said).toEqual(['progress'])
  void lab.tell({ type: 'notice', failure: { code: 'toy', message: 'Something is the matter.' } })
  expect(said).toContain('anything')
})

test('the lab hears that it is shown when the frame after it is over, and no sooner', async () => {
  const { tell } = await openPage()
  const frames: (() => void)[] = []
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
  let shown = false
  const told = Promise.resolve(tell({ status: 'running' })).then(() => {
    shown = true
  })
  await rested()
  expect([frames.length, shown]).toEqual([1, false])
  frames[0]?.()
  await rested()
  expect(shown).toBe(false)
  vi.advanceTimersByTime(1)
  await told
})

test('a followed task is drawn in another turn than the one in which its events come, and not for who has taken over', async () => {
  const { page, tell } = await openPage()
  const { explorer } = page
  const frames: (() => void)[] = []
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1e6)) // long after one was last followed
  const followed = async (meanwhile: () => void): Promise<{ before: number; after: number }> => {
    await explorer.openTask(0, 1)
    explorer.following = true
    void tell({ status: 'running' })
    await rested()
    const before = explorer.playhead.count
    meanwhile()
    for (const frame of frames.splice(0)) frame()
    vi.runAllTimers()
    await rested()
    return { before, after: explorer.playhead.count }
  }
  const whole = explorer.events.length
  expect(whole).toBeGreaterThan(2)
  expect(await followed(() => {})).toEqual({ before: 1, after: whole })
  expect(await followed(() => explorer.moveTo(2))).toEqual({ before: 1, after: 2 })
  const letGo = (): void => {
    explorer.following = false
  }
  expect(await followed(letGo)).toEqual({ before: 1, after: 1 })
})

test('the page hurries while a run at full speed is followed, and while play leaves rollouts a frame or two', async () => {
  const { page, tell } = await openPage()
  const { explorer, player } = page
  void tell({ status: 'running' })
  expect(page.hurries).toBe(false)
  explorer.following = true
  expect(page.hurries).toBe(true)
  explorer.following = false
  player.playing = true
  expect(
    SPEEDS.filter((speed) => {
      player.speed = speed
      return page.hurries
    }),
  ).toEqual([8, 16])
  player.playing = false
  expect(page.hurries).toBe(false)
})
