import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TaskSummary } from '../../../../src/core/log/fold-run.ts'
import {
  CARD,
  cardTop,
  columnLeft,
  curveHeight,
  curveY,
  layoutCurve,
  layoutMarks,
  layoutPath,
} from '../../../../src/ui/explore/path/path-layout.ts'
import { layoutStrip, taskAtX, taskSentence } from '../../../../src/ui/explore/strip-layout.ts'
import { toyTask } from '../../toy-task.ts'

test('the line of a rise leaves the card that goes on and slopes with the rise', () => {
  const { lines, width, height } = layoutPath(toyTask())
  expect(lines.map(({ rise }) => rise)).toEqual([0.25, 0.5, 0.25])
  expect(lines[1]?.from).toEqual([columnLeft(2) + CARD.width, cardTop(2) + CARD.height / 2])
  for (const { from, to } of lines) expect(to[1]).toBeLessThan(from[1])
  expect(lines.map(({ next }) => next !== undefined)).toEqual([true, true, false])
  expect(width).toBeGreaterThan(columnLeft(3) + CARD.width)
  expect(height).toBeGreaterThan(cardTop(2) + CARD.height)
})
test('the curve goes from the first bar through the chosen candidates', () => {
  const { points, line, bars } = layoutCurve(toyTask(), 100)
  expect(points.map(({ kind }) => kind)).toEqual(['chosen', 'rejected', 'chosen', 'chosen'])
  expect(line.split(' ')).toHaveLength(4)
  expect(bars).toHaveLength(3)
  expect(curveY(1, 100)).toBeLessThan(curveY(0, 100))
  expect([600, 768, 1080, 2000].map((height) => curveHeight(1366, height))).toEqual([96, 96, 220, 220])
  expect(curveHeight(390, 844)).toBe(96)
})
test('marks of any m fit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), (m) => {
      const { pitch, thickness } = layoutMarks(m, 90)
      expect(pitch * m).toBeLessThanOrEqual(90.001)
      expect(thickness).toBeGreaterThan(0)
    }),
  )
})

const summary = (reward: number): TaskSummary => ({
  ...{ taskId: 't', reward, end: 'done', steps: 3, candidates: 5, pairs: 1 },
})

test('the strip has room for any number of tasks and finds each again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 40, max: 2000 }), (total, width) => {
      const layout = layoutStrip([], total, width)
      const last = layout.marks.at(-1)
      expect(last?.to).toBe(total)
      expect((last?.x ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(width + 2)
      expect(layout.marks.length).toBeLessThanOrEqual(width / 4 + 1)
      for (const mark of layout.marks.slice(0, 20)) {
        const task = taskAtX(layout, mark.x + layout.pitch / 2, total)
        expect(task).toBeGreaterThanOrEqual(mark.from)
        expect(task).toBeLessThan(mark.to)
      }
    }),
    { numRuns: 30 },
  )
})
test('tasks that share a mark show their mean, unfinished ones nothing', () => {
  const { marks } = layoutStrip([summary(1), summary(0.5)], 100, 200)
  expect(marks[0]).toMatchObject({ from: 0, to: 2, reward: 0.75 })
  expect(marks[1]?.reward).toBeUndefined()
})
test('a task is told in a sentence', () => {
  expect(taskSentence(4, summary(0.5))).toBe('Task 5: reward 0.50, 3 steps, 5 candidates, 1 pair')
  expect(taskSentence(4, { ...summary(0), end: 'step-limit' })).toContain('stopped at the step limit')
  expect(taskSentence(9, undefined)).toBe('Task 10: not finished')
})
