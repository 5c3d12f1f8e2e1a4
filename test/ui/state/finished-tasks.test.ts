/** A run of any length stands there at once; its finished tasks come piece by piece, each once, in order. */
import { beforeEach, expect, test, vi } from 'vitest'
import type { TaskSummary } from '../../../src/core/log/fold-run.ts'
import { Changes } from '../../../src/ui/state/changes.ts'
import { FinishedTasks } from '../../../src/ui/state/finished-tasks.ts'
import type { LabApi, RunProgress } from '../../../src/worker/protocol/lab-api.ts'
import { MOST_TASKS_TOLD } from '../../../src/worker/protocol/runs.ts'
import { stubBrowser } from '../browser-stubs.ts'
import { rested, toyRun } from '../slow-lab.ts'

beforeEach(() => {
  stubBrowser()
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => void setTimeout(frame))
})

const tasksOf = (count: number): TaskSummary[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ taskId: `train-${index}`, reward: 1, end: 'done', steps: 1, candidates: 1, pairs: 0 },
  }))

/** @param all on the lab's disk; more may come */
function watched(all: TaskSummary[]) {
  const asked: number[] = []
  let left = false
  const lab = {
    tasks: async (from: number) => {
      asked.push(from)
      return all.slice(from, from + MOST_TASKS_TOLD)
    },
  } as unknown as LabApi // it is asked for nothing else
  const finished = new FinishedTasks(lab, new Changes(), () => left)
  const progress = (status: RunProgress['status'] = 'running') =>
    ({ status, info: { ...toyRun('long'), tasksFinished: all.length } }) as RunProgress // all that is looked at
  const leave = (): void => {
    left = true
  }
  return { asked, finished, progress, leave }
}

test('a run that is opened is told piece by piece, until all of it is there', async () => {
  const all = tasksOf(7_000)
  const { asked, finished, progress } = watched(all)
  finished.take(all.slice(0, MOST_TASKS_TOLD), progress('finished'))
  await expect.poll(() => finished.list.length).toBe(7_000)
  await rested()
  expect(finished.list).toEqual(all)
  expect(asked).toEqual([2_000, 4_000, 6_000, 7_000])
})

test('what is told meanwhile is in its place, whatever comes first', async () => {
  const all = tasksOf(5_000)
  const { finished, progress } = watched(all)
  finished.take(all.slice(0, MOST_TASKS_TOLD), progress())
  for (let from = 5_000; from < 5_400; from += 100) {
    all.push(...tasksOf(from + 100).slice(from))
    finished.hear({ type: 'progress', progress: progress(), newTasks: all.slice(from, from + 100), from })
    await rested()
  }
  await expect.poll(() => finished.list.length).toBe(5_400)
  expect(finished.list).toEqual(all)
  finished.hear({ type: 'progress', progress: progress(), newTasks: all.slice(5_300), from: 5_300 })
  expect(finished.list).toEqual(all)
})

test('a run that ends further on than it was told of is asked for the rest', async () => {
  const all = tasksOf(100)
  const { asked, finished, progress } = watched(all)
  finished.take([], progress('running'))
  await rested()
  all.push(...tasksOf(2_500).slice(100))
  finished.hear({ type: 'progress', progress: progress('finished'), newTasks: all.slice(100, 2_100), from: 100 })
  await expect.poll(() => finished.list.length).toBe(2_500)
  expect(finished.list).toEqual(all)
  expect(asked.length).toBeLessThan(6)
})

test('another run, or a lab that has gone over to one, ends it', async () => {
  const all = tasksOf(7_000)
  const { asked, finished, progress, leave } = watched(all)
  finished.take([], progress('finished'))
  finished.take(tasksOf(1), { ...progress('finished'), info: { ...toyRun('other'), tasksFinished: 1 } })
  await rested()
  expect([finished.list.length, asked]).toEqual([1, [0]])
  finished.take([], progress('finished'))
  leave()
  await rested()
  expect([finished.list.length, asked]).toEqual([0, [0, 0]])
})
