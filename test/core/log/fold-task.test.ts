/** The fold of a task that goes on, against the fold of the whole. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exploreRun } from '../../../src/core/exploration/explore-run.ts'
import { runHeader } from '../../../src/core/exploration/run-plan.ts'
import type { RunEvent } from '../../../src/core/log/events.ts'
import { foldTask, TaskFold } from '../../../src/core/log/fold-task.ts'
import { METHODS } from '../../../src/core/settings/run-config.ts'
import { collect, toyConfig, toyTasks, treeActor } from '../toy.ts'

const MADE = {
  ...{ data: { name: 'toy', fingerprint: '0' }, agent: { name: 'toy', fingerprint: '0' } },
  ...{ systemPrompt: 'Play.', minReward: 0, maxReward: 1 },
}

async function taskOf(method: (typeof METHODS)[number]): Promise<readonly RunEvent[]> {
  const config = toyConfig({ method, tasks: 1 })
  const log = await collect(exploreRun({ header: runHeader(config, MADE), actor: treeActor(), tasks: toyTasks(1) }))
  return log.filter((event) => 'task' in event)
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const part of Object.values(value)) frozen(part)
  return value
}

describe.each(METHODS.filter((method) => !['ipr', 'eto', 'replay'].includes(method)))(
  'the fold of a task of %s',
  (method) => {
    test('is that of the whole wherever it is looked at, and what was given away never changes', async () => {
      const events = await taskOf(method)
      expect(events.length).toBeGreaterThan(5)
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 0, max: events.length + 1 }), { maxLength: 12 }), (counts) => {
          const fold = new TaskFold()
          for (const count of counts) expect(frozen(fold.at(events, count))).toEqual(foldTask(events, count))
        }),
        { numRuns: 40 },
      )
    })
  },
)

test('event by event, each is folded once, and what one does not touch stays the same object', async () => {
  let looks = 0
  const events = await taskOf('rro')
  const watched = new Proxy(events, {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks++
      return Reflect.get(target, key, receiver)
    },
  })
  const fold = new TaskFold()
  let before = fold.at(watched, 0)
  for (let count = 1; count <= events.length; count++) {
    const after = fold.at(watched, count)
    expect(fold.at(watched, count)).toBe(after)
    const event = events[count - 1]
    const touched = event !== undefined && 'step' in event ? event.step : 0
    for (const step of before?.steps ?? []) {
      if (step.step !== touched) expect(after?.steps[step.step - 1]).toBe(step)
      for (const [index, candidate] of step.candidates.entries())
        if (step.step !== touched || (event !== undefined && 'candidate' in event && event.candidate !== index + 1))
          expect(after?.steps[step.step - 1]?.candidates[index]).toBe(candidate)
    }
    before = after
  }
  expect(looks).toBe(events.length)
})
