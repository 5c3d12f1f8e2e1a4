import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ROW_PIXELS, shownPart } from '../../../src/ui/data/tables/shown-part.ts'
import { AS_LOGGED, ordered, pressed } from '../../../src/ui/data/tables/table-order.ts'
import type { TableRow } from '../../../src/worker/protocol/lab-api.ts'

const rowsOf = (cells: readonly (readonly (string | number | boolean)[])[]): TableRow[] =>
  cells.map((cells, task) => ({ place: { task, step: 1, candidate: 1, count: 1 }, cells }))

const numbers = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.constant('')))

describe('the order of rows', () => {
  test('by a column: the same rows, up or down, those without a value last', () => {
    fc.assert(
      fc.property(numbers, fc.boolean(), (values, down) => {
        const rows = rowsOf(values.map((value) => [value]))
        const seen = ordered(rows, { words: '', column: 0, down })
        expect(new Set(seen)).toEqual(new Set(rows))
        const sorted = seen.map(({ cells }) => cells[0])
        const known = sorted.filter((value) => value !== '')
        expect(sorted.slice(0, known.length)).toEqual(known)
        const pairs = known.slice(1).map((value, i) => [known[i], value])
        for (const [a, b] of pairs) expect(down ? Number(a) >= Number(b) : Number(a) <= Number(b)).toBe(true)
      }),
    )
  })

  test('equal cells stay in the order of the log; pressed a third time a heading gives that order back', () => {
    const rows = rowsOf([['b'], ['a'], ['b'], ['a']])
    const tasks = (order = AS_LOGGED) => ordered(rows, order).map(({ place }) => place.task)
    const first = pressed(AS_LOGGED, 0)
    const second = pressed(first, 0)
    expect([tasks(first), tasks(second), tasks(pressed(second, 0))]).toEqual([
      [1, 3, 0, 2],
      [0, 2, 1, 3],
      [0, 1, 2, 3],
    ])
    expect(tasks(pressed(AS_LOGGED, undefined))).toEqual([3, 2, 1, 0])
  })

  test('words are looked for in all cells, however they are written', () => {
    const rows = rowsOf([
      ['click[Buy Now]', 0.5],
      ['search[tea]', 1],
      ['click[tea]', 1],
    ])
    const found = (words: string) => ordered(rows, { ...AS_LOGGED, words }).map(({ place }) => place.task)
    expect([found('buy'), found('CLICK tea'), found('task 2'), found('  '), found('nothing')]).toEqual([
      ...[[0], [2], [1], [0, 1, 2], []],
    ])
  })
})

test('what is drawn of a table covers what is seen, and never changes its height', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.nat(4_000_000), fc.integer({ min: 1, max: 3000 }), (rows, top, height) => {
      const { from, to, above, below } = shownPart(rows, top, height)
      expect(above + (to - from) * ROW_PIXELS + below).toBe(rows * ROW_PIXELS)
      expect(to - from).toBeLessThan(height / ROW_PIXELS + 30)
      const [first, last] = [Math.floor(top / ROW_PIXELS), Math.ceil((top + height) / ROW_PIXELS)]
      if (first < rows) expect(from).toBeLessThanOrEqual(first)
      expect(to).toBeGreaterThanOrEqual(Math.min(rows, last))
    }),
  )
})
