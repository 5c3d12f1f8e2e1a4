import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeX, pathSizes } from '../../../../src/ui/explore/path/path-layout.ts'
import { layoutPlot, plotY } from '../../../../src/ui/explore/path/plot-layout.ts'
import { toyTask } from '../../toy-task.ts'

const SIZES = pathSizes({ width: 706, height: 516 })
const at = (step: number, candidate: number) => ({ step, candidate })
const y = (reward: number): number => plotY(reward, SIZES.plot)

describe('the picture', () => {
  test('is a stair: each step begins where the mean of the one before landed', () => {
    const { levels, rises, means } = layoutPlot(toyTask(), at(2, 2), SIZES)
    expect(levels.map((level) => level.y)).toEqual([0, 0.25, 0.75].map(y))
    levels.forEach(({ x1, x2 }, index) => {
      expect(x2).toBe(nodeX(index + 1, SIZES))
      if (index > 0) expect(x1).toBe(levels[index - 1]?.x2)
    })
    expect(rises.map(({ from, to }) => [from, to])).toEqual([
      [y(0), y(0.25)],
      [y(0.25), y(0.75)],
      [y(0.75), y(1)],
    ])
    expect(means.filter(({ kind }) => kind === 'chosen').map(({ x }) => x)).toEqual(
      [1, 2, 3].map((n) => nodeX(n, SIZES)),
    )
    expect(means.find(({ kind }) => kind === 'rejected')).toMatchObject({ step: 2, candidate: 1, y: y(0) })
  })
  test('branches every rollout of the selected candidate from the bar to its outcome, and on to the mean', () => {
    const { selected } = layoutPlot(toyTask(), at(2, 2), SIZES)
    expect(selected?.root).toEqual({ x: nodeX(1, SIZES), y: y(0.25) })
    expect(selected?.mean).toEqual({ x: nodeX(2, SIZES), y: y(0.75) })
    expect(selected?.branches.map((branch) => branch.y)).toEqual([y(1), y(0.5)])
    for (const { x, onward } of selected?.branches ?? []) {
      expect(x).toBeGreaterThan(selected?.root.x ?? 0)
      expect(x).toBeLessThan(selected?.mean?.x ?? 0)
      expect(onward).toBeDefined()
    }
  })
  test('shows what is still to come, and no mean before it is scored', () => {
    const { selected } = layoutPlot(toyTask(undefined, 4), at(1, 1), SIZES, 0, () => 5)
    expect(selected?.branches).toHaveLength(1)
    expect(selected?.buds).toHaveLength(4)
    expect(selected?.mean).toBeUndefined()
    expect(selected?.branches[0]?.onward).toBeUndefined()
  })
  test('goes straight to the outcome of an action that ends the episode', () => {
    const { selected } = layoutPlot(toyTask(), at(3, 1), SIZES)
    expect(selected).toMatchObject({ branches: [], buds: [], mean: { y: y(1) } })
    expect(selected?.exact).toMatch(/^M/)
  })
  test('of the start has no fan', () => {
    expect(layoutPlot(toyTask(), at(0, 0), SIZES).selected).toBeUndefined()
  })
  test('has room for rewards below 0, and for those of any number of rollouts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(-1, -0.5, 0, 1 / 3, 1), { minLength: 1, maxLength: 64 }),
        fc.integer({ min: 80, max: 460 }),
        (outcomes, plot) => {
          const steps = [{ bar: 0, candidates: [{ action: 'a', outcomes, rises: true }], chosen: 1 }]
          const { selected } = layoutPlot(toyTask(steps), at(1, 1), { ...SIZES, plot }, -1)
          for (const { x, y, reward } of selected?.branches ?? []) {
            expect(y).toBe(plotY(reward, plot, -1))
            expect(y).toBeGreaterThan(0)
            expect(y).toBeLessThan(plot)
            expect(x).toBeGreaterThan(nodeX(0, SIZES))
            expect(x).toBeLessThan(nodeX(1, SIZES))
          }
        },
      ),
      { numRuns: 40 },
    )
  })
  test('moves no outcome when another comes', () => {
    const steps = (outcomes: number[]) => [{ bar: 0, candidates: [{ action: 'a', outcomes, rises: true }], chosen: 1 }]
    const places = (outcomes: number[]) =>
      layoutPlot(toyTask(steps(outcomes)), at(1, 1), SIZES, 0, () => 5).selected?.branches.map(({ x, y }) => ({ x, y }))
    expect(places([1, 1, 0, 1])).toEqual(places([1, 1, 0, 1, 1])?.slice(0, 4))
    const [first, second] = places([1, 1]) ?? []
    expect(Math.abs((first?.x ?? 0) - (second?.x ?? 0))).toBeGreaterThan(4)
  })
})
