import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import { dpoLoss } from '../../../src/training/dpo/dpo.ts'
import type { Preference } from '../../../src/training/objectives/pair-objective.ts'
import { lightened } from '../../../src/worker/agents/run-material.ts'

const WIDTH = 3

test('a pair of one state loses nothing but the rows of other actions: same loss, same gradient, at any weights', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 2, max: 6 }), (seed, count) => {
      const random = stream(seed)
      const draw = (size: number) => Float64Array.from({ length: size }, () => 2 * random.next() - 1)
      const pairs = Array.from({ length: 3 }, (): Preference => {
        const rows = draw(count * WIDTH)
        const chosen = random.below(count)
        const rejected = (chosen + 1 + random.below(count - 1)) % count
        const side = (row: number) => [{ rows, count, chosen: row }]
        return { chosen: side(chosen), rejected: side(rejected), weight: random.next() }
      })
      const light = pairs.map((pair) => lightened(pair) as Preference)
      const [weights, reference] = [draw(WIDTH), draw(WIDTH)]
      const objective = { beta: 0.5, sftWeight: 0, klWeight: 0 }
      const [whole, small] = [new Float64Array(WIDTH), new Float64Array(WIDTH)]
      const loss = dpoLoss(pairs, weights, reference, objective, whole)
      expect(dpoLoss(light, weights, reference, objective, small)).toBe(loss)
      expect(small).toEqual(whole)
      expect(light[0]?.chosen[0]?.rows).toHaveLength(2 * WIDTH)
    }),
  )
})

test('a pair of two states, or of trajectories, is left as it is', () => {
  const decision = (chosen: number) => ({ rows: Float64Array.of(1, 2, 3, 4, 5, 6), count: 2, chosen })
  expect(lightened({ chosen: [decision(0)], rejected: [decision(1)], weight: 1 })).toBeUndefined()
  const [one, two] = [decision(0), decision(1)]
  expect(lightened({ chosen: [one, two], rejected: [one], weight: 1 })).toBeUndefined()
  expect(lightened({ chosen: [], rejected: [one], weight: 1 })).toBeUndefined()
})
