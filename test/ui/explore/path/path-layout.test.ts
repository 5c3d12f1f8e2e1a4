import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TaskSummary } from '../../../../src/core/log/fold-run.ts'
import { questionPlace, stemOf } from '../../../../src/ui/explore/path/beside-cards.ts'
import {
  CARD_GAP,
  COLUMN,
  cardTop,
  columnLeft,
  layoutMarks,
  layoutPath,
  nodeX,
  pathSizes,
} from '../../../../src/ui/explore/path/path-layout.ts'
import { GrowingStrip, taskAtX, taskSentence } from '../../../../src/ui/explore/strip-layout.ts'
import { toyTask } from '../../toy-task.ts'

/** The path's pane in a window of 1366 x 768. */
const DESK = pathSizes({ width: 706, height: 516 })

describe('what a pane gives', () => {
  test('on a desk three steps and three candidates are whole, and the picture is under them', () => {
    expect(DESK.columns).toBe(3)
    expect(columnLeft(3, DESK) + DESK.card.width).toBeLessThan(706)
    expect(cardTop(4, DESK) + DESK.plot).toBe(516)
    expect(DESK).toMatchObject({ scale: 1 })
  })
  test('on a large screen four steps are whole, and cards, letters and picture are larger', () => {
    const large = pathSizes({ width: 1126, height: 840 })
    expect(large.columns).toBe(4)
    expect(large.scale).toBeGreaterThan(1.15)
    expect(large.card.width).toBeGreaterThan(DESK.card.width)
    expect(large.card.height).toBeGreaterThan(DESK.card.height)
    expect(large.plot).toBeGreaterThan(2 * DESK.plot)
  })
  test('on a phone there is one step, a place for the question below its first card, and the picture', () => {
    const phone = pathSizes({ width: 372, height: 392 })
    expect(phone.columns).toBe(1)
    expect(phone.scale).toBe(1)
    expect(phone.plot).toBeGreaterThan(100)
    expect(questionPlace(1, 1, phone)).toEqual({ left: COLUMN.left + 24, top: cardTop(2, phone) })
    expect(cardTop(3, phone) + phone.plot).toBeLessThanOrEqual(392)
  })
  test('on a projector at 200 % the card stays, and the picture goes', () => {
    const projector = pathSizes({ width: 665, height: 148 })
    expect(projector.plot).toBe(0)
    expect(cardTop(2, projector)).toBeLessThanOrEqual(148)
  })
  test('any pane has room for a card, and for no more than itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 3000 }), fc.integer({ min: 130, max: 2000 }), (width, height) => {
        for (const environment of ['webshop', 'intercode-sql'] as const) {
          const sizes = pathSizes({ width, height }, environment)
          if (sizes.plot > 0) expect(cardTop(1, sizes) + sizes.card.height + sizes.plot).toBeLessThanOrEqual(height)
          expect(columnLeft(sizes.columns, sizes) + sizes.card.width).toBeLessThanOrEqual(width)
        }
      }),
    )
  })
  test('statements have a line more', () => {
    const sql = pathSizes({ width: 706, height: 516 }, 'intercode-sql')
    expect(sql.card.height).toBeGreaterThan(DESK.card.height + 12)
  })
})

test('the line of a rise leaves the card that goes on and slopes with the rise', () => {
  const { lines, width, height } = layoutPath(toyTask(), DESK)
  expect(lines.map(({ rise }) => rise)).toEqual([0.25, 0.5, 0.25])
  expect(lines[1]?.from).toEqual([columnLeft(2, DESK) + DESK.card.width, cardTop(2, DESK) + DESK.card.height / 2])
  for (const { from, to } of lines) expect(to[1]).toBeLessThan(from[1])
  expect(lines.map(({ next }) => next !== undefined)).toEqual([true, true, false])
  expect(width).toBeGreaterThan(columnLeft(3, DESK) + DESK.card.width)
  expect(height).toBe(cardTop(2, DESK) + DESK.card.height + CARD_GAP)
})

test('the question stands where the next step will be, the stem between the steps', () => {
  expect(questionPlace(1, 2, DESK)).toEqual({ left: columnLeft(2, DESK), top: cardTop(2, DESK) })
  expect(stemOf({ step: 1, candidate: 2 }, DESK)).toEqual({
    ...{ left: nodeX(0, DESK), width: 0 },
    top: cardTop(2, DESK) + DESK.card.height,
  })
  const { left, width } = stemOf({ step: 2, candidate: 1 }, DESK)
  expect(left + width).toBe(columnLeft(2, DESK))
  expect(left).toBeGreaterThan(columnLeft(1, DESK) + DESK.card.width)
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
      const layout = new GrowingStrip([], total, width).layout
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
  const { marks } = new GrowingStrip([summary(1), summary(0.5)], 100, 200).layout
  expect(marks[0]).toMatchObject({ from: 0, to: 2, reward: 0.75 })
  expect(marks[1]?.reward).toBeUndefined()
})
test('a strip that grows shows what one made anew shows, and looks at each task once', () => {
  let looks = 0
  const tasks: TaskSummary[] = []
  const watched = new Proxy(tasks, {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks++
      return Reflect.get(target, key, receiver)
    },
  })
  const strip = new GrowingStrip(watched, 10_000, 600)
  for (const part of [1, 0, 70, 3_000, 6_929]) {
    for (let n = 0; n < part; n++) tasks.push(summary(((tasks.length * 7) % 11) / 10))
    expect(strip.layout).toEqual(new GrowingStrip(tasks, 10_000, 600).layout)
  }
  expect(looks).toBe(10_000)
})
test('a task is told in a sentence', () => {
  expect(taskSentence(4, summary(0.5))).toBe('Task 5: reward 0.50, 3 steps, 5 candidates, 1 pair')
  expect(taskSentence(4, { ...summary(0), end: 'step-limit' })).toContain('stopped at the step limit')
  expect(taskSentence(9, undefined)).toBe('Task 10: not finished')
})
