/** Learn takes Explore's place while it is open, and leaves it as it was found. */
import { beforeEach, describe, expect, test } from 'vitest'
import { SHIPPED_DATA } from '../../../src/core/settings/shipped-data.ts'
import { lessonOf } from '../../../src/ui/learn/lesson.ts'
import { PageState } from '../../../src/ui/state/page-state.ts'
import { stubBrowser } from '../browser-stubs.ts'
import { createSlowLab, dataOf, rested, toyRun } from '../slow-lab.ts'
import { STEPS } from '../toy-task.ts'

const SHOP = toyRun('shop', { environment: 'webshop' }, 'shipped')
const SQL = toyRun('sql', { environment: 'intercode-sql' }, 'shipped')
const MINE = toyRun('mine')
const OTHER = toyRun('other')
/** With an action that ends the episode too early: Learn can be told with them. */
const TOLD = STEPS.map((step) => ({
  ...step,
  candidates: step.candidates.map((candidate) => ({ ...candidate, done: candidate.done ?? !candidate.rises })),
}))
const PLACE = { runId: 'mine', task: 0, count: 9, pinned: { step: 1, candidate: 1 } }

beforeEach(() => stubBrowser())

/** With a run of the visitor standing there. */
async function begin() {
  const lab = createSlowLab([MINE, OTHER, SHOP, SQL], [], TOLD)
  const page = new PageState(() => lab.api)
  await page.begin('')
  await page.opener.open('mine', PLACE)
  const lesson = lessonOf(page)
  const enter = (): void => {
    page.address.workspace = 'learn'
    void lesson.enter()
  }
  const leave = (): void => {
    page.address.workspace = 'explore'
    lesson.leave()
  }
  /** The lab tells that it explores the run at full speed. */
  const going = (): void => {
    const { progress } = page.explorer
    if (progress === undefined) throw new Error('a run stands there')
    const running = { ...progress, revision: progress.revision + 1, status: 'running' } as const
    lab.tell({ type: 'progress', progress: running, newTasks: [], from: 0 })
  }
  const starts = () => lab.calls.filter((call) => call === 'start').length
  const standing = () => page.explorer.progress?.info.id
  return { lab, page, lesson, enter, leave, going, starts, standing }
}

describe('what stood in Explore', () => {
  test('comes back when Learn is left', async () => {
    const { page, lesson, enter, leave, standing } = await begin()
    enter()
    await rested()
    expect([standing(), lesson.scene?.example.runId]).toEqual(['shop', 'shop'])
    leave()
    await rested()
    expect([page.explorer.place, lesson.scene]).toEqual([PLACE, undefined])
  })

  test.each([
    ['before Learn has asked for anything', []],
    ['while the example is opened', ['open']],
    ['while its task is sought', ['taskEvents']],
  ])('comes back where Learn is left and come back to at once, %s', async (_, slow) => {
    const { lab, page, enter, leave, standing } = await begin()
    for (const kind of slow) lab.slow.add(kind)
    enter()
    if (slow.length > 0) await rested()
    leave()
    enter()
    leave()
    await rested()
    lab.slow.clear()
    while (lab.waits() > 0) await lab.answer('')
    await rested()
    expect([page.explorer.place, lab.open()]).toEqual([PLACE, 'mine'])
    enter()
    await rested()
    expect(standing()).toBe('shop')
    leave()
    await rested()
    expect(page.explorer.place).toEqual(PLACE)
  })

  test('waits where Learn is come back to at once: the example goes on standing there', async () => {
    const { lab, page, enter, leave, standing } = await begin()
    enter()
    await rested()
    const before = lab.calls.length
    leave()
    enter()
    await rested()
    expect([standing(), lab.calls.slice(before).filter((call) => call.startsWith('open'))]).toEqual(['shop', []])
    leave()
    await rested()
    expect(page.explorer.place).toEqual(PLACE)
  })

  test('stays where Learn is on its way out before it has asked for anything', async () => {
    const { page, enter, standing } = await begin()
    enter()
    page.address.workspace = 'explore' // it is left when that is drawn
    await rested()
    expect(standing()).toBe('mine')
  })

  test('stays where the example could not be opened', async () => {
    const { lab, page, lesson, enter, leave } = await begin()
    lab.slow.add('open')
    const before = lab.calls.length
    enter()
    await lab.fail('open shop')
    leave()
    await rested()
    expect([page.explorer.place, lesson.scene]).toEqual([PLACE, undefined])
    expect(lab.calls.slice(before)).toEqual(['open shop'])
  })

  test.each([
    ['another run', 'other'],
    ['a recorded one', 'sql'],
  ])('gives way to %s that the visitor has opened meanwhile', async (_, id) => {
    const { page, enter, leave, standing } = await begin()
    enter()
    await rested()
    const opened = page.opener.open(id)
    leave()
    await opened
    await rested()
    expect(standing()).toBe(id)
  })

  test('is what stood there last, where Learn was left for another run and come back to', async () => {
    const { page, enter, leave, standing } = await begin()
    enter()
    await rested()
    leave()
    void page.opener.open('other')
    enter()
    await rested()
    expect(standing()).toBe('shop')
    leave()
    await rested()
    expect(standing()).toBe('other')
  })

  test('keeps the speed that was chosen since Learn was left', async () => {
    const { page, enter, leave } = await begin()
    enter()
    await rested()
    leave()
    page.player.speed = 4
    enter()
    leave()
    await rested()
    expect(page.player.speed).toBe(4)
  })
})

