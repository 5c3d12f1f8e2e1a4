import { expect, test } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import { checkPairs, checkRises } from '../../../src/training/study/diagnosis.ts'
import type { Accepted } from '../../../src/training/study/probes.ts'
import { quietActor } from '../../../src/training/study/quiet-actor.ts'
import { createValues } from '../../../src/training/study/simulated-values.ts'
import { smallWorld } from './small-study.ts'

const world = await smallWorld()
const { actor } = world
const OPTIONS = { temperature: 1, stepLimit: 10, rollouts: 200 }

/** Every action of a task's first result page, with its exact value. */
function graded(seed: number) {
  const task = world.tasks('train')[seed]
  if (task === undefined) throw new Error('no task')
  const values = createValues(actor, { ...OPTIONS, rollouts: 3000 })
  const root = actor.begin(task)
  const [search = ''] = actor.actions(root)
  const place = { taskId: task.id, path: [search] }
  const node = values.at(place)
  const all = actor.actions(node).map((action) => {
    return {
      action,
      exact: values.of(place, node, action, stream(1).child(action)),
      share: Math.exp(actor.logProbability(node, action, 1)),
    }
  })
  return { place, node, values, all }
}

const { place, node, values, all } = graded(1)
const state = all.reduce((sum, { exact, share }) => sum + share * exact, 0)
const sorted = all.toSorted((a, b) => a.exact - b.exact)
const [worst, best] = [sorted[0], sorted[sorted.length - 1]] as [(typeof all)[number], (typeof all)[number]]

test('the value of the others completes the value of the state', () => {
  for (const { action, exact, share } of all) {
    const others = values.ofOthers(place, node, action, stream(2).child(action))
    expect(share * exact + (1 - share) * (others ?? 0)).toBeCloseTo(state, 1)
  }
})

test('an accepted action is a false rise if it is below the value of its state', () => {
  expect(best.exact).toBeGreaterThan(worst.exact + 0.1)
  const accepted = (action: string, estimate: number): Accepted => ({ ...place, action, estimate })
  const check = (...given: Accepted[]) => checkRises(actor, given, stream(3), OPTIONS)
  expect(check(accepted(best.action, 1))).toMatchObject({ risesChecked: 1, falseRises: 0 })
  expect(check(accepted(worst.action, 1))).toMatchObject({ risesChecked: 1, falseRises: 1 })
  expect(check(accepted(best.action, best.exact + 0.2), accepted(worst.action, worst.exact)).acceptedBias).toBeCloseTo(
    0.1,
    1,
  )
  expect(check()).toEqual({ risesChecked: 0, falseRises: 0, acceptedBias: undefined })
})

test('a pair is in order if its chosen action is better', () => {
  const pair = { ...place, chosen: best.action, rejected: worst.action }
  const turned = { ...place, chosen: worst.action, rejected: best.action }
  expect(checkPairs(actor, [pair, turned, pair], stream(4), OPTIONS)).toEqual({ pairsChecked: 3, pairsOrdered: 2 })
})

test('trees that are kept and trees that go at once give the same', () => {
  const kept = quietActor(actor)
  const passing = { ...kept, begin: actor.begin }
  const pairs = all.map(({ action }) => ({ ...place, chosen: best.action, rejected: action }))
  const accepted = all.map(({ action, exact }) => ({ ...place, action, estimate: exact }))
  for (let round = 0; round < 2; round++) {
    expect(checkPairs(passing, pairs, stream(5), OPTIONS)).toEqual(checkPairs(kept, pairs, stream(5), OPTIONS))
    expect(checkRises(passing, accepted, stream(6), OPTIONS)).toEqual(checkRises(kept, accepted, stream(6), OPTIONS))
  }
})
