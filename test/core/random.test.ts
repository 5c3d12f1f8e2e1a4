import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stream } from '../../src/core/random.ts'

const draws = (random: { next(): number }, count: number) => Array.from({ length: count }, () => random.next())

test('a named stream does not depend on what was drawn elsewhere, or in which order', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.oneof(fc.string(), fc.nat())), (seed, path) => {
      const root = stream(seed)
      draws(root, 5)
      draws(root.child('other'), 3)
      expect(draws(root.child(...path), 4)).toEqual(draws(stream(seed).child(...path), 4))
    }),
  )
})

test('a path in one call or in several is the same path', () => {
  expect(draws(stream(3).child('task', 2).child('step', 1), 3)).toEqual(draws(stream(3).child('task', 2, 'step', 1), 3))
})

test('names are not glued together: neighbours differ', () => {
  const names = [['a', 'b'], ['ab'], ['a', 'b', ''], [1], ['1'], [1, 0], [0, 1], [2 ** 32], [0], []] as const
  const firsts = names.map((path) =>
    stream(1)
      .child(...path)
      .next(),
  )
  expect(new Set(firsts).size).toBe(names.length)
})

test('siblings are uniform and uncorrelated (first draws of 20,000 numbered streams)', () => {
  const n = 20_000
  const root = stream(42)
  const first = Array.from({ length: n }, (_, i) => root.child('rollout', i).next())
  const mean = first.reduce((sum, x) => sum + x, 0) / n
  expect(Math.abs(mean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * n))
  let covariance = 0
  for (let i = 1; i < n; i++) covariance += ((first[i] ?? 0) - 0.5) * ((first[i - 1] ?? 0) - 0.5)
  expect(Math.abs((covariance / n) * 12)).toBeLessThan(4 / Math.sqrt(n))
  const bins = new Array<number>(64).fill(0)
  for (const x of first) bins[Math.floor(x * 64)] = (bins[Math.floor(x * 64)] ?? 0) + 1
  const chi = bins.reduce((sum, count) => sum + (count - n / 64) ** 2 / (n / 64), 0)
  expect(chi).toBeLessThan(63 + 5 * Math.sqrt(126))
})

test('a shuffle keeps every item', () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.nat()), (seed, items) => {
      expect(stream(seed).shuffled(items).sort()).toEqual([...items].sort())
    }),
  )
})

test('draws are what they have been: recorded runs stand on them', () => {
  const names = [['task', 3], ['rollout', 2, 1, 5], [-1], [2 ** 40 + 7], [0.5], ['Größe 🙂'], [], ['', 0]] as const
  const first = names.map(
    (path) =>
      2 ** 32 *
      stream(-7)
        .child(...path)
        .next(),
  )
  expect(first).toEqual([
    ...[2485312166, 330454629, 1364898151, 1891056110, 939055530, 3227932076, 3161344099, 3946039086],
  ])
})
