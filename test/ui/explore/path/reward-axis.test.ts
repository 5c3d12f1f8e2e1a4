import { describe, expect, test } from 'vitest'
import { cardTop, layoutPath, pathSizes } from '../../../../src/ui/explore/path/path-layout.ts'
import { layoutPlot, plotY } from '../../../../src/ui/explore/path/plot-layout.ts'
import { leastReward, onAxis } from '../../../../src/ui/explore/path/reward-axis.ts'
import { GrowingStrip } from '../../../../src/ui/explore/strip-layout.ts'
import { ruleWords } from '../../../../src/ui/explore/verdict/bar-words.ts'
import { sumText } from '../../../../src/ui/explore/verdict/formula.ts'
import { verdictOf } from '../../../../src/ui/explore/verdict/verdict.ts'
import { CONFIG, toyEvents, toyTask } from '../../toy-task.ts'

const SIZES = pathSizes({ width: 706, height: 516 }, 'intercode-sql')
const BELOW = [
  { bar: -0.25, candidates: [{ action: 'submit', outcomes: [-0.5], rises: false, done: true }], chosen: 1 },
  { bar: -0.5, candidates: [{ action: 'submit', outcomes: [0, 0.5], rises: true }], chosen: 1 },
]

describe('the axis of rewards', () => {
  test('goes below 0 only where a reward of the task does', () => {
    expect(leastReward(toyEvents())).toBe(0)
    expect(leastReward(toyEvents(BELOW))).toBe(-1)
    const rollout = toyEvents([{ bar: 0, candidates: [{ action: 'a', outcomes: [1, -1], rises: false }], chosen: 1 }])
    expect(leastReward(rollout)).toBe(-1)
    expect(leastReward([])).toBe(0)
  })
  test('has room for every reward, and cuts what is beyond', () => {
    expect([-1, 0, 0.5, 1, 2].map((reward) => onAxis(reward, 0))).toEqual([0, 0, 0.5, 1, 1])
    expect([-2, -1, 0, 1].map((reward) => onAxis(reward, -1))).toEqual([0, 0, 0.5, 1])
  })
  test('puts 0 in the middle of the curve', () => {
    expect(plotY(0, 100, -1) * 2).toBe(plotY(1, 100, -1) + plotY(-1, 100, -1))
    const plot = layoutPlot(toyTask(BELOW), { step: 1, candidate: 1 }, { ...SIZES, plot: 100 }, -1)
    expect(plot.means[0]?.y).toBe(plotY(-0.5, 100, -1))
  })
  test('holds the slopes of the path within its cards', () => {
    const { lines } = layoutPath(toyTask(BELOW), SIZES, -1)
    expect(lines[0]?.from[1]).toBe(cardTop(1, SIZES) + SIZES.card.height / 2)
    expect((lines[1]?.from[1] ?? 0) - (lines[1]?.to[1] ?? 0)).toBe(0.75 * 28)
  })
  test('is that of the strip where a task earned less than 0', () => {
    const task = { taskId: 't', end: 'done', steps: 1, candidates: 1, pairs: 0 } as const
    expect(new GrowingStrip([{ ...task, reward: 0.5 }], 2, 100).layout.least).toBe(0)
    expect(
      new GrowingStrip(
        [
          { ...task, reward: 0.5 },
          { ...task, reward: -0.5 },
        ],
        2,
        100,
      ).layout.least,
    ).toBe(-1)
  })
})

describe('words about rewards below 0', () => {
  test('a sum takes them away', () => {
    expect(sumText([1, -0.5, 0])).toBe('1 − 0.5 + 0')
    expect(sumText([-1, -1])).toBe('−1 − 1')
    expect(sumText([...Array(8).fill(1), -0.5])).toBe('8 × 1 − 1 × 0.5')
  })
  test('a reward over a bar below 0 still has to be above 0', () => {
    const step = toyTask([
      { bar: -0.5, candidates: [{ action: 'a', outcomes: [-0.25, 0.25], rises: false }], chosen: 1 },
    ]).steps[0]
    if (step === undefined) throw new Error('the toy has a step')
    expect(verdictOf(CONFIG, step, 1).relation).toBe('higher by 0.50, not above 0')
    expect(ruleWords(CONFIG, { bar: -0.5 })).toBe('Rises when r is at least the bar and above 0: r > 0.00.')
    expect(ruleWords({ ...CONFIG, riseRule: '>' }, { bar: -0.5 })).toBe('Rises when r is above the bar: r > −0.50.')
  })
})
