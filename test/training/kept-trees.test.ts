import { expect, test } from 'vitest'
import { stream } from '../../src/core/random.ts'
import { keptTrees } from '../../src/training/kept-trees.ts'
import { smallWorld } from './small-study.ts'

const { actor, tasks } = await smallWorld()
const [first, second] = tasks('train')
if (first === undefined || second === undefined) throw new Error('no tasks')

test('comes back to the trees of its tasks', () => {
  const begin = keptTrees(actor)
  const root = begin(first)
  expect(begin(second)).not.toBe(root)
  expect(begin(first)).toBe(root)
})

test('makes trees anew when they have become too many nodes together', () => {
  const begin = keptTrees(actor, 10)
  const root = begin(first)
  begin(second)
  expect(begin(first)).toBe(root)
  const streams = Array.from({ length: 100 }, (_, i) => stream(1).child(i))
  actor.rollouts(root, 10, 1, streams)
  expect(root.tree.size).toBeGreaterThan(10)
  begin(second)
  expect(begin(first)).not.toBe(root)
})
