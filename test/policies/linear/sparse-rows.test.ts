import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dotRows, logShares } from '../../../src/policies/linear/softmax.ts'
import {
  addRow,
  createPacker,
  createThinner,
  dotSparse,
  emptySoftmax,
  softmaxOf,
} from '../../../src/policies/linear/sparse-rows.ts'

const WIDTH = 5
const number = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.double({ min: -3, max: 3, noNaN: true }))
const states = fc
  .integer({ min: 1, max: 6 })
  .chain((count) => fc.array(number, { minLength: count * WIDTH, maxLength: count * WIDTH }))
const weightings = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: WIDTH, maxLength: WIDTH })

test('rows without their zeros give what the rows give', () => {
  fc.assert(
    fc.property(states, weightings, (numbers, given) => {
      const rows = Float64Array.from(numbers)
      const weights = Float64Array.from(given)
      const count = rows.length / WIDTH
      const sparse = createThinner(WIDTH)({ rows, count })
      const scores = dotRows(rows, weights, count)
      expect(dotSparse(sparse, weights).map((score) => score + 0)).toEqual(scores.map((score) => score + 0))
      const { logPartition, probabilities } = softmaxOf(sparse, weights)
      logShares(scores).forEach((share, row) => {
        expect(Math.log(probabilities[row] as number)).toBeCloseTo(share, 10)
        expect((scores[row] as number) - logPartition).toBeCloseTo(share, 10)
      })
      for (let row = 0; row < count; row++) {
        const sum = new Float64Array(WIDTH).fill(1)
        addRow(sparse, row, 2, sum)
        expect([...sum]).toEqual(Array.from({ length: WIDTH }, (_, k) => 1 + 2 * (rows[row * WIDTH + k] as number)))
      }
    }),
  )
})

test('one array of rows is made sparse once', () => {
  const thin = createThinner(2)
  const state = { rows: Float64Array.from([1, 0, 0, 2]), count: 2 }
  expect(thin({ ...state })).toBe(thin(state))
  expect(thin({ ...state, rows: state.rows.slice() })).not.toBe(thin(state))
})

test('states that are packed side by side stay apart, however large, and room may be larger than a state', () => {
  fc.assert(
    fc.property(fc.array(states, { maxLength: 20 }), weightings, (given, numbers) => {
      const pack = createPacker(WIDTH)
      const weights = Float64Array.from(numbers)
      const large = Array.from({ length: 1000 * WIDTH }, (_, i) => i + 1) // more than a block holds
      const all = [...given, large, ...given].map((rows) => Float64Array.from(rows))
      const packed = all.map((rows) => pack(rows, rows.length / WIDTH))
      const room = emptySoftmax(1200)
      for (const [i, rows] of all.entries()) {
        const [state, count] = [packed[i] as (typeof packed)[number], rows.length / WIDTH]
        expect(dotSparse(state, weights)).toEqual(dotSparse(createPacker(WIDTH)(rows, count), weights))
        const { probabilities, logPartition } = softmaxOf(state, weights)
        expect(softmaxOf(state, weights, room).logPartition).toBe(logPartition)
        expect(room.probabilities.slice(0, count)).toEqual(probabilities)
      }
    }),
    { numRuns: 20 },
  )
})
