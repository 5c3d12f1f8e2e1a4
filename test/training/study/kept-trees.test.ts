import { expect, test } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import { keptTrees } from '../../../src/training/study/kept-trees.ts'
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

test('makes trees anew as soon as they are more nodes together than they may be', () => {
  const streams = () => Array.from({ length: 100 }, (_, i) => stream(1).child(i))
  const grown = actor.begin(first)
  actor.rollouts(grown, 10, 1, streams())
  const { size } = grown.tree
  expect(size).toBeGreaterThan(10)
  for (const most of [size, size - 1]) {
    const begin = keptTrees(actor, most)
    const root = begin(first)
    begin(second)
    expect(begin(first)).toBe(root)
    actor.rollouts(root, 10, 1, streams())
    begin(second)
    expect(begin(first) === root).toBe(most === size)
  }
})
