/** More drawn at a recorded step: what a run with those settings has, and never in the log. */
import { describe, expect, test } from 'vitest'
import { type Redecision, redecide, withMore } from '../../../src/core/exploration/redecide.ts'
import { unwrap } from '../../../src/core/failure.ts'
import type { RunStarted } from '../../../src/core/log/events.ts'
import { foldTask, type TaskState } from '../../../src/core/log/fold-task.ts'
import type { RunConfig } from '../../../src/core/settings/settings.ts'
import type { Lab } from '../../../src/worker/lab/lab.ts'
import type { Drawn, DrawRequest } from '../../../src/worker/protocol/lab-api.ts'
import { fileOf, logOf, openTestLab } from '../labs.ts'

const BASE = { seed: 3, tasks: 2, rollouts: 2, candidates: 2, stepLimit: 6 }

async function explored(lab: Lab, given: Record<string, unknown>): Promise<{ id: string; config: RunConfig }> {
  const { id } = unwrap(await lab.create(given)).progress.info
  for (let task = 0; task < 2; task++) unwrap(await lab.advance('task'))
  unwrap(await lab.advance('event'))
  const [{ config }] = (await logOf(lab, id)) as [RunStarted]
  return { id, config }
}

async function taskOf(lab: Lab, index: number): Promise<TaskState> {
  const task = foldTask(await lab.taskEvents(index))
  if (task === undefined) throw new Error('the task is explored')
  return task
}

describe.each(['webshop', 'intercode-sql'])('in %s', (environment) => {
  test('the first step of each task comes to what a run with more candidates, rollouts and a margin has', async () => {
    const lab = openTestLab()
    const more = { ...BASE, environment, rollouts: 5, candidates: 4, margin: 0.1, firstBar: 'value' }
    const { config: rules } = await explored(lab, more)
    const wanted = [await taskOf(lab, 0), await taskOf(lab, 1)]
    const { id } = await explored(lab, { ...BASE, environment })
    const file = await fileOf(lab, id)
    for (const [index, { steps }] of wanted.entries()) {
      const own = await taskOf(lab, index)
      const drawn: Drawn[] = []
      let anew: Redecision
      for (;;) {
        anew = redecide(withMore(own, drawn), 1, { rules, maxReward: 1 })
        if (anew.missing === undefined) break
        const { step, candidate, rollouts } = anew.missing
        drawn.push(...unwrap(await lab.visit('draw', { task: index, step, candidate, rollouts })))
      }
      expect(drawn.length).toBeGreaterThan(0)
      const [first] = steps
      expect(anew.bar).toBe(first?.bar)
      expect(anew.decision).toMatchObject({ chosen: first?.decided?.chosen, reason: first?.decided?.reason })
      const rewards = anew.candidates.slice(0, first?.candidates.length).map(({ value }) => value?.mean)
      expect(rewards).toEqual(first?.candidates.map(({ scored }) => scored?.reward))
    }
    expect(await fileOf(lab, id)).toBe(file)
  })
})

describe('is refused with a sentence', () => {
  test('where there is no such step or number', async () => {
    const lab = openTestLab()
    await explored(lab, BASE)
    const odd: DrawRequest[] = [
      { task: 9, step: 1, candidate: 1, rollouts: 3 },
      { task: 0, step: 99, candidate: 1, rollouts: 3 },
      { task: 0, step: 0, candidate: 1, rollouts: 3 },
      { task: 0, step: 1, candidate: 0, rollouts: 3 },
      { task: 0, step: 1, candidate: 17, rollouts: 3 },
      { task: 0, step: 1, candidate: 1, rollouts: 65 },
      { task: 0, step: 1, candidate: 1, rollouts: Number.NaN },
    ]
    for (const request of odd)
      expect(await lab.visit('draw', request)).toMatchObject({ failure: { code: 'step-unknown' } })
  })

  test('where candidates are not drawn one after the other, and where they are the visitor’s', async () => {
    const lab = openTestLab()
    await explored(lab, { ...BASE, method: 'uct' })
    const request = { task: 0, step: 1, candidate: 1, rollouts: 3 }
    expect(await lab.visit('draw', request)).toMatchObject({ failure: { code: 'draw-method' } })
    unwrap(await lab.create({ ...BASE, policy: 'human' }))
    unwrap(await lab.visit('act', 'search[shoes]'))
    expect(unwrap(await lab.visit('draw', request))).toHaveLength(4)
    expect(await lab.visit('draw', { ...request, candidate: 3 })).toMatchObject({ failure: { code: 'draw-yours' } })
  })
})
