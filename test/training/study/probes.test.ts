import { expect, test } from 'vitest'
import { foldTask } from '../../../src/core/log/fold-task.ts'
import { probesOf } from '../../../src/training/study/probes.ts'
import { createValues } from '../../../src/training/study/simulated-values.ts'
import { ARMS, smallWorld, taskEvents } from './small-study.ts'

const world = await smallWorld()
const { actor } = world
const OPTIONS = { temperature: 1, stepLimit: 10, rollouts: 200 }

test.each(ARMS.filter(({ method }) => method !== 'sft'))(
  'what there is to check of $method is in its steps',
  async (arm) => {
    const events = await taskEvents(world, arm, 1)
    const state = foldTask(events)
    const { accepted, pairs } = probesOf(events)
    const steps = state?.steps ?? []
    const path = (step: number): readonly (string | undefined)[] =>
      steps
        .slice(0, step - 1)
        .map(({ decided, candidates }) => candidates[(decided?.continued ?? 0) - 1]?.proposed.action)
    const expected = steps.flatMap(({ step, decided, candidates }) => {
      const taken = candidates[(decided?.continued ?? 0) - 1]
      if (taken?.scored === undefined || !taken.scored.rises || decided?.reason === 'expert') return []
      return [{ taskId: state?.taskId, path: path(step), action: taken.proposed.action, estimate: taken.scored.reward }]
    })
    expect(accepted).toEqual(expected)
    if (arm.method === 'rro') expect(accepted.length).toBeGreaterThan(0)
    const onPath = steps.reduce((sum, step) => sum + step.pairs.length, 0)
    expect(pairs.length).toBe(onPath + (state?.branchPairs.length ?? 0))
    for (const pair of pairs) {
      const node = createValues(actor, OPTIONS).at(pair)
      expect(actor.actions(node)).toEqual(expect.arrayContaining([pair.chosen, pair.rejected]))
    }
  },
)