test('of two visits the older one begins nothing', async () => {
  const { lab, page, lesson, enter, leave } = await begin()
  const scenes = new Set<unknown>()
  page.changes.subscribe(() => lesson.scene && scenes.add(lesson.scene))
  lab.slow.add('taskEvents')
  enter()
  await rested()
  leave()
  enter()
  lab.slow.clear()
  while (lab.waits() > 0) await lab.answer('')
  await rested()
  expect(scenes.size).toBe(1)
})

describe('a run at full speed', () => {
  test('waits while Learn is open, and goes on when it is left', async () => {
    const { page, enter, leave, going, starts, standing } = await begin()
    await page.player.runAll()
    going()
    enter()
    await rested()
    expect([standing(), page.player.runningAll, starts()]).toEqual(['shop', false, 1])
    leave()
    await rested()
    expect([standing(), page.player.runningAll, starts()]).toEqual(['mine', true, 2])
  })

  test('goes on where Learn was come back to before the run stood there again', async () => {
    const { lab, page, enter, leave, going, starts, standing } = await begin()
    await page.player.runAll()
    going()
    enter()
    await rested()
    lab.slow.add('open')
    leave()
    await rested()
    enter()
    leave()
    lab.slow.clear()
    await lab.answer('open mine')
    await rested()
    expect([standing(), page.player.runningAll, starts()]).toEqual(['mine', true, 2])
  })

  test('goes on after a second visit that began before the run stood there again', async () => {
    const { lab, page, enter, leave, going, starts, standing } = await begin()
    await page.player.runAll()
    going()
    enter()
    await rested()
    lab.slow.add('open')
    leave()
    await rested()
    enter()
    lab.slow.clear()
    await lab.answer('open mine')
    await rested()
    expect([standing(), starts()]).toEqual(['shop', 1])
    leave()
    await rested()
    expect([standing(), page.player.runningAll, starts()]).toEqual(['mine', true, 2])
  })

  test('that was paused stays so', async () => {
    const { page, enter, leave, starts, standing } = await begin()
    await page.player.runAll()
    enter()
    await rested()
    leave()
    await rested()
    expect([standing(), starts()]).toEqual(['mine', 1])
  })
})

test('files in the place of the shipped shop are told of', async () => {
  const { page, lesson } = await begin()
  const { data } = page.library
  delete data.webshop // nobody has asked for it yet
  expect(lesson.foreign).toBe(false)
  data.webshop = 'failed'
  expect(lesson.foreign).toBe(false)
  data.webshop = { ...dataOf('webshop', 'shipped'), fingerprint: SHIPPED_DATA.webshop }
  expect(lesson.foreign).toBe(false)
  data.webshop = { ...dataOf('webshop', 'yours'), fingerprint: '0123456789abcdef' }
  expect(lesson.foreign).toBe(true)
})
