import { expect, test } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import { createForest } from '../../../src/training/study/forest.ts'
import { smallWorld } from './small-study.ts'

const { actor, tasks } = await smallWorld()

test('in a forest, policies make the very rollouts that they make on their own', () => {
  const forest = createForest(actor)
  for (const factor of [1, 0, -0.5, 2]) {
    const weights = actor.parameters.map((weight) => factor * weight)
    const [shared, alone] = [forest.policy(weights), actor.withParameters(weights)]
    for (const task of tasks('test')) {
      for (const temperature of [1, 0.5, 0]) {
        const streams = (name: string) => Array.from({ length: 3 }, (_, i) => stream(7).child(name, task.id, i))
        const all = shared.rollouts(shared.begin(task), 10, temperature, streams('a'))
        expect(all).toEqual(alone.rollouts(alone.begin(task), 10, temperature, streams('a')))
        const [prefix, own] = [shared, alone].map((policy) => {
          const start = policy.begin(task)
          return policy.execute(start, { text: '', action: actor.actions(start)[0] ?? '' })
        }) as [ReturnType<typeof actor.begin>, ReturnType<typeof actor.begin>]
        expect(shared.outcome(prefix)).toEqual(alone.outcome(own))
        expect(shared.rollouts(prefix, 3, temperature, streams('b'))).toEqual(
          alone.rollouts(own, 3, temperature, streams('b')),
        )
      }
    }
  }
})
