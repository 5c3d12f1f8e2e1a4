/** What Learn is told with: the recorded run has such a task, whichever it is. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { foldTask } from '../../../src/core/log/fold-task.ts'
import { countAt, countDecided, partsOfTask, rewardOf } from '../../../src/ui/learn/example.ts'
import type { RunEvent } from '../../../src/worker/protocol/lab-api.ts'

const log: readonly RunEvent[] = readFileSync('public/recorded/webshop.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
const tasks = [...new Set(log.flatMap((event) => ('task' in event ? event.task : [])))].map((task) =>
  log.filter((event) => 'task' in event && event.task === task),
)
const told = tasks.flatMap((events) => {
  const task = foldTask(events)
  const parts = task && partsOfTask(task)
  return task === undefined || parts === undefined ? [] : { task, events, ...parts }
})

test('the recorded run has a task to tell with', () => {
  expect(told.length).toBeGreaterThan(0)
})

test('in it candidates fell short of the bar before one rose, and made pairs with it', () => {
  for (const { rising } of told) {
    const { step, chosen } = rising
    expect(chosen).toBeGreaterThan(1)
    expect(step.candidates[chosen - 1]?.scored?.rises).toBe(true)
    for (const { scored } of step.candidates.slice(0, chosen - 1)) expect(scored?.rises).toBe(false)
    expect(step.pairs.length).toBeGreaterThan(0)
  }
})

test('in it an action ended the episode for less than the chosen one came to', () => {
  for (const { key } of told) {
    const mistake = key.step.candidates[key.mistake - 1]
    expect(mistake?.proposed.done).toBe(true)
    expect(rewardOf(mistake)).toBeLessThan(rewardOf(key.step.candidates[key.chosen - 1]))
  }
})

test('what stands there is counted up to the event that is told of', () => {
  for (const { events, rising } of told) {
    const at = { step: rising.step.step, candidate: rising.chosen }
    const proposed = foldTask(events, countAt(events, 'candidate-proposed', at))?.steps[at.step - 1]
    expect(proposed?.candidates).toHaveLength(at.candidate)
    expect(proposed?.candidates.at(-1)?.rollouts).toEqual([])
    const scored = foldTask(events, countAt(events, 'candidate-scored', at))?.steps[at.step - 1]
    expect(scored?.candidates.at(-1)?.scored).toBeDefined()
    expect(scored?.decided).toBeUndefined()
    const decided = foldTask(events, countDecided(events, at.step))?.steps[at.step - 1]
    expect(decided?.pairs).toEqual(rising.step.pairs)
  }
})
