import { expect, test } from 'vitest'
import { openToy } from '../toy-lab.ts'
import { toyEvents } from '../toy-task.ts'

const LENGTH = toyEvents().length

test('at the end of what is known, a stride is explored first', async () => {
  const { explorer, lab } = openToy()
  expect(await explorer.forward('event')).toBe(true)
  expect(explorer.playhead).toEqual({ task: 0, count: 1 })
  expect(await explorer.forward('step')).toBe(true)
  expect(explorer.events.at(-1)?.type).toBe('step-decided')
  expect(lab.advances()).toBe(2)
})
test('behind the newest event, moving asks the lab for nothing', async () => {
  const { explorer, lab } = openToy()
  await explorer.forward('task')
  const asked = lab.advances()
  explorer.back('step')
  explorer.back('phase')
  await explorer.forward('event')
  explorer.moveTo(4)
  expect(explorer.playhead).toEqual({ task: 0, count: 4 })
  expect(lab.advances()).toBe(asked)
})
test('forward goes on to the next task, back returns to the end of the one before', async () => {
  const { explorer } = openToy()
  await explorer.forward('task')
  expect(explorer.atTaskEnd).toBe(true)
  await explorer.forward('event')
  expect(explorer.playhead).toEqual({ task: 1, count: 1 })
  explorer.back('event')
  await Promise.resolve()
  await expect.poll(() => explorer.playhead).toEqual({ task: 0, count: LENGTH })
})
test('a stride waits for what is being explored already, and asks for no more than is missing', async () => {
  const { explorer, lab } = openToy()
  const ahead = explorer.exploreTo(0)
  const stride = explorer.forward('task')
  expect([await ahead, await stride]).toEqual([true, true])
  expect(explorer.playhead).toEqual({ task: 0, count: LENGTH })
  expect([lab.advances(), explorer.knownTasks]).toEqual([1, 1])
  expect(await explorer.exploreTo(0)).toBe(true)
  expect(lab.advances()).toBe(1)
})
test('a run that is stepped to its end is finished, and then nothing moves', async () => {
  const { explorer, lab } = openToy()
  await explorer.forward('task')
  await explorer.forward('task')
  expect(explorer.atRunEnd).toBe(true)
  expect(lab.progress().status).toBe('finished')
  expect(await explorer.forward('event')).toBe(false)
})
test('a run that cannot go on here says why, and can still be looked at', async () => {
  const { explorer, notices } = openToy(2, 'This run was made with other data.')
  expect(await explorer.forward('event')).toBe(false)
  expect(notices.items.map(({ text }) => text)).toEqual(['This run was made with other data.'])
})
test('the next task is prepared without moving the playhead', async () => {
  const { explorer } = openToy()
  await explorer.forward('task')
  await explorer.prepare(1)
  expect(explorer.playhead).toEqual({ task: 0, count: LENGTH })
  expect(explorer.knownTasks).toBe(2)
})
test('a picked candidate is let go when the playhead moves', async () => {
  const { explorer } = openToy()
  await explorer.forward('task')
  explorer.pick({ step: 2, candidate: 1 })
  expect(explorer.selection).toEqual({ step: 2, candidate: 1 })
  explorer.back('event')
  expect(explorer.selection).toEqual({ step: 3, candidate: 1 })
})
test('an older answer that arrives later does not set the run back', async () => {
  const { explorer, lab } = openToy()
  const early = lab.progress()
  await explorer.forward('task')
  const { events } = lab.progress().info
  explorer.hear({ type: 'progress', progress: early, newTasks: [], from: 0 })
  expect(explorer.progress?.info.events).toBe(events)
})

test('of two motions the newer one stands, whichever answer comes first', async () => {
  const { explorer } = openToy()
  await explorer.forward('task')
  await explorer.forward('task')
  const older = explorer.openTask(0, 3)
  explorer.moveTo(5)
  expect([await older, explorer.playhead]).toEqual([false, { task: 1, count: 5 }])
})
